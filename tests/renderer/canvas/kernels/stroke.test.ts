import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smoothPiece, widthAt } from '../../../../src/renderer/canvas/kernels/stroke';

const flat = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 500 }), fc.constant(0.5)), {
    minLength: 2,
    maxLength: 40,
  })
  .map((points) => points.flat());

describe('stroke', () => {
  it("has its own width at a mouse's pressure, more when pressed, some at the lightest touch", () => {
    expect([widthAt(100, 0.5), widthAt(100, 1), widthAt(100, 0)]).toEqual([100, 180, 20]);
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
});
