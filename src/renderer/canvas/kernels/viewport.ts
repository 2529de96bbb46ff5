import type { Rect } from '../../../shared/canvas-document';
import { clamp, type Point, type Size } from './geometry';

/** screen = document * scale + (x, y), in CSS pixels of the canvas element. */
export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** 2 % shows a 32,768 px document on a laptop; 64 screen pixels a document pixel is enough to hit one. */
export const ZOOM = { min: 0.02, max: 64 } as const;

/** Screen pixels of the document that always stay in sight, so that a picture cannot be lost by panning. */
const KEEP_IN_SIGHT = 48;

export const toScreen = (viewport: Viewport, point: Point): Point => ({
  x: point.x * viewport.scale + viewport.x,
  y: point.y * viewport.scale + viewport.y,
});

export const toDocument = (viewport: Viewport, point: Point): Point => ({
  x: (point.x - viewport.x) / viewport.scale,
  y: (point.y - viewport.y) / viewport.scale,
});

export const rectToScreen = (viewport: Viewport, rect: Rect): Rect => ({
  ...toScreen(viewport, rect),
  width: rect.width * viewport.scale,
  height: rect.height * viewport.scale,
});

/** The part of the plane that a view of `view` CSS pixels shows, in document pixels. */
export const visibleRect = (viewport: Viewport, view: Size): Rect => ({
  ...toDocument(viewport, { x: 0, y: 0 }),
  width: view.width / viewport.scale,
  height: view.height / viewport.scale,
});

/** Multiplies the zoom by `factor` and keeps the document point under `at` (screen) where it is. */
export function zoomAt(viewport: Viewport, at: Point, factor: number): Viewport {
  const scale = clamp(viewport.scale * factor, ZOOM.min, ZOOM.max);
  const ratio = scale / viewport.scale;
  return { scale, x: at.x - (at.x - viewport.x) * ratio, y: at.y - (at.y - viewport.y) * ratio };
}

export const panBy = (viewport: Viewport, by: Point): Viewport => ({
  ...viewport,
  x: viewport.x + by.x,
  y: viewport.y + by.y,
});

/** Shows all of `rect` in the middle of the view with `margin` CSS pixels around it, never larger than 100 %. */
export function fitRect(rect: Rect, view: Size, margin = 32): Viewport {
  const room = { width: Math.max(view.width - 2 * margin, 1), height: Math.max(view.height - 2 * margin, 1) };
  const scale = clamp(
    Math.min(room.width / Math.max(rect.width, 1), room.height / Math.max(rect.height, 1), 1),
    ZOOM.min,
    ZOOM.max,
  );
  return centred(rect, view, scale);
}

/** `scale` with the middle of `rect` in the middle of the view; whole screen pixels, so that 100 % is sharp. */
export function centred(rect: Rect, view: Size, scale: number): Viewport {
  return {
    scale,
    x: Math.round(view.width / 2 - (rect.x + rect.width / 2) * scale),
    y: Math.round(view.height / 2 - (rect.y + rect.height / 2) * scale),
  };
}

/** Pulls the viewport back so that a strip of the document stays in sight. */
export function clampViewport(viewport: Viewport, document: Size, view: Size): Viewport {
  const place = (offset: number, length: number, room: number): number => {
    const keep = Math.min(KEEP_IN_SIGHT, length * viewport.scale, room);
    return clamp(offset, keep - length * viewport.scale, room - keep);
  };
  return {
    scale: viewport.scale,
    x: place(viewport.x, document.width, view.width),
    y: place(viewport.y, document.height, view.height),
  };
}

/** Wheel notches to a zoom factor: a mouse notch (100) is 20 %, a touchpad's small deltas are proportionally finer. */
export const wheelZoomFactor = (deltaY: number): number => Math.exp(-clamp(deltaY, -400, 400) * 0.0018);
