import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Float32Copies } from '../../../src/main/engine/runtime/float32-copies';
import { readOnnxFile } from '../../../src/main/engine/runtime/onnx-file';
import { ortRuntime } from '../../../src/main/engine/runtime/ort';
import type { TensorValue } from '../../../src/main/engine/runtime/runtime';
import { fromFloat16, toFloat16 } from '../../../src/main/engine/tensor/float16';
import { bytes, int, integer, modelProto, node, text, valueInfo } from '../../support/onnx-writer';
import { tempFolder } from '../../support/temp-folder';

const HALF = 10;
const SIDE = 24;
const VALUES = Float32Array.from({ length: SIDE }, (_, i) => 1 + i / 8);

const halves = (numbers: Float32Array): Uint8Array => new Uint8Array(toFloat16(numbers).buffer);
const header = (name: string, dims: readonly number[]): number[] => [...dims.flatMap((dim) => integer(1, dim)), ...integer(2, HALF), ...text(8, name)];
/** 300 on the diagonal. */
const MATRIX = Float32Array.from({ length: SIDE * SIDE }, (_, i) => (i % (SIDE + 1) === 0 ? 300 : 0));

/** y = x * 300 * 300 / 90000 in halves: the middle is above 65504. Every way to write a half is in it. */
function overflowing(matrix: readonly number[]): Uint8Array {
  const valueAttribute = bytes(5, [...text(1, 'value'), ...bytes(5, [...header('', []), ...bytes(9, halves(Float32Array.of(300)))]), ...integer(20, 4)]);
  const listed = bytes(5, [...header('share', []), ...integer(5, toFloat16(Float32Array.of(300))[0] ?? 0)]);
  return modelProto([
    ...node('MatMul', ['x', 'matrix'], { output: 'large' }),
    ...node('Constant', [], { output: 'factor', attributes: valueAttribute }),
    ...node('Cast', ['factor'], { output: 'halved', attributes: int('to', HALF) }),
    ...node('Mul', ['large', 'halved'], { output: 'larger' }),
    ...node('Div', ['larger', 'share'], { output: 'small' }),
    ...node('Div', ['small', 'share'], { output: 'y' }),
    ...text(2, 'overflowing'),
    ...bytes(5, matrix), ...listed,
    ...bytes(11, valueInfo('x', HALF, [1, SIDE])),
    ...bytes(12, valueInfo('y', HALF, [1, SIDE])),
    ...bytes(12, valueInfo('larger', HALF, [1, SIDE])),
  ]);
}

const inside = [...header('matrix', [SIDE, SIDE]), ...bytes(9, halves(MATRIX))];
const entry = (key: string, value: string): number[] => bytes(13, [...text(1, key), ...text(2, value)]);
const outside = [...header('matrix', [SIDE, SIDE]), ...entry('location', 'weights of any name'), ...entry('offset', '6'), ...integer(14, 1)];

function writeGraph(matrix: readonly number[]): string {
  const path = join(tempFolder(), 'model.onnx');
  writeFileSync(path, overflowing(matrix));
  writeFileSync(join(path, '..', 'weights of any name'), Buffer.concat([Buffer.alloc(6), halves(MATRIX)]));
  return path;
}

async function run(path: string, x: TensorValue): Promise<Readonly<Record<string, TensorValue>>> {
  const model = await ortRuntime().load(path, { optimisation: 'all', memoryArena: false });
  try {
    return await model.run({ x });
  } finally {
    await model.release();
  }
}

const noProgress = (): Promise<void> => Promise.resolve();

describe.each([['inside of the graph', inside], ['beside it', outside]])('a float16 graph with weights %s', (_, matrix) => {
  it('overflows, and its float32 copy computes the same without', async () => {
    const path = writeGraph(matrix);
    const { larger, y } = await run(path, { type: 'float16', dims: [1, SIDE], data: toFloat16(VALUES) });
    if (larger?.type !== 'float16' || y?.type !== 'float16') throw new Error('expected halves');
    expect(fromFloat16(larger.data)[0]).toBe(Infinity);
    const copies = new Float32Copies(null);
    const copy = await copies.copyOf(readOnnxFile(path), noProgress);
    expect(readOnnxFile(copy).inputs).toEqual([{ name: 'x', type: 'float32', dims: [1, SIDE] }]);
    expect((await run(copy, { type: 'float32', dims: [1, SIDE], data: VALUES }))['y']).toEqual({ type: 'float32', dims: [1, SIDE], data: VALUES });
    await copies.release();
    expect(() => readOnnxFile(copy)).toThrow('missing');
  });
});

describe('float32 copies', () => {
  it('are made once for a file, and again when it changes', async () => {
    const folder = tempFolder();
    const path = writeGraph(outside);
    const first = await new Float32Copies(folder).copyOf(readOnnxFile(path), noProgress);
    const again = await new Float32Copies(folder).copyOf(readOnnxFile(path), () => Promise.reject(new Error('made again')));
    expect(again).toBe(first);
    writeFileSync(join(path, '..', 'weights of any name'), Buffer.concat([Buffer.alloc(6), halves(MATRIX), Buffer.alloc(2)]));
    expect(await new Float32Copies(folder).copyOf(readOnnxFile(path), noProgress)).not.toBe(first);
  });

  it('leave nothing behind when they are stopped, and no more than three at all', async () => {
    const folder = tempFolder();
    const copies = new Float32Copies(folder);
    await expect(copies.copyOf(readOnnxFile(writeGraph(inside)), () => Promise.reject(new Error('stopped')))).rejects.toThrow('stopped');
    expect(readdirSync(folder)).toEqual([]);
    for (let i = 0; i < 5; i += 1) await copies.copyOf(readOnnxFile(writeGraph(inside)), noProgress);
    expect(readdirSync(folder)).toHaveLength(3);
  });
});
