import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { needsPasses, planPasses, windowSide } from '../../../../src/renderer/canvas/kernels/extend-passes';

const W = 64;
const rect = (x: number, y: number, width: number, height: number) => ({ x, y, width, height });

/** Fills a picture as the passes do: a window must hold nothing that is unknown outside of its own area. */
function walk(region: { width: number; height: number }, known: ReturnType<typeof rect>, window: number): { readonly left: number; readonly unseen: number } {
  const state = new Uint8Array(region.width * region.height);
  const fill = ({ x, y, width, height }: typeof known, value: number): void => {
    for (let v = y; v < y + height; v++) state.fill(value, v * region.width + x, v * region.width + x + width);
  };
  fill(known, 1);
  let unseen = 0;
  for (const pass of planPasses(region, known, window)) {
    fill(pass.area, 1);
    for (let v = pass.window.y; v < pass.window.y + pass.window.height; v++) {
      for (let u = pass.window.x; u < pass.window.x + pass.window.width; u++) if (state[v * region.width + u] === 0) unseen++;
    }
  }
  return { left: state.filter((value) => value === 0).length, unseen };
}

describe('planPasses', () => {
  it('grows one short side in one pass that looks back as far as it draws', () => {
    expect(planPasses({ width: 96, height: 64 }, rect(0, 0, 64, 64), W)).toEqual([{ window: rect(32, 0, 64, 64), area: rect(60, 0, 36, 64) }]);
  });

  it('goes outward in equal strips', () => {
    const areas = planPasses({ width: 64 + 80, height: 64 }, rect(0, 0, 64, 64), W).map(({ area }) => [area.x + 4, area.width - 4]);
    expect(areas).toEqual([[64, 27], [91, 27], [118, 26]]);
  });

  it('walks along an edge that is longer than a window, each pass beside the one before', () => {
    const passes = planPasses({ width: 160, height: 90 }, rect(0, 0, 160, 64), W);
    expect(passes.map(({ window }) => window)).toEqual([rect(0, 26, 64, 64), rect(48, 26, 64, 64), rect(96, 26, 64, 64)]);
    expect(passes.map(({ area }) => [area.x, area.x + area.width])).toEqual([[0, 64], [60, 112], [108, 160]]);
  });

  it('fills every region from inside out, and never shows a model what is not there yet', () => {
    const length = fc.integer({ min: 1, max: 150 });
    const more = fc.integer({ min: 0, max: 120 });
    fc.assert(
      fc.property(length, length, fc.tuple(more, more, more, more), fc.integer({ min: 16, max: 80 }), (width, height, [left, top, right, bottom], window) => {
        const region = { width: left + width + right, height: top + height + bottom };
        const known = rect(left, top, width, height);
        expect(walk(region, known, window)).toEqual({ left: 0, unseen: 0 });
        for (const pass of planPasses(region, known, window)) {
          expect(Math.max(pass.window.width, pass.window.height)).toBeLessThanOrEqual(window);
          expect(pass.area.x >= pass.window.x && pass.area.y >= pass.window.y).toBe(true);
          expect(pass.area.x + pass.area.width <= pass.window.x + pass.window.width && pass.area.y + pass.area.height <= pass.window.y + pass.window.height).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('needsPasses', () => {
  const limits = { window: 512, largest: 768 };
  it.each([
    ['a quarter on one side', { width: 640, height: 512 }, rect(0, 0, 512, 512), false],
    ['half a window on each side', { width: 768, height: 512 }, rect(0, 0, 512, 512), false],
    ['more than half on one side', { width: 769, height: 512 }, rect(0, 0, 512, 512), true],
    ['a little of a large picture', { width: 2048, height: 1100 }, rect(0, 0, 2048, 1000), true],
  ])('%s', (_, region, known, expected) => {
    expect(needsPasses(region, known, limits)).toBe(expected);
  });
});

describe('windowSide', () => {
  const draw = { nativeSize: 128, hires: { scale: 4 } };
  it('is the native size, times the enlargement where the picture was enlarged', () => {
    expect([windowSide({ width: 128, height: 128 }, draw), windowSide({ width: 512, height: 512 }, draw), windowSide({ width: 4000, height: 900 }, draw)]).toEqual([128, 512, 512]);
    expect(windowSide({ width: 4000, height: 3000 }, { nativeSize: 512, hires: null })).toBe(512);
  });
});
