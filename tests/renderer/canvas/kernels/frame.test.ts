import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  extendSides,
  FRAME_HANDLES,
  frameHit,
  frameInside,
  handlePoint,
  moveFrame,
  overhang,
  resizeFrame,
  sidesForAspect,
  withAspect,
  type FrameRules,
} from '../../../../src/renderer/canvas/kernels/frame';

const RULES: FrameRules = { grid: 64, minSide: 256, maxSide: 1024, aspect: null };
const FRAME = { x: 100, y: 50, width: 512, height: 512 };
const drag = fc.record({
  x: fc.integer({ min: -2000, max: 2000 }),
  y: fc.integer({ min: -2000, max: 2000 }),
});

describe('frame', () => {
  it('moves on whole pixels and keeps its size', () => {
    expect(moveFrame(FRAME, { x: 10.4, y: -3.6 })).toEqual({ x: 110, y: 46, width: 512, height: 512 });
  });

  it('snaps a dragged edge to the grid and leaves the other edges', () => {
    expect(resizeFrame(FRAME, { handle: 'e', by: { x: 70, y: 999 } }, RULES)).toEqual({
      x: 100,
      y: 50,
      width: 576,
      height: 512,
    });
    expect(resizeFrame(FRAME, { handle: 'nw', by: { x: 70, y: -130 } }, RULES)).toEqual({
      x: 164,
      y: -78,
      width: 448,
      height: 640,
    });
  });

  it('stays on the grid, within the limits and fixed at the far corner whatever is dragged', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...FRAME_HANDLES),
        drag,
        fc.constantFrom(null, 1, 1.5, 9 / 16),
        (handle, by, aspect) => {
          const frame = resizeFrame(FRAME, { handle, by }, { ...RULES, aspect });
          for (const side of [frame.width, frame.height]) {
            expect(side % 64).toBe(0);
            expect(side).toBeGreaterThanOrEqual(256);
            expect(side).toBeLessThanOrEqual(1024);
          }
          if (handle.includes('w')) expect(frame.x + frame.width).toBe(612);
          if (handle.includes('e')) expect(frame.x).toBe(100);
          if (handle.includes('n')) expect(frame.y + frame.height).toBe(562);
          if (handle.includes('s')) expect(frame.y).toBe(50);
          if (aspect === 1) expect(frame.width).toBe(frame.height);
        },
      ),
    );
  });

  it('takes another shape around the same middle', () => {
    expect(withAspect(FRAME, 16 / 9, RULES)).toEqual({ x: 4, y: 114, width: 704, height: 384 });
  });

  it('says what it adds to a document and what a ratio needs', () => {
    expect(overhang({ x: -64, y: 10, width: 512, height: 512 }, { width: 400, height: 800 })).toEqual({
      left: 64,
      top: 0,
      right: 48,
      bottom: 0,
    });
    expect(sidesForAspect({ width: 300, height: 200 }, 1)).toEqual({
      left: 0,
      right: 0,
      top: 50,
      bottom: 50,
    });
    expect(
      extendSides({ x: 0, y: 0, width: 10, height: 10 }, { left: 1, top: 2, right: 3, bottom: 4 }),
    ).toEqual({ x: -1, y: -2, width: 14, height: 16 });
  });

  it('is pushed back into the document, or centred when it is larger', () => {
    expect(frameInside(FRAME, { width: 550, height: 300 })).toEqual({
      x: 38,
      y: -106,
      width: 512,
      height: 512,
    });
  });

  it('is taken hold of at its handles first, then inside', () => {
    for (const handle of FRAME_HANDLES) expect(frameHit(FRAME, handlePoint(FRAME, handle), 5)).toBe(handle);
    expect([frameHit(FRAME, { x: 300, y: 300 }, 5), frameHit(FRAME, { x: 90, y: 300 }, 5)]).toEqual([
      'move',
      null,
    ]);
  });
});
