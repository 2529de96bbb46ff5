import { describe, expect, it } from 'vitest';
import { resizeImage, resizeToMode } from '../../../src/main/engine/image/resize';
import { distance, golden, goldens } from './fixtures';

describe('resizeToMode', () => {
  it.each(goldens.resize.results)('equals PIL byte for byte: $mode to $width x $height', async ({ mode, width, height, output }) => {
    const resized = resizeToMode(await golden(goldens.resize.input), { width, height }, mode);
    expect(distance(resized, await golden(output))).toBe(0);
  });
});

describe('resizeImage', () => {
  const ramp = { width: 4, height: 1, channels: 1 as const, data: Uint8Array.of(0, 80, 160, 240) };
  it('takes the pixel under the centre for nearest', () => {
    expect([...resizeImage(ramp, { width: 2, height: 2 }, 'nearest').data]).toEqual([80, 240, 80, 240]);
    expect([...resizeImage(ramp, { width: 8, height: 1 }, 'nearest').data]).toEqual([0, 0, 80, 80, 160, 160, 240, 240]);
  });
  it('decides ties at pixel borders by adding up the step, as PIL 12.3 does', () => {
    const positions = (from: number, to: number): number[] => {
      const line = { width: from, height: 1, channels: 1 as const, data: Uint8Array.from({ length: from }, (_, i) => i) };
      return [...resizeImage(line, { width: to, height: 1 }, 'nearest').data];
    };
    // Image.frombytes("L", (96, 1), bytes(range(96))).resize((n, 1), Image.NEAREST) and the like, at the places that differ from floor((i + .5) * step).
    expect([27].map((i) => positions(96, 110)[i])).toEqual([23]);
    expect([91].map((i) => positions(96, 122)[i])).toEqual([71]);
  });
  it('weighs by the triangle for bilinear, antialiased when shrinking', () => {
    // Upscaling by two: centres at 1/4 and 3/4 between neighbours. Shrinking by two: weights 1 3 3 1 cut at the edge.
    expect([...resizeImage(ramp, { width: 8, height: 1 }, 'bilinear').data]).toEqual([0, 20, 60, 100, 140, 180, 220, 240]);
    expect([...resizeImage(ramp, { width: 2, height: 1 }, 'bilinear').data]).toEqual([57, 183]);
  });
  it('keeps a flat picture flat and the same size as it is', () => {
    const flat = { width: 9, height: 7, channels: 3 as const, data: new Uint8Array(9 * 7 * 3).fill(201) };
    expect(new Set(resizeImage(flat, { width: 31, height: 3 }, 'lanczos').data)).toEqual(new Set([201]));
    expect(resizeImage(flat, { width: 9, height: 7 }, 'lanczos')).toBe(flat);
  });
});
