/**
 * A copy of a tiny model whose denoiser works as long as a big one's and gives the same numbers: a chain of matrix
 * products that depends on the latents, counted into the output with the factor zero.
 */
import { cpSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleForNode } from '../scripts/lib/bundle-for-node.mjs';

/** @type {typeof import('../src/main/engine/runtime/protobuf')} */
const { readFields, readText } = await import(await bundleForNode('src/main/engine/runtime/protobuf.ts', 'bench/protobuf'));
/** @type {typeof import('../src/main/engine/runtime/protobuf-writer')} */
const { bytes, integer, message, text } = await import(await bundleForNode('src/main/engine/runtime/protobuf-writer.ts', 'bench/protobuf-writer'));
/** @type {typeof import('../src/main/engine/runtime/file-window')} */
const { FileWindow } = await import(await bundleForNode('src/main/engine/runtime/file-window.ts', 'bench/file-window'));
/** @type {typeof import('../src/main/engine/runtime/onnx-file')} */
const { readOnnxFile } = await import(await bundleForNode('src/main/engine/runtime/onnx-file.ts', 'bench/onnx-file'));

/** Side of the matrices: 268 million operations a product. */
const SIDE = 512;
const FLOAT = 1;

/** @param {string} type @param {readonly string[]} inputs @param {string} output */
const node = (type, inputs, output) => bytes(1, [...inputs.flatMap((input) => text(1, input)), ...text(2, output), ...text(4, type)]);

/** @param {string} name @param {readonly number[]} dims @param {Float32Array} data */
const initializer = (name, dims, data) =>
  message(5, [Uint8Array.from([...dims.flatMap((dim) => integer(1, dim)), ...integer(2, FLOAT), ...text(8, name)]), ...message(9, [new Uint8Array(data.buffer)])]);

/** Where nodes name their output so. @param {string} path @param {string} name */
function writersOf(path, name) {
  const file = new FileWindow(path);
  try {
    const graphs = [...readFields(file, 0, file.size)].filter(({ number }) => number === 7);
    const nodes = graphs.flatMap(({ start, end }) => [...readFields(file, start, end)]).filter(({ number }) => number === 1);
    const outputs = nodes.flatMap(({ start, end }) => [...readFields(file, start, end)]).filter(({ number }) => number === 2);
    return outputs.filter((output) => readText(file, output) === name);
  } finally {
    file.close();
  }
}

/** @param {string} path a float32 denoiser's graph @param {number} products */
function burden(path, products) {
  const { inputs, outputs } = readOnnxFile(path);
  const sample = inputs.find(({ dims }) => dims.length === 4)?.name ?? '';
  const output = outputs[0]?.name ?? '';
  const renamed = '_'.repeat(output.length);
  const graph = readFileSync(path);
  for (const { start } of writersOf(path, output)) graph.write(renamed, start, 'utf8');
  const nodes = [node('ReduceMean', [sample], 'burden_seed'), node('Add', ['burden_matrix', 'burden_seed'], 'burden_0')];
  for (let i = 1; i <= products; i += 1) nodes.push(node('MatMul', [`burden_${i - 1}`, 'burden_matrix'], `burden_${i}`));
  nodes.push(node('ReduceMean', [`burden_${products}`], 'burden_mean'), node('Mul', ['burden_mean', 'burden_zero'], 'burden_none'), node('Add', [renamed, 'burden_none'], output));
  const matrix = Float32Array.from({ length: SIDE * SIDE }, (_, i) => Math.sin(i) / SIDE);
  // A second graph field is merged into the first (protobuf, "last one wins" for messages means merged).
  const added = message(7, [Uint8Array.from(nodes.flat()), ...initializer('burden_matrix', [1, 1, SIDE, SIDE], matrix), ...initializer('burden_zero', [1], Float32Array.of(0))]);
  writeFileSync(path, Buffer.concat([graph, ...added]));
}

/**
 * @param {string} source model folder @param {string} target folder to make @param {number} products matrix products per
 * run of the denoiser
 */
export function heavierModel(source, target, products) {
  cpSync(source, target, { recursive: true });
  const part = readdirSync(target).find((name) => name === 'unet' || name === 'transformer') ?? '';
  burden(join(target, part, 'model.onnx'), products);
}
