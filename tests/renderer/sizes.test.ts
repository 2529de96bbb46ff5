import { describe, expect, it } from 'vitest';
import { ASPECTS, aspectOf, aspectsFor, hasFixedSize, sizeFor } from '../../src/renderer/stores/sizes';
import { BUILTIN, SD15 } from './fake-models';

const coarse = { ...SD15, nativeSize: 128, size: { min: 64, max: 512, multipleOf: 32 } };

describe('sizeFor', () => {
  it('stays on the model’s grid, within its limits and near its native area', () => {
    for (const aspect of ASPECTS) {
      const { width, height } = sizeFor(aspect, SD15);
      expect([width % 8, height % 8, Math.min(width, height) >= 256, Math.max(width, height) <= 1024]).toEqual([0, 0, true, true]);
      expect((width * height) / 512 ** 2).toBeGreaterThan(0.85);
      expect((width * height) / 512 ** 2).toBeLessThan(1.15);
    }
  });

  it('gives every shape truly, the portrait ones as the landscape ones turned', () => {
    expect(ASPECTS.map((aspect) => sizeFor(aspect, SD15))).toEqual([
      { width: 512, height: 512 },
      { width: 576, height: 432 },
      { width: 624, height: 416 },
      { width: 680, height: 384 },
      { width: 432, height: 576 },
      { width: 416, height: 624 },
      { width: 384, height: 680 },
    ]);
  });

  it('keeps the shape rather than the area on a coarse grid', () => {
    expect(sizeFor('4:3', coarse)).toEqual({ width: 128, height: 96 });
    expect(sizeFor('3:2', coarse)).toEqual({ width: 192, height: 128 });
  });
});

describe('aspectsFor', () => {
  it('offers no two shapes that come out the same', () => {
    const sizes = aspectsFor(coarse).map((aspect) => JSON.stringify(sizeFor(aspect, coarse)));
    expect(new Set(sizes).size).toBe(sizes.length);
  });
});

describe('aspectOf', () => {
  it('recognises a preset and nothing else', () => {
    expect([aspectOf(sizeFor('3:4', SD15), SD15), aspectOf({ width: 512, height: 256 }, SD15)]).toEqual(['3:4', null]);
  });
});

describe('hasFixedSize', () => {
  it('is true for an export that knows one size', () => {
    expect([hasFixedSize(BUILTIN), hasFixedSize(SD15)]).toEqual([true, false]);
  });
});
