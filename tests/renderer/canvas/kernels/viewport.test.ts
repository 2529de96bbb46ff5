import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clampViewport,
  fitRect,
  toDocument,
  toScreen,
  visibleRect,
  wheelZoomFactor,
  ZOOM,
  zoomAt,
} from '../../../../src/renderer/canvas/kernels/viewport';

const place = fc.double({ min: -5000, max: 5000, noNaN: true });
const viewports = fc.record({
  x: place,
  y: place,
  scale: fc.double({ min: ZOOM.min, max: ZOOM.max, noNaN: true }),
});
const points = fc.record({ x: place, y: place });

describe('viewport', () => {
  it('gives a point back after going to the screen and returning', () => {
    fc.assert(
      fc.property(viewports, points, (viewport, point) => {
        const back = toDocument(viewport, toScreen(viewport, point));
        expect(Math.hypot(back.x - point.x, back.y - point.y)).toBeLessThan(1e-6);
      }),
    );
  });

  it('keeps the document point under the cursor while zooming, and never leaves the limits', () => {
    fc.assert(
      fc.property(
        viewports,
        points,
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        (viewport, at, factor) => {
          const zoomed = zoomAt(viewport, at, factor);
          const [before, after] = [toDocument(viewport, at), toDocument(zoomed, at)];
          expect(Math.hypot(before.x - after.x, before.y - after.y)).toBeLessThan(
            1e-6 * (1 + Math.hypot(before.x, before.y)),
          );
          expect(zoomed.scale).toBeGreaterThanOrEqual(ZOOM.min);
          expect(zoomed.scale).toBeLessThanOrEqual(ZOOM.max);
        },
      ),
    );
  });

  it('fits a large picture with its margin and does not enlarge a small one', () => {
    expect(fitRect({ x: 0, y: 0, width: 4000, height: 1000 }, { width: 1064, height: 800 })).toEqual({
      scale: 0.25,
      x: 32,
      y: 275,
    });
    expect(fitRect({ x: 0, y: 0, width: 100, height: 50 }, { width: 500, height: 500 })).toEqual({
      scale: 1,
      x: 200,
      y: 225,
    });
  });

  it('shows the whole of what it fitted', () => {
    const view = { width: 900, height: 700 };
    const shown = visibleRect(fitRect({ x: 10, y: 20, width: 3000, height: 5000 }, view), view);
    expect(shown.x).toBeLessThan(10);
    expect(shown.y + shown.height).toBeGreaterThan(5020);
  });

  it('keeps a strip of the document in sight however far it is dragged', () => {
    const view = { width: 800, height: 600 };
    expect(clampViewport({ x: 9999, y: -9999, scale: 1 }, { width: 500, height: 400 }, view)).toEqual({
      x: 752,
      y: -352,
      scale: 1,
    });
  });

  it('zooms out by what it zoomed in', () => {
    expect(wheelZoomFactor(100) * wheelZoomFactor(-100)).toBeCloseTo(1, 12);
    expect(wheelZoomFactor(-100)).toBeGreaterThan(1.15);
  });
});
