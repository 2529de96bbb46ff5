import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  MAX_POINTS,
  simplifyStroke,
  smoothPiece,
  smoothStroke,
  widthAt,
} from '../../../../src/renderer/canvas/kernels/stroke';

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

describe('stroke', () => {
  it("has its own width at a mouse's pressure, more when pressed, some at the lightest touch", () => {
    expect([widthAt(100, 0.5), widthAt(100, 1), widthAt(100, 0)]).toEqual([100, 180, 20]);
  });

  it('starts and ends where the pointer did', () => {
    fc.assert(
      fc.property(flat, (points) => {
        const smooth = smoothStroke(points);
        expect(smooth.slice(0, 3)).toEqual(points.slice(0, 3));
        expect(smooth.slice(-3)).toEqual(points.slice(-3));
      }),
    );
  });

  it('decides each piece by three points, so a growing stroke never changes what is drawn', () => {
    fc.assert(
      fc.property(flat, (points) => {
        for (let i = 0; i < points.length / 3; i++) {
          const near = points.slice(Math.max(0, i - 2) * 3, (i + 1) * 3);
          expect(smoothPiece(near, Math.min(i, 2))).toEqual(smoothPiece(points, i));
        }
      }),
    );
  });

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
