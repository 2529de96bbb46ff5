import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { featherMask } from '../../../../src/renderer/canvas/kernels/feather';
import { growMask } from '../../../../src/renderer/canvas/kernels/grow';

const SIZE = { width: 24, height: 18 };
const masks = fc
  .array(fc.constantFrom(0, 0, 0, 0, 255), { minLength: 432, maxLength: 432 })
  .map((values) => Uint8Array.from(values));

/** The definition: for each pixel the nearest seed among all. */
function growByHand(mask: Uint8Array, by: number): Uint8Array {
  const seeds = [...mask.keys()].filter((i) => (mask[i] ?? 0) >= 128 === by > 0);
  return mask.map((old, i) => {
    const d = Math.min(
      ...seeds.map((s) =>
        Math.hypot(
          (s % SIZE.width) - (i % SIZE.width),
          Math.floor(s / SIZE.width) - Math.floor(i / SIZE.width),
        ),
      ),
      1e9,
    );
    const part = (value: number): number => Math.round(255 * Math.min(1, Math.max(0, value)));
    return by > 0 ? Math.max(old, part(by + 1 - d)) : Math.min(old, part(d + by));
  });
}

describe('growMask', () => {
  it('equals the exact Euclidean distance to the nearest pixel', () => {
    fc.assert(
      fc.property(masks, fc.integer({ min: -6, max: 9 }), (mask, by) => {
        const expected = by === 0 ? mask : growByHand(mask, by);
        expect(growMask(mask, SIZE, by).every((value, i) => Math.abs(value - (expected[i] ?? 0)) <= 1)).toBe(
          true,
        );
      }),
      { numRuns: 40 },
    );
  });

  it('leaves a full mask full when it shrinks: the border is no gap', () => {
    expect(growMask(new Uint8Array(432).fill(255), SIZE, -5).every((value) => value === 255)).toBe(true);
  });
});

/** A direct sum with the same repeated border, far enough that cutting it off does not count. */
function gaussianByHand(line: readonly number[], sigma: number): number[] {
  const reach = Math.ceil(6 * sigma);
  return line.map((_, x) => {
    let [value, weight] = [0, 0];
    for (let k = -reach; k <= reach; k++) {
      const w = Math.exp(-(k * k) / (2 * sigma * sigma));
      value += w * (line[Math.min(Math.max(x + k, 0), line.length - 1)] ?? 0);
      weight += w;
    }
    return value / weight;
  });
}

describe('featherMask', () => {
  it.each([0.5, 2, 5, 8, 20, 64])('is a Gaussian of radius %f within three levels', (sigma) => {
    const line = Array.from({ length: 400 }, (_, x) => (x > 150 && x < 260 ? 255 : 0));
    const expected = gaussianByHand(line, sigma);
    const across = featherMask(Uint8Array.from(line), { width: 400, height: 1 }, sigma);
    const down = featherMask(Uint8Array.from(line), { width: 1, height: 400 }, sigma);
    expect(Math.max(...expected.map((value, i) => Math.abs(value - (across[i] ?? 0))))).toBeLessThanOrEqual(
      3,
    );
    expect([...down]).toEqual([...across]);
  });

  it('keeps a mask full where it touches the border, and an empty or unfeathered one as it is', () => {
    const full = new Uint8Array(432).fill(255);
    expect(featherMask(full, SIZE, 7)).toEqual(full);
    expect(featherMask(new Uint8Array(432), SIZE, 7)).toEqual(new Uint8Array(432));
    expect(featherMask(Uint8Array.of(1, 2, 3), { width: 3, height: 1 }, 0)).toEqual(Uint8Array.of(1, 2, 3));
  });
});
