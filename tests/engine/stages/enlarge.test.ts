import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { modelPath, runTask } from '../pipelines/run-task';
import { toyUpscaler } from './toy-upscaler';

function upscalerFolder(side: number | null, scale: number): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'palimpsest-upscaler-')), 'toy');
  mkdirSync(folder);
  writeFileSync(join(folder, 'model.onnx'), toyUpscaler(side, scale));
  return folder;
}

const SIZE = { width: 320, height: 64, numInferenceSteps: 1, guidanceScale: 1, modelPath: modelPath('tiny-sd15') } as const;

describe('enlarge', () => {
  it.each([
    ['of any size', null],
    ['of fixed tiles', 96],
  ])('with a network %s equals the picture repeated, across the borders of tiles', async (_, side) => {
    const small = (await runTask(SIZE)).images[0]?.image;
    const { images, progress } = await runTask({ ...SIZE, upscaler: { modelPath: upscalerFolder(side, 2), scale: 2 } });
    const large = images[0]?.image;
    if (small === undefined || large === undefined) throw new Error('Expected two pictures');
    expect([large.width, large.height]).toEqual([640, 128]);
    for (let y = 0; y < 128; y += 1) {
      for (let x = 0; x < 640; x += 1) {
        const from = (Math.floor(y / 2) * 320 + Math.floor(x / 2)) * 3;
        const to = (y * 640 + x) * 3;
        if ([0, 1, 2].some((channel) => large.data[to + channel] !== small.data[from + channel])) throw new Error(`Expected pixel ${x}, ${y} to repeat its source`);
      }
    }
    const total = side === null ? 2 : 4;
    expect(progress.filter(({ stage, step }) => stage === 'upscaling' && step > 0).map(({ step, total: all }) => [step, all])).toEqual(Array.from({ length: total }, (_unused, i) => [i + 1, total]));
    expect(images[0]?.secondsByStage.upscaling).toBeGreaterThan(0);
  });

  it('resamples where the network has another factor than was asked for', async () => {
    const { images } = await runTask({ ...SIZE, upscaler: { modelPath: upscalerFolder(null, 2), scale: 3 } });
    expect([images[0]?.image.width, images[0]?.image.height]).toEqual([960, 192]);
  });

  it('says when a folder holds no upscaler', async () => {
    await expect(runTask({ ...SIZE, upscaler: { modelPath: modelPath('tiny-sd15/unet'), scale: 2 } })).rejects.toThrow('unet/model.onnx is no upscaler: expected one picture in and one out.');
  });
});
