import { describe, expect, it } from 'vitest';
import { boxBlur, gaussianBlur } from '../../../src/main/engine/image/blur';
import { cropRegion, maskBounds } from '../../../src/main/engine/image/crop-region';
import { binariseMask, featherMask, growLatentMask, isEmptyMask, latentMaskMax, latentMaskMean, latentMaskNearest } from '../../../src/main/engine/image/mask';
import { filledImage, type PixelImage } from '../../../src/main/engine/image/pixel-image';
import { resizeImage } from '../../../src/main/engine/image/resize';
import { distance, golden, goldens } from './fixtures';

/** Grey picture of 0 with filled rectangles [x0, y0, x1, y1], corners inclusive, as the fixture states. */
function maskOf(size: readonly [number, number], rects: readonly number[][]): PixelImage {
  const [width, height] = size;
  const mask = filledImage({ width, height }, [0]);
  for (const [x0 = 0, y0 = 0, x1 = 0, y1 = 0, value = 255] of rects) {
    for (let y = y0; y <= y1; y++) mask.data.fill(value, y * width + x0, y * width + x1 + 1);
  }
  return mask;
}

describe('gaussianBlur', () => {
  it.each(goldens.mask_blur.results)('equals PIL byte for byte at radius $factor', async ({ factor, output }) => {
    const blurred = gaussianBlur(await golden(goldens.mask_blur.input, 'L'), factor);
    expect(distance(blurred, await golden(output, 'L'))).toBe(0);
  });
  it('gives the same per channel for RGB, also where the box is wider than the picture', () => {
    const grey = maskOf([5, 3], [[1, 1, 2, 2, 200]]);
    const rgb: PixelImage = { ...grey, channels: 3, data: Uint8Array.from({ length: 45 }, (_, i) => grey.data[Math.floor(i / 3)] ?? 0) };
    const one = gaussianBlur(grey, 20);
    expect([...gaussianBlur(rgb, 20).data]).toEqual([...one.data].flatMap((value) => [value, value, value]));
    expect(gaussianBlur(grey, 0)).toBe(grey);
    expect([...boxBlur(maskOf([3, 1], [[1, 0, 1, 0]]), 1, 1).data]).toEqual([85, 85, 85]);
  });
});

describe('cropRegion', () => {
  it.each(goldens.get_crop_region)('equals the reference for $rects in $mask_size, padding $pad', ({ mask_size, rects, width, height, pad, crop }) => {
    const box = cropRegion(maskOf(mask_size, rects), { width, height }, pad);
    if (rects.length === 0) expect(box).toBeNull();
    else expect([box?.left, box?.top, box?.right, box?.bottom]).toEqual(crop);
  });
  it('counts every value above 0 as masked', () => {
    expect(maskBounds(maskOf([9, 9], [[2, 3, 2, 3, 1], [5, 6, 7, 6]]))).toEqual({ left: 2, top: 3, right: 8, bottom: 7 });
  });
});

describe('latent masks', () => {
  it.each(goldens.mask_preprocess.results)('equal the reference at $width x $height', async ({ width, height, binary, latent_mask }) => {
    const mask = binariseMask(resizeImage(await golden(goldens.mask_preprocess.input, 'L'), { width, height }));
    expect(distance(mask, await golden(binary, 'L'))).toBe(0);
    const grid = latentMaskNearest(mask, 8);
    expect([grid.width, grid.height]).toEqual([width / 8, height / 8]);
    expect([...grid.data]).toEqual(latent_mask.flat());
  });
  it('reduce by maximum and by mean', () => {
    const mask = maskOf([16, 8], [[0, 0, 0, 0], [8, 0, 15, 3, 51]]);
    expect([...latentMaskMax(mask, 8).data]).toEqual([1, Math.fround(0.2)]);
    expect([...latentMaskMean(mask, 8).data]).toEqual([1 / 64, Math.fround(0.1)]);
  });
  it('grow by whole cells and keep grey values', () => {
    const data = new Float32Array(25);
    data[12] = 1;
    data[0] = 0.5;
    const grown = growLatentMask({ width: 5, height: 5, data }, 1);
    expect([...grown.data]).toEqual([0.5, 0.5, 0, 0, 0, 0.5, 1, 1, 1, 0, 0, 1, 1, 1, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0]);
    expect(growLatentMask(grown, 0)).toBe(grown);
  });
});

describe('growing by any radius', () => {
  it('equals the largest value of the square around each cell', () => {
    const [width, height] = [13, 9];
    const data = Float32Array.from({ length: width * height }, (_, i) => ((i * 29) % 31 < 3 ? ((i * 7) % 10) / 10 : 0));
    for (const radius of [1, 2, 3, 7, 20]) {
      const expected = data.map((_, i) => {
        let most = 0;
        data.forEach((value, k) => {
          const away = Math.max(Math.abs((k % width) - (i % width)), Math.abs(Math.floor(k / width) - Math.floor(i / width)));
          if (away <= radius) most = Math.max(most, value);
        });
        return most;
      });
      expect(growLatentMask({ width, height, data }, radius).data).toEqual(expected);
    }
  });
});

describe('featherMask', () => {
  it('keeps the mask, falls outside it and is exactly 0 beyond the distance', () => {
    const mask = maskOf([64, 40], [[20, 12, 40, 25]]);
    const alpha = featherMask(mask, 8);
    for (let y = 0, i = 0; y < 40; y++) {
      for (let x = 0; x < 64; x++, i++) {
        const away = Math.max(20 - x, x - 40, 12 - y, y - 25, 0);
        if (away === 0) expect(alpha.data[i]).toBe(255);
        if (away > 8) expect(alpha.data[i]).toBe(0);
      }
    }
    const row = [...alpha.data.subarray(18 * 64 + 40, 18 * 64 + 50)];
    expect(row).toEqual([255, 227, 198, 170, 142, 113, 85, 57, 28, 0]);
  });
  it('is the mask itself at 0 pixels', () => {
    const mask = maskOf([4, 4], []);
    expect(featherMask(mask, 0)).toBe(mask);
    expect([isEmptyMask(mask), isEmptyMask(maskOf([4, 4], [[3, 3, 3, 3, 1]]))]).toEqual([true, false]);
  });
});
