import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeImage, encodePng } from '../../../src/main/engine/image/codec';
import type { PixelImage } from '../../../src/main/engine/image/pixel-image';
import { createEngine } from '../../../src/main/engine/create-engine';
import { ortRuntime } from '../../../src/main/engine/runtime/ort';
import { inputPath, modelPath, runTask, TASK } from './run-task';

const SIZE = 96;
const BOX = { left: 32, top: 40, right: 56, bottom: 64 };
const folder = mkdtempSync(join(tmpdir(), 'palimpsest-repaint-'));
const scene = join(folder, 'scene.png');
const path = (name: string): string => join(folder, `${name}.png`);

const isInBox = (x: number, y: number, around = 0): boolean => x >= BOX.left - around && x < BOX.right + around && y >= BOX.top - around && y < BOX.bottom + around;

const maskOf = (level: (x: number, y: number) => number): PixelImage => ({
  width: SIZE, height: SIZE, channels: 1, data: Uint8Array.from({ length: SIZE * SIZE }, (_, i) => level(i % SIZE, Math.floor(i / SIZE))),
});

const writeMask = async (name: string, level: (x: number, y: number) => number): Promise<void> => writeFileSync(path(name), await encodePng(maskOf(level)));

let source: PixelImage;
beforeAll(async () => {
  const picture = await decodeImage(inputPath('scene-133x101.png'), 'RGB');
  const data = new Uint8Array(SIZE * SIZE * 3);
  for (let y = 0; y < SIZE; y += 1) data.set(picture.data.subarray(y * picture.width * 3, (y * picture.width + SIZE) * 3), y * SIZE * 3);
  // Something to repaint that is unlike what is around it.
  for (let y = BOX.top; y < BOX.bottom; y += 1) for (let x = BOX.left; x < BOX.right; x += 1) data.set((x + y) % 8 < 4 ? [250, 20, 20] : [20, 20, 250], (y * SIZE + x) * 3);
  source = { width: SIZE, height: SIZE, channels: 3, data };
  writeFileSync(scene, await encodePng(source));
  await writeMask('box', (x, y) => (isInBox(x, y) ? 255 : 0));
  await writeMask('grey', (x, y) => (isInBox(x, y) ? 100 : 0));
  await writeMask('empty', () => 0);
  writeFileSync(path('small'), await encodePng({ width: 8, height: 8, channels: 1, data: new Uint8Array(64).fill(255) }));
});

const INPAINT = { kind: 'inpaint', imagePath: scene, maskPath: path('box'), width: null, height: null, scheduler: 'ddim', numInferenceSteps: 6, strength: 1 } as const;

/** How many pixels differ from the source, inside and outside of the box grown by `around`. */
function changes(image: { readonly data: Uint8Array }, around: number): { inside: number; outside: number } {
  const counts = { inside: 0, outside: 0 };
  for (let i = 0; i < SIZE * SIZE; i += 1) {
    const isSame = [0, 1, 2].every((channel) => image.data[i * 3 + channel] === source.data[i * 3 + channel]);
    if (!isSame) counts[isInBox(i % SIZE, Math.floor(i / SIZE), around) ? 'inside' : 'outside'] += 1;
  }
  return counts;
}

describe('inpaint', () => {
  it.each([
    ['by blending', 'tiny-sd15', {}],
    ['by a denoiser that sees the mask', 'tiny-sd15-inpaint', {}],
    ['of SDXL', 'tiny-sdxl', { scheduler: null }],
    ['of SD 3', 'tiny-sd3', { scheduler: null }],
    ['in a crop', 'tiny-sd15', { onlyMaskedPadding: 8, width: 64, height: 64 }],
    ['at another size than the picture', 'tiny-sd15', { width: 128, height: 112 }],
  ] as const)('%s leaves every pixel outside the feathered mask as it was, byte for byte', async (_, model, extra) => {
    const { images } = await runTask({ ...INPAINT, modelPath: modelPath(model), maskBlur: 4, ...extra });
    const [finished] = images;
    expect([finished?.image.width, finished?.image.height]).toEqual([SIZE, SIZE]);
    const { inside, outside } = changes(finished?.image ?? { data: new Uint8Array() }, 8);
    expect(outside).toBe(0);
    expect(inside).toBeGreaterThan(((BOX.right - BOX.left) * (BOX.bottom - BOX.top)) / 2);
  });

  it('changes nothing beyond the mask itself without blur', async () => {
    const { images } = await runTask({ ...INPAINT, maskBlur: 0 });
    expect(changes(images[0]?.image ?? { data: new Uint8Array() }, 0).outside).toBe(0);
  });

  it('takes grey in the mask as strength: until its share of the steps is left, nothing of the prompt shows', async () => {
    const latentsOf = async (prompt: string): Promise<Float32Array[]> => {
      const latents: Float32Array[] = [];
      const engine = createEngine({ runtime: ortRuntime() });
      await engine.generate({ ...TASK, ...INPAINT, prompt, maskPath: path('grey'), numInferenceSteps: 10 }, {
        signal: new AbortController().signal, onProgress: () => undefined, onImage: () => Promise.resolve(), onLatents: (_, values) => latents.push(Float32Array.from(values)),
      });
      await engine.release();
      return latents;
    };
    const [fox, cat] = [await latentsOf('a red fox'), await latentsOf('a photo of a cat')];
    const isSame = fox.map((values, step) => values.every((value, i) => value === cat[step]?.[i]));
    // 100 of 255 is 0.39 of 10 steps: free from the seventh on.
    expect(isSame).toEqual([true, true, true, true, true, true, true, false, false, false, false]);
  });

  it('starts from the surroundings or from noise where the content under the mask is not wanted', async () => {
    const of = async (maskedContent: 'original' | 'blur' | 'noise'): Promise<Uint8Array> =>
      (await runTask({ ...INPAINT, strength: 0.5, maskedContent })).images[0]?.image.data ?? new Uint8Array();
    const [original, blur, noise] = [await of('original'), await of('blur'), await of('noise')];
    expect(blur).not.toEqual(original);
    expect(noise).not.toEqual(original);
    expect(noise).not.toEqual(blur);
  });

  it.each([
    ['an empty mask', { maskPath: path('empty') }, /^Expected a mask that marks something to repaint but it is empty\.$/],
    ['a mask of another size', { maskPath: path('small') }, /^Expected a mask of the picture's size, 96 by 96, but received 8 by 8\.$/],
    ['a strength that leaves no step', { strength: 0.1 }, /^A strength of 0\.1 leaves none of 6 steps/],
    ['no mask', { maskPath: join(folder, 'gone.png') }, /gone\.png/],
  ])('refuses %s', async (_, extra, message) => {
    await expect(runTask({ ...INPAINT, ...extra })).rejects.toThrow(message);
  });

  it('says that a model without an encoder cannot start from a picture', async () => {
    await expect(runTask({ ...INPAINT, modelPath: modelPath('tiny-sd15-external') })).rejects.toMatchObject({ code: 'model-unsupported', message: expect.stringContaining('no vae_encoder') as string });
  });

  it('says that an inpainting model only repaints', async () => {
    await expect(runTask({ modelPath: modelPath('tiny-sd15-inpaint') })).rejects.toMatchObject({ code: 'model-unsupported', message: expect.stringContaining('inpainting model') as string });
  });
});

describe('outpaint', () => {
  it.each(['edge', 'mirror', 'noise', 'solid'] as const)('grows the picture with the fill %s and keeps what was there', async (fill) => {
    const margins = { left: 16, right: 0, top: 0, bottom: 24 };
    const { images } = await runTask({ kind: 'outpaint', imagePath: scene, width: null, height: null, scheduler: 'ddim', numInferenceSteps: 4, maskBlur: 4, outpaint: { ...margins, fill } });
    const image = images[0]?.image ?? { width: 0, height: 0, data: new Uint8Array() };
    expect([image.width, image.height]).toEqual([SIZE + 16, SIZE + 24]);
    // The feather reaches 8 pixels into the old picture; beyond that nothing may change.
    for (let y = 0; y < SIZE - 8; y += 1) {
      const row = image.data.subarray((y * image.width + 16 + 8) * 3, (y * image.width + 16 + SIZE) * 3);
      expect(row).toEqual(source.data.subarray((y * SIZE + 8) * 3, (y + 1) * SIZE * 3));
    }
  });

  it('refuses to grow by nothing', async () => {
    const outpaint = { left: 0, right: 0, top: 0, bottom: 0, fill: 'edge' } as const;
    await expect(runTask({ kind: 'outpaint', imagePath: scene, outpaint })).rejects.toThrow('Expected whole numbers of pixels to grow by, at least one above 0, but received 0, 0, 0, 0.');
  });
});
