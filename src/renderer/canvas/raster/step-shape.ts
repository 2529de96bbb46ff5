import type { PaintStep, Rect } from '../../../shared/canvas-document';
import { roundOut, type Plane } from '../kernels/geometry';
import { coverEllipse, coverPolygon, coverRectangle } from '../kernels/shape-coverage';
import { widthAt } from '../kernels/stroke';
import { coverStroke } from '../kernels/stroke-coverage';

/** The steps that put coverage somewhere, as against those that change all there is. */
export type ShapeStep = Extract<PaintStep, { mode: 'paint' | 'erase' }>;

export const isShapeStep = (step: PaintStep): step is ShapeStep => 'mode' in step;

/** Pressures replaced by the radius in pixels that they give a brush of this width. */
export function withRadii(points: readonly number[], width: number): number[] {
  return points.map((value, i) => (i % 3 === 2 ? widthAt(width, value) / 2 : value));
}

function pointsBox(points: readonly number[], around: number): Rect {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i + 1 < points.length; i += 3) {
    const [x, y] = [points[i] ?? 0, points[i + 1] ?? 0];
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  if (left > right) return { x: 0, y: 0, width: 0, height: 0 };
  return {
    x: left - around,
    y: top - around,
    width: right - left + 2 * around,
    height: bottom - top + 2 * around,
  };
}

/** The box of whole pixels that the step can touch. */
export function shapeBox(step: ShapeStep): Rect {
  switch (step.kind) {
    case 'stroke':
      return roundOut(pointsBox(step.points, widthAt(step.width, 1) / 2 + 1));
    case 'polygon':
      return roundOut(pointsBox(step.points, 0));
    case 'rectangle':
    case 'ellipse':
      return roundOut(step.rect);
  }
}

/** Draws the step's coverage 0..255 on empty planes; prepared once, because a step is drawn tile by tile. */
export function shapePainter(step: ShapeStep): (plane: Plane) => void {
  switch (step.kind) {
    case 'stroke': {
      const stroke = { hardness: step.hardness, points: withRadii(step.points, step.width) };
      return (plane) => {
        coverStroke(plane, stroke);
      };
    }
    case 'polygon':
      return (plane) => {
        coverPolygon(plane, step.points);
      };
    case 'rectangle':
      return (plane) => {
        coverRectangle(plane, step.rect);
      };
    case 'ellipse':
      return (plane) => {
        coverEllipse(plane, step.rect);
      };
  }
}
