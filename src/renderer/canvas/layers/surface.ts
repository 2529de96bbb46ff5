import type { Rect } from '../../../shared/canvas-document';
import { inflate, intersect, roundOut } from '../kernels/geometry';
import { rectToScreen, type Viewport } from '../kernels/viewport';

/** What a layer draws on, in device pixels. */
export interface Surface {
  readonly context: CanvasRenderingContext2D;
  readonly viewport: Viewport;
  /** The part of the surface that is to be drawn again. */
  readonly clip: Rect;
}

/** The viewport in device pixels. */
export const deviceViewport = (viewport: Viewport, ratio: number): Viewport => ({
  x: viewport.x * ratio,
  y: viewport.y * ratio,
  scale: viewport.scale * ratio,
});

/** A document box in device pixels on whole pixel edges: neighbouring boxes meet without a seam. */
export function deviceRect(viewport: Viewport, rect: Rect): Rect {
  const { x, y, width, height } = rectToScreen(viewport, rect);
  const [left, top] = [Math.round(x), Math.round(y)];
  return { x: left, y: top, width: Math.round(x + width) - left, height: Math.round(y + height) - top };
}

/** The device pixels that a changed document box can reach: smoothing looks one pixel further on each side. */
export function dirtyDeviceRect(viewport: Viewport, dirty: Rect, surface: Rect): Rect | null {
  const reach = Math.max(1, Math.ceil(viewport.scale)) + 1;
  return intersect(inflate(roundOut(rectToScreen(viewport, dirty)), reach), surface);
}
