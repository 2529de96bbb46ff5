import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ortRuntime } from '../../../src/main/engine/runtime/ort';
import { findTokenTable, withRows } from '../../../src/main/engine/runtime/token-table';
import { bytes, FLOAT, integer, INT64, modelProto, node, text, valueInfo } from '../../support/onnx-writer';
import { tempFolder } from '../../support/temp-folder';

const entry = (key: string, value: string): number[] => bytes(13, [...text(1, key), ...text(2, value)]);

/** ids -> Gather(t) with t [4, 2] in a file beside the graph. */
function externalGraph(): string {
  const path = join(tempFolder(), 'model.onnx');
  writeFileSync(join(path, '../table.bin'), Float32Array.of(0, 1, 10, 11, 20, 21, 30, 31));
  const table = [...integer(1, 4), ...integer(1, 2), ...integer(2, FLOAT), ...text(8, 't'), ...entry('location', 'table.bin'), ...entry('offset', '0'), ...entry('length', '32'), ...integer(14, 1)];
  const graph = [...node('Gather', ['t', 'ids'], { output: 'y' }), ...text(2, 'g'), ...bytes(5, table), ...bytes(11, valueInfo('ids', INT64, ['n'])), ...bytes(12, valueInfo('y', FLOAT, ['n', 2]))];
  writeFileSync(path, modelProto(graph));
  return path;
}

describe('the token table', () => {
  it('gets other rows in memory, also where it lies in a file of its own', async () => {
    const path = externalGraph();
    const table = findTokenTable(path);
    if (table === null) throw new Error('no table');
    expect([table.name, table.rows, table.width, table.type]).toEqual(['t', 4, 2, 'float32']);
    const content = withRows(table, { ids: [3, 1], data: Float32Array.of(5, 6, 7, 8) });
    const model = await ortRuntime().load(path, { optimisation: 'all', memoryArena: false, content });
    const { y } = await model.run({ ids: { type: 'int64', dims: [4], data: BigInt64Array.of(0n, 1n, 2n, 3n) } });
    await model.release();
    expect(y?.data).toEqual(Float32Array.of(0, 1, 7, 8, 20, 21, 5, 6));
  });

  it('is not found where nothing gathers from a matrix', () => {
    const path = join(tempFolder(), 'model.onnx');
    writeFileSync(path, modelProto([...node('Identity', ['x'], { output: 'y' }), ...bytes(11, valueInfo('x', FLOAT, [1])), ...bytes(12, valueInfo('y', FLOAT, [1]))]));
    expect(findTokenTable(path)).toBeNull();
  });
});
