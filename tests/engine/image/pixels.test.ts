import { describe, expect, it } from 'vitest';
import { applyOverlay } from '../../../src/main/engine/image/overlay';
import { cropImage, filledImage, pasteImage, toGrey, toRgb, type PixelImage } from '../../../src/main/engine/image/pixel-image';
import { floorToMultiple, fromSignedPlanes, toSignedPlanes, toUnitPlanes } from '../../../src/main/engine/image/pixels';
import { resizeToMode } from '../../../src/main/engine/image/resize';
import { distance, golden, goldens, readFloats } from './fixtures';

describe('planes', () => {
  it('equal VaeImageProcessor.preprocess with a crop and resize mode fill, bit for bit', async () => {
    const { input, crops_coords, width, height, output } = goldens.preprocess_crop_fill;
    const [left, top, right, bottom] = crops_coords;
    const fitted = resizeToMode(cropImage(await golden(input), { left, top, right, bottom }), { width, height }, 'fill');
    expect(toSignedPlanes(fitted)).toEqual(readFloats(output.file));
  });
  it('round to the levels of the reference', () => {
    expect(goldens.postprocess.x.map((value) => fromSignedPlanes(Float32Array.of(value, value, value), { width: 1, height: 1 }).data[0])).toEqual(goldens.postprocess.level);
  });
  it('survive the way there and back for every level', () => {
    const data = Uint8Array.from({ length: 768 }, (_, i) => i % 256);
    const image: PixelImage = { width: 16, height: 16, channels: 3, data };
    expect(fromSignedPlanes(toSignedPlanes(image), image)).toEqual(image);
    expect(toUnitPlanes({ width: 2, height: 1, channels: 1, data: Uint8Array.of(0, 255) })).toEqual(Float32Array.of(0, 1));
  });
  it('refuse a length that does not fit', () => {
    expect(() => fromSignedPlanes(new Float32Array(11), { width: 2, height: 2 })).toThrow('Expected 12 values');
  });
  it.each(goldens.default_height_width)('cut sides to multiples of 8: $image', ({ image: [width, height], height_width }) => {
    const size = floorToMultiple({ width, height }, 8);
    expect([size.height, size.width]).toEqual(height_width);
  });
});

describe('applyOverlay', () => {
  it.each(goldens.apply_overlay.results)('equals the reference byte for byte: $output', async ({ mask, init_image, image, crop_coords, output }) => {
    const crop = crop_coords === null ? null : { left: crop_coords[0], top: crop_coords[1], right: crop_coords[2], bottom: crop_coords[3] };
    const original = await golden(init_image);
    const laid = applyOverlay({ original, generated: await golden(image), mask: await golden(mask, 'L'), crop });
    expect(distance(laid, await golden(output))).toBe(0);
  });
  it('gives the original back where the mask is 0 and the generated picture where it is 255', () => {
    const original: PixelImage = { width: 256, height: 2, channels: 3, data: Uint8Array.from({ length: 1536 }, (_, i) => Math.floor(i / 3) % 256) };
    const mask: PixelImage = { width: 256, height: 2, channels: 1, data: Uint8Array.from({ length: 512 }, (_, i) => (i < 256 ? 0 : 255)) };
    const laid = applyOverlay({ original, generated: filledImage(original, [9, 8, 7]), mask });
    expect([...laid.data.subarray(0, 768)]).toEqual([...original.data.subarray(0, 768)]);
    expect([...laid.data.subarray(768)]).toEqual([...filledImage({ width: 256, height: 1 }, [9, 8, 7]).data]);
  });
  it('can lay the crop on the original instead of black', () => {
    const original = filledImage({ width: 4, height: 1 }, [100, 100, 100]);
    const parts = { original, generated: filledImage({ width: 2, height: 1 }, [0, 0, 0]), mask: filledImage(original, [255]), crop: { left: 1, top: 0, right: 3, bottom: 1 } };
    const red = (image: PixelImage): number[] => [...image.data.filter((_, i) => i % 3 === 0)];
    expect(red(applyOverlay({ ...parts, background: 'original' }))).toEqual([100, 0, 0, 100]);
    expect(red(applyOverlay(parts))).toEqual([0, 0, 0, 0]);
  });
});

describe('pixel images', () => {
  it('convert as PIL does', () => {
    const rgba: PixelImage = { width: 2, height: 1, channels: 4, data: Uint8Array.of(255, 0, 0, 7, 10, 200, 30, 255) };
    expect([...toRgb(rgba).data]).toEqual([255, 0, 0, 10, 200, 30]);
    // (255 * 19595 + 32768) >> 16 = 76; (10 * 19595 + 200 * 38470 + 30 * 7471 + 32768) >> 16 = 124
    expect([...toGrey(rgba).data]).toEqual([76, 124]);
    expect([...toRgb(toGrey(rgba)).data]).toEqual([76, 76, 76, 124, 124, 124]);
  });
  it('crop beyond the border gives 0, and pasting is cut at the border', () => {
    const image: PixelImage = { width: 2, height: 2, channels: 1, data: Uint8Array.of(1, 2, 3, 4) };
    expect([...cropImage(image, { left: 1, top: -1, right: 3, bottom: 2 }).data]).toEqual([0, 0, 2, 0, 4, 0]);
    expect([...cropImage(image, { left: 5, top: 0, right: 6, bottom: 1 }).data]).toEqual([0]);
    expect([...pasteImage(image, filledImage({ width: 2, height: 2 }, [9]), { x: 1, y: -1 }).data]).toEqual([1, 9, 3, 4]);
    expect([...image.data]).toEqual([1, 2, 3, 4]);
  });
});
