import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inPasses } from '../../src/main/engine-host/generate-in-passes';
import type { JobProgress } from '../../src/main/engine-protocol';
import type { Engine, FinishedImage, GenerateTask } from '../../src/main/engine/engine';
import { decodeImage, encodePng } from '../../src/main/engine/image/codec';
import { StudioError } from '../../src/shared/errors';
import { planPasses } from '../../src/renderer/canvas/kernels/extend-passes';
import { tempFolder } from '../support/temp-folder';

/** An "engine" that fills the mask with one more than the brightest pixel that it sees: the order of the passes can be read off. */
function countingEngine(onStart: (task: GenerateTask) => void = () => undefined): Pick<Engine, 'generate'> {
  const facts = { scheduler: { className: 'S', label: 'S' }, embeddings: ['e'], warnings: ['w'] };
  return {
    generate: async (task, context) => {
      onStart(task);
      if (context.signal.aborted) throw new StudioError('cancelled', 'cancelled');
      const [image, mask] = [await decodeImage(task.imagePath ?? ''), await decodeImage(task.maskPath ?? '', 'L')];
      const brightest = image.data.reduce((most, value) => Math.max(most, value), 0);
      const data = image.data.map((value, i) => ((mask.data[Math.floor(i / 3)] ?? 0) > 0 ? brightest + 1 : value));
      context.onProgress({ stage: 'denoising', step: 1, total: 1, imageIndex: 0, imageCount: 1, preview: null });
      await context.onImage({ ...facts, peakMemoryBytes: brightest, index: 0, seed: task.seed, image: { width: image.width, height: image.height, data }, secondsByStage: { denoising: 1 } });
      return { ...facts, peakMemoryBytes: brightest };
    },
  };
}

/** A picture of 10s, 16 wide, in a region of 64 x 16 whose rest is masked. */
async function setUp(engine: Pick<Engine, 'generate'>) {
  const folder = tempFolder();
  const [imagePath, maskPath] = [join(folder, 'image.png'), join(folder, 'mask.png')];
  const known = (i: number): boolean => i % 64 < 16;
  writeFileSync(imagePath, await encodePng({ width: 64, height: 16, channels: 3, data: Uint8Array.from({ length: 64 * 16 * 3 }, (_, i) => (known(Math.floor(i / 3)) ? 10 : 0)) }));
  writeFileSync(maskPath, await encodePng({ width: 64, height: 16, channels: 1, data: Uint8Array.from({ length: 64 * 16 }, (_, i) => (known(i) ? 0 : 255)) }));
  const passes = planPasses({ width: 64, height: 16 }, { x: 0, y: 0, width: 16, height: 16 }, 32);
  const task: GenerateTask = { kind: 'inpaint', modelPath: '/m', prompt: '', negativePrompt: null, width: null, height: null, numInferenceSteps: 1, guidanceScale: 1, scheduler: null, seed: 100, count: 1, imagePath, maskPath };
  const images: FinishedImage[] = [];
  const progress: JobProgress[] = [];
  const controller = new AbortController();
  const run = (change: Partial<GenerateTask> = {}) =>
    inPasses(engine, passes, folder).generate({ ...task, ...change }, { signal: controller.signal, onProgress: (one) => progress.push(one), onImage: async (image) => { images.push(image); } });
  return { folder, passes, run, images, progress, controller };
}

describe('a repaint in passes', () => {
  it('lets each pass see what those before have drawn, and hands out one whole picture', async () => {
    const { passes, run, images, progress, folder } = await setUp(countingEngine());
    expect(passes).toHaveLength(3);
    await run();
    const [made] = images;
    if (made === undefined || images.length !== 1) throw new Error('one picture was expected');
    const row = Array.from({ length: 64 }, (_, x) => made.image.data[(8 * 64 + x) * 3] ?? 0);
    // Left as it was; then one brighter with each strip, and a little of the strip before drawn again.
    expect([row[0], row[15], row[16], row[32], row[48], row[63]]).toEqual([10, 10, 11, 12, 13, 13]);
    expect(row.every((value, x) => x === 0 || value >= (row[x - 1] ?? 0))).toBe(true);
    expect(made).toMatchObject({ seed: 100, index: 0, secondsByStage: { denoising: 3 }, warnings: ['w'], peakMemoryBytes: 12 });
    expect(progress.map(({ pass, imageIndex }) => [imageIndex, pass?.index, pass?.count])).toEqual([[0, 0, 3], [0, 1, 3], [0, 2, 3]]);
    expect(readdirSync(folder).sort()).toEqual(['image.png', 'mask.png']);
  });

  it('gives every pass of every picture a seed of its own, the first that of the picture', async () => {
    const seeds: number[] = [];
    const { run, images } = await setUp(countingEngine(({ seed }) => { seeds.push(seed); }));
    await run({ count: 2 });
    expect(seeds).toEqual([100, 102, 104, 101, 103, 105]);
    expect(images.map(({ index, seed }) => [index, seed])).toEqual([[0, 100], [1, 101]]);
  });

  it('stops when it is cancelled between passes, leaves no file behind and hands out nothing', async () => {
    let passes = 0;
    const { run, images, folder, controller } = await setUp(countingEngine(() => { if (++passes === 2) controller.abort(); }));
    await expect(run()).rejects.toMatchObject({ code: 'cancelled' });
    expect([images.length, passes, readdirSync(folder).length]).toEqual([0, 2, 2]);
  });
});
