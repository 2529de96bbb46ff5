import { describe, expect, it } from 'vitest';
import { baseOf, MAX_PHYSICAL_HEIGHT, revealTop, scrollSpace } from '../../../src/renderer/features/gallery-grid/kernels/scroll-space';

describe('scrollSpace', () => {
  it('is the grid itself while that fits', () => {
    const space = scrollSpace(50_000, 900);
    expect([space.physicalHeight, space.isCompressed, space.toVirtual(1234), space.toPhysical(1234)]).toEqual([50_000, false, 1234, 1234]);
  });

  it('reaches both ends of a grid that no element could hold', () => {
    const height = 100_000 * 1000;
    const space = scrollSpace(height, 900);
    expect(space).toMatchObject({ physicalHeight: MAX_PHYSICAL_HEIGHT, isCompressed: true });
    expect([space.toVirtual(0), space.toVirtual(MAX_PHYSICAL_HEIGHT - 900), space.toPhysical(height - 900)]).toEqual([0, height - 900, MAX_PHYSICAL_HEIGHT - 900]);
  });

  it('shows nothing below the end or above the start', () => {
    expect([scrollSpace(2000, 900).clamp(5000), scrollSpace(2000, 900).clamp(-3), scrollSpace(200, 900).clamp(50)]).toEqual([1100, 0, 0]);
  });
});

describe('baseOf', () => {
  it('stays the same for a long way and is never below what it is for', () => {
    expect([0, 100, 32_767, 32_768, 100_000].map(baseOf)).toEqual([0, 0, 0, 32_768, 98_304]);
  });
});

describe('revealTop', () => {
  const view = { height: 500, margin: 10 };

  it('moves only as far as it must', () => {
    expect([revealTop(100, { y: 200, height: 100 }, view), revealTop(100, { y: 50, height: 100 }, view), revealTop(100, { y: 580, height: 100 }, view)]).toEqual([100, 40, 190]);
  });

  it('shows the top of what is higher than the view', () => {
    expect(revealTop(0, { y: 900, height: 800 }, view)).toBe(890);
  });
});
