import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { graphCache, graphEntry } from '../../../src/main/engine/runtime/graph-cache';
import { ortRuntime } from '../../../src/main/engine/runtime/ort';
import type { LoadOptions, TensorValue } from '../../../src/main/engine/runtime/runtime';
import { tempFolder } from '../../support/temp-folder';
import { modelPath, runTask } from '../pipelines/run-task';

const OPTIONS: LoadOptions = { optimisation: 'all', memoryArena: false, isKept: true };
const USE = { provider: 'cpu', optimisation: 'all', runtimeVersion: '1' } as const;

/** A graph of its own, which a test may change. */
function ownGraph(): string {
  const path = join(tempFolder(), 'model.onnx');
  copyFileSync(join(modelPath('tiny-sd15'), 'vae_decoder/model.onnx'), path);
  return path;
}

const LATENTS: TensorValue = { type: 'float32', dims: [1, 4, 8, 8], data: Float32Array.from({ length: 256 }, (_, i) => Math.sin(i)) };

async function decode(path: string, options: LoadOptions, cacheFolder?: string): Promise<unknown> {
  const model = await ortRuntime(cacheFolder === undefined ? {} : { cacheFolder }).load(path, options);
  const outputs = await model.run({ latent_sample: LATENTS });
  await model.release();
  return { inputs: model.inputs, outputs: model.outputs, values: outputs };
}

const graphsIn = (folder: string): readonly string[] => (existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.onnx')).sort() : []);

describe('optimised graphs on disk', () => {
  it('compute the same numbers at the first and at later starts', async () => {
    const [path, folder] = [ownGraph(), join(tempFolder(), 'graphs')];
    const plain = await decode(path, OPTIONS);
    expect(await decode(path, OPTIONS, folder)).toEqual(plain);
    const [entry = ''] = graphsIn(folder);
    expect(readdirSync(folder)).toEqual([entry, `${entry}.sha256`]);
    expect(await graphCache(folder).find(entry)).toBe(join(folder, entry));
    expect(await decode(path, OPTIONS, folder)).toEqual(plain);
    expect(graphsIn(folder)).toEqual([entry]);
  });

  it('are read in place of the graph', async () => {
    const [path, folder] = [ownGraph(), join(tempFolder(), 'graphs')];
    await decode(path, OPTIONS, folder);
    const [entry = ''] = graphsIn(folder);
    // Another model's graph as the entry: only a runtime that reads the entry fails on it.
    await graphCache(folder).keep(entry, (draft) => Promise.resolve(copyFileSync(join(modelPath('tiny-sd15'), 'text_encoder/model.onnx'), draft)));
    await expect(decode(path, OPTIONS, folder)).rejects.toMatchObject({ name: 'StudioError' });
  });

  it.each([
    ['cut short', (file: string) => truncateSync(file, 1000)],
    ['changed in one byte', (file: string) => writeFileSync(file, readFileSync(file).map((byte, i) => (i === 5000 ? byte ^ 1 : byte)))],
    ['without its hash', (file: string) => writeFileSync(`${file}.sha256`, '')],
  ])('are made again when one is %s', async (_, damage) => {
    const [path, folder] = [ownGraph(), join(tempFolder(), 'graphs')];
    const plain = await decode(path, OPTIONS, folder);
    const [entry = ''] = graphsIn(folder);
    damage(join(folder, entry));
    expect(await graphCache(folder).find(entry)).toBeNull();
    expect(await decode(path, OPTIONS, folder)).toEqual(plain);
    expect(await graphCache(folder).find(entry)).toBe(join(folder, entry));
  });

  it('belong to one state of the file, one level, one provider and one version of the runtime', () => {
    const path = ownGraph();
    const names = [graphEntry(path, USE), graphEntry(path, { ...USE, optimisation: 'extended' }), graphEntry(path, { ...USE, provider: 'cuda' }), graphEntry(path, { ...USE, runtimeVersion: '2' })];
    utimesSync(path, 1, 1);
    names.push(graphEntry(path, USE));
    expect(new Set(names).size).toBe(5);
    expect(graphEntry(path, USE)).toBe(names[4]);
    expect(new Set(names.map((name) => name.split('-')[0])).size).toBe(1);
  });

  it('of an older file and beyond a number of them go', async () => {
    const [path, folder] = [ownGraph(), join(tempFolder(), 'graphs')];
    await decode(path, OPTIONS, folder);
    const [old = ''] = graphsIn(folder);
    utimesSync(path, 1, 1);
    await decode(path, OPTIONS, folder);
    expect(graphsIn(folder)).toHaveLength(1);
    expect(graphsIn(folder)).not.toEqual([old]);
    for (let i = 0; i < 30; i += 1) await graphCache(folder).keep(`${i}-x.onnx`, (draft) => Promise.resolve(writeFileSync(draft, 'x')));
    expect(graphsIn(folder)).toHaveLength(24);
    expect(graphsIn(folder)).toContain('29-x.onnx');
  });

  it('are done without where the folder cannot be made or nobody asks for them', async () => {
    const path = ownGraph();
    const file = join(tempFolder(), 'file');
    writeFileSync(file, '');
    const plain = await decode(path, OPTIONS);
    expect(await decode(path, OPTIONS, join(file, 'graphs'))).toEqual(plain);
    const folder = join(tempFolder(), 'graphs');
    mkdirSync(folder);
    await decode(path, { ...OPTIONS, isKept: false }, folder);
    expect(graphsIn(folder)).toEqual([]);
  });

  it('make the same picture', async () => {
    const folder = join(tempFolder(), 'graphs');
    const plain = await runTask({});
    const pictures = [await runTask({}, { runtime: ortRuntime({ cacheFolder: folder }) }), await runTask({}, { runtime: ortRuntime({ cacheFolder: folder }) })];
    expect(pictures.map(({ images }) => images[0]?.image)).toEqual([plain.images[0]?.image, plain.images[0]?.image]);
    expect(graphsIn(folder)).toHaveLength(3);
  });
});
