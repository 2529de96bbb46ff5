import type { Rect } from '../../../shared/canvas-document';
import { clamp, type Plane } from './geometry';

/** A stroke ready to be drawn: flat x, y, radius (pixels) triples instead of pressures. */
export interface RoundStroke {
  /** 0 = soft from the middle, 1 = sharp with one anti-aliased pixel. */
  readonly hardness: number;
  readonly points: readonly number[];
}

interface Segment {
  readonly x: number;
  readonly y: number;
  readonly dx: number;
  readonly dy: number;
  readonly length2: number;
  readonly radius: number;
  readonly dradius: number;
  /** How far paint reaches from the middle line. */
  readonly reach: number;
}

function segmentAt(points: readonly number[], from: number, to: number): Segment {
  const value = (i: number): number => points[i] ?? 0;
  const [x, y, radius] = [value(from * 3), value(from * 3 + 1), value(from * 3 + 2)];
  const [dx, dy, dradius] = [value(to * 3) - x, value(to * 3 + 1) - y, value(to * 3 + 2) - radius];
  return {
    x,
    y,
    dx,
    dy,
    length2: dx * dx + dy * dy,
    radius,
    dradius,
    reach: Math.max(radius, radius + dradius) + 0.5,
  };
}

/**
 * Coverage 0..255 at distance `d` from the middle of a brush of radius `r`. A hard edge is a linear ramp one pixel wide
 * around r; a soft one falls from r * hardness to r along 3t² - 2t³, so that neither end shows a ring.
 */
export function brushProfile(d: number, r: number, hardness: number): number {
  const soft = r * (1 - hardness);
  const end = r + 0.5 * Math.max(0, 1 - soft);
  const t = clamp((end - d) / Math.max(1, soft), 0, 1);
  return Math.round(255 * (soft <= 1 ? t : t * t * (3 - 2 * t)));
}

/** The box of whole pixels that segment `from`..`to` can touch. */
export function segmentBox(points: readonly number[], from: number, to: number): Rect {
  const { x, y, dx, dy, reach } = segmentAt(points, from, to);
  const left = Math.floor(Math.min(x, x + dx) - reach);
  const top = Math.floor(Math.min(y, y + dy) - reach);
  return {
    x: left,
    y: top,
    width: Math.ceil(Math.max(x, x + dx) + reach) - left,
    height: Math.ceil(Math.max(y, y + dy) + reach) - top,
  };
}

/** The columns of the row with middle `cy` that the segment can touch: only the piece of it within reach counts. */
function rowSpan(segment: Segment, cy: number): readonly [number, number] {
  const { x, y, dx, dy, reach } = segment;
  let [t0, t1] = [0, 1];
  if (Math.abs(dy) > 1e-6) {
    const [a, b] = [(cy - reach - y) / dy, (cy + reach - y) / dy];
    t0 = clamp(Math.min(a, b), 0, 1);
    t1 = clamp(Math.max(a, b), 0, 1);
  }
  return [Math.min(x + t0 * dx, x + t1 * dx) - reach, Math.max(x + t0 * dx, x + t1 * dx) + reach];
}

/**
 * Columns [from, to) of a row whose pixels are surely full: between the discs around both ends, each as large as the
 * smaller end's sharp middle. Every pixel there is also full by its own distance, so this only saves time.
 */
function fullSpan({ x, y, dx, dy, radius, dradius }: Segment, hardness: number, cy: number): readonly [number, number] {
  const inner = Math.min(radius, radius + dradius) * hardness - 0.5;
  const [up, down] = [inner * inner - (cy - y) * (cy - y), inner * inner - (cy - y - dy) * (cy - y - dy)];
  if (inner <= 0 || (up <= 0 && down <= 0)) return [0, 0];
  const [a, b] = [Math.sqrt(Math.max(up, 0)), Math.sqrt(Math.max(down, 0))];
  const left = Math.min(up > 0 ? x - a : Infinity, down > 0 ? x + dx - b : Infinity);
  const right = Math.max(up > 0 ? x + a : -Infinity, down > 0 ? x + dx + b : -Infinity);
  // Pixel middles; one more on each side for the last digit of the root.
  return [Math.ceil(left - 0.5) + 1, Math.floor(right - 0.5)];
}

interface RowDrawing {
  readonly segment: Segment;
  readonly hardness: number;
}

function coverRow(plane: Plane, row: number, drawing: RowDrawing): void {
  const cy = plane.y + row + 0.5;
  const [left, right] = rowSpan(drawing.segment, cy);
  const from = Math.max(0, Math.floor(left - plane.x));
  const to = Math.min(plane.width, Math.ceil(right - plane.x));
  const [start, end] = fullSpan(drawing.segment, drawing.hardness, cy);
  const fullFrom = Math.max(from, start - plane.x);
  const fullTo = Math.min(to, end - plane.x);
  if (fullTo <= fullFrom) {
    coverColumns(plane, row, { ...drawing, from, to });
    return;
  }
  plane.data.fill(255, row * plane.width + fullFrom, row * plane.width + fullTo);
  coverColumns(plane, row, { ...drawing, from, to: fullFrom });
  coverColumns(plane, row, { ...drawing, from: fullTo, to });
}

function coverColumns(plane: Plane, row: number, { segment, hardness, from, to }: RowDrawing & { readonly from: number; readonly to: number }): void {
  const { data } = plane;
  const py = plane.y + row + 0.5 - segment.y;
  const inverse = segment.length2 === 0 ? 0 : 1 / segment.length2;
  for (let column = from, i = row * plane.width + from; column < to; column++, i++) {
    const old = data[i] ?? 0;
    // Overlapping pieces of a stroke mostly meet pixels that are full already.
    if (old === 255) continue;
    const px = plane.x + column + 0.5 - segment.x;
    let t = (px * segment.dx + py * segment.dy) * inverse;
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    const ex = px - t * segment.dx;
    const ey = py - t * segment.dy;
    const r = segment.radius + t * segment.dradius;
    const d2 = ex * ex + ey * ey;
    if (d2 >= (r + 0.5) * (r + 0.5)) continue;
    const inner = r * hardness - 0.5;
    const value = inner > 0 && d2 <= inner * inner ? 255 : brushProfile(Math.sqrt(d2), r, hardness);
    if (value > old) data[i] = value;
  }
}

/** Whether a segment surely misses the plane; most segments of a long stroke miss most tiles. */
function isBeside(plane: Plane, points: readonly number[], [from, to]: readonly [number, number]): boolean {
  const [a, b] = [from * 3, to * 3];
  const [ax, ay, bx, by] = [points[a] ?? 0, points[a + 1] ?? 0, points[b] ?? 0, points[b + 1] ?? 0];
  const reach = Math.max(points[a + 2] ?? 0, points[b + 2] ?? 0) + 2;
  if ((ax < bx ? bx : ax) + reach < plane.x || (ax < bx ? ax : bx) - reach > plane.x + plane.width)
    return true;
  return (ay < by ? by : ay) + reach < plane.y || (ay < by ? ay : by) - reach > plane.y + plane.height;
}

/**
 * Writes the stroke's coverage into `plane` by maximum, from segment `first` on (0 = all): a stroke never darkens
 * itself where it crosses its own path, and drawing it in pieces gives the same pixels as drawing it at once.
 */
export function coverStroke(plane: Plane, stroke: RoundStroke, first = 0): void {
  const count = Math.floor(stroke.points.length / 3);
  if (count === 0) return;
  for (let i = first; i < Math.max(count - 1, 1); i++) {
    const to = Math.min(i + 1, count - 1);
    if (isBeside(plane, stroke.points, [i, to])) continue;
    const box = segmentBox(stroke.points, i, to);
    const segment = segmentAt(stroke.points, i, to);
    const top = Math.max(0, box.y - plane.y);
    const bottom = Math.min(plane.height, box.y + box.height - plane.y);
    for (let row = top; row < bottom; row++) coverRow(plane, row, { segment, hardness: stroke.hardness });
  }
}
