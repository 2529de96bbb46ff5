import { describe, expect, it } from 'vitest';
import { firstRegion, movedRegion } from '../../../src/renderer/features/resize/kernels';

describe('the part that is previewed', () => {
  it('begins as a square in the middle', () => {
    expect(firstRegion({ width: 1000, height: 501 })).toEqual({ left: 420, top: 170, width: 160, height: 160 });
  });

  it('is the short side of a small picture, and none of a tiny one', () => {
    expect(firstRegion({ width: 300, height: 40 })).toEqual({ left: 130, top: 0, width: 40, height: 40 });
    expect(firstRegion({ width: 16, height: 400 })).toMatchObject({ width: 16, height: 16 });
    expect(firstRegion({ width: 15, height: 400 })).toBeNull();
  });

  it('moves by whole pixels and never leaves the picture', () => {
    const size = { width: 500, height: 400 };
    const region = { left: 100, top: 100, width: 160, height: 160 };
    expect(movedRegion(region, { x: 10.4, y: -7.6 }, size)).toEqual({ left: 110, top: 92, width: 160, height: 160 });
    expect(movedRegion(region, { x: -999, y: 999 }, size)).toEqual({ left: 0, top: 240, width: 160, height: 160 });
    expect(movedRegion(region, { x: 999, y: -999 }, size)).toEqual({ left: 340, top: 0, width: 160, height: 160 });
  });
});
