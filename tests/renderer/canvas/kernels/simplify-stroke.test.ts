import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createThinLine, MAX_POINTS, simplifyStroke } from '../../../../src/renderer/canvas/kernels/simplify-stroke';

const WIDTH = 20;
const point = fc.tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 400 }), fc.constantFrom(0.2, 0.5, 0.9));

function thinned(points: readonly (readonly [number, number, number])[], tolerance: number) {
  const line = createThinLine(tolerance, WIDTH);
  const told = points.flatMap((one) => line.push(...one));
  told.push(...line.end());
  return { kept: [...line.kept], told };
}

const flat = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 500 }), fc.constant(0.5)), {
    minLength: 2,
    maxLength: 40,
  })
  .map((points) => points.flat());

function distanceTo(line: readonly number[], x: number, y: number): number {
  let best = Infinity;
  for (let i = 0; i + 5 < line.length; i += 3) {
    const [ax, ay, bx, by] = [line[i] ?? 0, line[i + 1] ?? 0, line[i + 3] ?? 0, line[i + 4] ?? 0];
    const length = (bx - ax) ** 2 + (by - ay) ** 2;
    const t =
      length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length));
    best = Math.min(best, Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay)));
  }
  return best;
}

describe('simplifying a finished stroke', () => {
  it('leaves out points only where the line stays within the tolerance', () => {
    fc.assert(
      fc.property(flat, fc.double({ min: 0.1, max: 5, noNaN: true }), (points, tolerance) => {
        const simple = simplifyStroke(points, tolerance, 20);
        expect(simple.length).toBeLessThanOrEqual(points.length);
        for (let i = 0; i + 2 < points.length; i += 3)
          expect(distanceTo(simple, points[i] ?? 0, points[i + 1] ?? 0)).toBeLessThanOrEqual(
            tolerance + 0.02,
          );
      }),
    );
  });

  it('keeps a change of pressure on a straight line', () => {
    const simple = simplifyStroke([0, 0, 0.2, 50, 0, 0.9, 100, 0, 0.2], 0.5, 40);
    expect(simple).toEqual([0, 0, 0.2, 50, 0, 0.9, 100, 0, 0.2]);
  });

  it('fits the longest stroke into one step', () => {
    const points = Array.from({ length: 30_000 }, (_, i) => [i % 2 === 0 ? 0 : 1000, i / 10, 0.5]).flat();
    expect(simplifyStroke(points, 0.1, 4).length).toBeLessThanOrEqual(MAX_POINTS * 3);
  });
});

describe('a line that is simplified as it grows', () => {
  it('needs two points for a straight line, however many are given', () => {
    const points = Array.from({ length: 40 }, (_, i) => [i * 3, i, 0.5] as const);
    expect(thinned(points, 0.1).kept).toEqual([0, 0, 0.5, 117, 39, 0.5]);
  });

  it('never leaves a long end open, because that is drawn again with every point', () => {
    const line = createThinLine(0.1, WIDTH);
    for (let i = 0; i < 200; i++) {
      line.push(i * 10, 0, 0.5);
      expect((line.tip[0] ?? i * 10) - (line.kept.at(-3) ?? 0)).toBeLessThanOrEqual(128);
    }
  });

  it('keeps a corner, and a change of pressure that can be seen', () => {
    expect(thinned([[0, 0, 0.5], [50, 0, 0.5], [50, 50, 0.5]], 1).kept).toEqual([0, 0, 0.5, 50, 0, 0.5, 50, 50, 0.5]);
    expect(thinned([[0, 0, 0.2], [50, 0, 0.9], [100, 0, 0.2]], 1).kept).toHaveLength(9);
  });

  it('says once what has become final, and never takes it back', () => {
    fc.assert(fc.property(fc.array(point, { minLength: 1, maxLength: 60 }), fc.double({ min: 0.1, max: 8, noNaN: true }), (points, tolerance) => {
      const { kept, told } = thinned(points, tolerance);
      expect(told).toEqual(kept);
      expect([kept.slice(0, 2), kept.slice(-3, -1)]).toEqual([points[0]?.slice(0, 2), points.at(-1)?.slice(0, 2)]);
    }));
  });

  it('leaves no point farther from the line than the tolerance', () => {
    fc.assert(fc.property(fc.array(point, { minLength: 2, maxLength: 60 }), fc.double({ min: 0.1, max: 8, noNaN: true }), (points, tolerance) => {
      const { kept } = thinned(points.map(([x, y]) => [x, y, 0.5]), tolerance);
      for (const [x, y] of points) expect(distanceTo(kept, x, y)).toBeLessThanOrEqual(tolerance + 0.02);
    }));
  });
});
