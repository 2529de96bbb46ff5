import type { Rect } from '../../../shared/canvas-document';
import { clamp, type Point, type Size } from './geometry';

/** Which sides of the frame a handle moves; `move` is the inside. */
export const FRAME_HANDLES = ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w'] as const;
export type FrameHandle = (typeof FRAME_HANDLES)[number];

export interface FrameRules {
  /** Sides are whole multiples of this many pixels (the model's grid); positions are whole pixels. */
  readonly grid: number;
  readonly minSide: number;
  readonly maxSide: number;
  /** width / height to keep, or `null`. */
  readonly aspect: number | null;
}

export interface Sides {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface AspectRatio {
  readonly label: string;
  readonly ratio: number;
}

export const ASPECT_RATIOS: readonly AspectRatio[] = [
  { label: '1:1', ratio: 1 },
  { label: '5:4', ratio: 5 / 4 },
  { label: '4:3', ratio: 4 / 3 },
  { label: '3:2', ratio: 3 / 2 },
  { label: '16:9', ratio: 16 / 9 },
  { label: '21:9', ratio: 21 / 9 },
  { label: '4:5', ratio: 4 / 5 },
  { label: '3:4', ratio: 3 / 4 },
  { label: '2:3', ratio: 2 / 3 },
  { label: '9:16', ratio: 9 / 16 },
];

/** The nearest allowed length: a multiple of the grid within the rules' limits. */
export function snapSide(length: number, rules: FrameRules): number {
  const low = Math.ceil(rules.minSide / rules.grid) * rules.grid;
  const high = Math.max(low, Math.floor(rules.maxSide / rules.grid) * rules.grid);
  return clamp(Math.round(length / rules.grid) * rules.grid, low, high);
}

/** Both sides allowed, and as near the wanted ratio as the grid lets them. */
function snapSize(size: Size, rules: FrameRules, leads: 'width' | 'height'): Size {
  if (rules.aspect === null)
    return { width: snapSide(size.width, rules), height: snapSide(size.height, rules) };
  const width = leads === 'width' ? size.width : size.height * rules.aspect;
  // A side that hits its limit takes the other with it, or the ratio would be lost.
  const room = {
    low: Math.max(rules.minSide, rules.minSide * rules.aspect),
    high: Math.min(rules.maxSide, rules.maxSide * rules.aspect),
  };
  const snapped = snapSide(clamp(width, room.low, Math.max(room.low, room.high)), rules);
  return { width: snapped, height: snapSide(snapped / rules.aspect, rules) };
}

/** The frame moved by a distance, on whole pixels. */
export const moveFrame = (frame: Rect, by: Point): Rect => ({
  ...frame,
  x: Math.round(frame.x + by.x),
  y: Math.round(frame.y + by.y),
});

/** The frame after its handle was dragged by `by` document pixels: the opposite side or corner stays where it was. */
export function resizeFrame(
  frame: Rect,
  drag: { readonly handle: FrameHandle; readonly by: Point },
  rules: FrameRules,
): Rect {
  const { handle, by } = drag;
  const [west, east, north, south] = [
    handle.includes('w'),
    handle.includes('e'),
    handle.includes('n'),
    handle.includes('s'),
  ];
  const wanted = {
    width: frame.width + (east ? by.x : west ? -by.x : 0),
    height: frame.height + (south ? by.y : north ? -by.y : 0),
  };
  const { width, height } = snapSize(wanted, rules, east || west ? 'width' : 'height');
  // With a ratio, an edge handle grows the other side around its middle.
  const keep = (start: number, change: number, side: 'low' | 'high' | 'none'): number =>
    Math.round(side === 'low' ? start - change : side === 'high' ? start : start - change / 2);
  return {
    x: keep(frame.x, width - frame.width, west ? 'low' : east ? 'high' : 'none'),
    y: keep(frame.y, height - frame.height, north ? 'low' : south ? 'high' : 'none'),
    width,
    height,
  };
}

/** The same middle, about the same area, another shape. */
export function withAspect(frame: Rect, ratio: number, rules: FrameRules): Rect {
  const area = frame.width * frame.height;
  const { width, height } = snapSize(
    { width: Math.sqrt(area * ratio), height: Math.sqrt(area / ratio) },
    { ...rules, aspect: ratio },
    'width',
  );
  return {
    x: Math.round(frame.x + (frame.width - width) / 2),
    y: Math.round(frame.y + (frame.height - height) / 2),
    width,
    height,
  };
}

/** Pushes a frame that fits back into the document; along an axis where it is larger, it is centred. */
export function frameInside(frame: Rect, document: Size): Rect {
  const place = (start: number, length: number, room: number): number =>
    length > room ? Math.round((room - length) / 2) : clamp(start, 0, room - length);
  return {
    ...frame,
    x: place(frame.x, frame.width, document.width),
    y: place(frame.y, frame.height, document.height),
  };
}

/** `rect` with pixels added on each side (negative takes away). */
export const extendSides = (rect: Rect, sides: Sides): Rect => ({
  x: rect.x - sides.left,
  y: rect.y - sides.top,
  width: Math.max(1, rect.width + sides.left + sides.right),
  height: Math.max(1, rect.height + sides.top + sides.bottom),
});

/** What `frame` adds to the document on each side; all 0 when it lies inside. */
export const overhang = (frame: Rect, document: Size): Sides => ({
  left: Math.max(0, -frame.x),
  top: Math.max(0, -frame.y),
  right: Math.max(0, frame.x + frame.width - document.width),
  bottom: Math.max(0, frame.y + frame.height - document.height),
});

/** The pixels to add (half on each side) so that a document gets this ratio; one of the two axes stays as it is. */
export function sidesForAspect(document: Size, ratio: number): Sides {
  const wider = Math.max(0, Math.round(document.height * ratio) - document.width);
  const taller = Math.max(0, Math.round(document.width / ratio) - document.height);
  return {
    left: Math.floor(wider / 2),
    right: Math.ceil(wider / 2),
    top: Math.floor(taller / 2),
    bottom: Math.ceil(taller / 2),
  };
}

/** The place of each handle on the frame's outline. */
export const handlePoint = (frame: Rect, handle: FrameHandle): Point => ({
  x: frame.x + (handle.includes('w') ? 0 : handle.includes('e') ? frame.width : frame.width / 2),
  y: frame.y + (handle.includes('n') ? 0 : handle.includes('s') ? frame.height : frame.height / 2),
});

/** What lies under `point`: a handle within `reach` document pixels, `move` inside the frame, or nothing. */
export function frameHit(frame: Rect, point: Point, reach: number): FrameHandle | 'move' | null {
  const near = FRAME_HANDLES.find((handle) => {
    const place = handlePoint(frame, handle);
    return Math.abs(place.x - point.x) <= reach && Math.abs(place.y - point.y) <= reach;
  });
  if (near !== undefined) return near;
  const inside =
    point.x >= frame.x &&
    point.y >= frame.y &&
    point.x <= frame.x + frame.width &&
    point.y <= frame.y + frame.height;
  return inside ? 'move' : null;
}
