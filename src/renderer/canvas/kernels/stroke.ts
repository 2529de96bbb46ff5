import { clamp } from './geometry';

/** Points as the document holds them: x0, y0, p0, x1, y1, p1 …; p is pressure, 0..1, a mouse has 0.5. */
export type FlatPoints = readonly number[];

/** A document accepts 60,000 numbers in one step. */
export const MAX_POINTS = 20_000;

/** Pressure of a device that has none, and the pressure at which the brush has its own width. */
export const NEUTRAL_PRESSURE = 0.5;

/**
 * The brush's width in pixels at a pressure: linear from 0.2 to 1.8 of `width`, so that 0.5 is the width shown by the
 * cursor and the lightest touch still marks something.
 */
export const widthAt = (width: number, pressure: number): number =>
  width * (0.2 + 1.6 * clamp(pressure, 0, 1));

const at = (points: FlatPoints, i: number): number => points[i] ?? 0;

/** How far the straight pieces may leave the curve, in document pixels. */
const FLATTEN_TO = 0.2;
const MAX_PIECES = 16;

/**
 * The part of the smooth line that point `i` makes final (i counts points). The line runs through the middles of the
 * given points with the points as control points of quadratic curves, so it is smooth, never overshoots, and what was
 * drawn never changes when a point is added: that is what lets the canvas draw a stroke while it grows.
 */
export function smoothPiece(points: FlatPoints, i: number): number[] {
  if (i === 0) return [at(points, 0), at(points, 1), at(points, 2)];
  const [a, b] = [(i - 1) * 3, i * 3];
  const middle = (k: number, from: number, to: number): number =>
    (at(points, from + k) + at(points, to + k)) / 2;
  if (i === 1) return [0, 1, 2].map((k) => middle(k, a, b));
  const before = a - 3;
  // Cut into n equal parts, a quadratic curve leaves its chords by at most its bend / n² / 8 here (middles halve it).
  const bend = (k: number): number => at(points, before + k) - 2 * at(points, a + k) + at(points, b + k);
  const pieces = clamp(Math.ceil(Math.sqrt(Math.hypot(bend(0), bend(1)) / 8 / FLATTEN_TO)), 1, MAX_PIECES);
  const out: number[] = [];
  for (let piece = 1; piece <= pieces; piece++) {
    const t = piece / pieces;
    for (let k = 0; k < 3; k++) {
      const [start, end] = [middle(k, before, a), middle(k, a, b)];
      out.push((1 - t) * (1 - t) * start + 2 * t * (1 - t) * at(points, a + k) + t * t * end);
    }
  }
  return out;
}

/** All pieces of the smooth line plus the last point itself: what is kept of a stroke before simplification. */
export function smoothStroke(points: FlatPoints): number[] {
  const count = Math.floor(points.length / 3);
  const out: number[] = [];
  for (let i = 0; i < count; i++) out.push(...smoothPiece(points, i));
  if (count > 1) out.push(...points.slice((count - 1) * 3, count * 3));
  return out;
}

/** Distance of point `i` from the chord `from`..`to`; pressure counts as the pixels of radius that it changes. */
function chordDistance(points: FlatPoints, chord: readonly [number, number, number], width: number): number {
  const [from, to, i] = [chord[0] * 3, chord[1] * 3, chord[2] * 3];
  const [dx, dy] = [at(points, to) - at(points, from), at(points, to + 1) - at(points, from + 1)];
  const length = dx * dx + dy * dy;
  const [px, py] = [at(points, i) - at(points, from), at(points, i + 1) - at(points, from + 1)];
  const t = length === 0 ? 0 : clamp((px * dx + py * dy) / length, 0, 1);
  const pressure = at(points, from + 2) + t * (at(points, to + 2) - at(points, from + 2));
  const radius = 0.8 * width * Math.abs(at(points, i + 2) - pressure);
  return Math.max(Math.hypot(px - t * dx, py - t * dy), radius);
}

/** Points that are simplified together; the ends of each run are always kept. */
const RUN = 64;

function keptPoints(points: FlatPoints, tolerance: number, width: number): number[] {
  const count = Math.floor(points.length / 3);
  const kept = new Uint8Array(count);
  kept[0] = 1;
  // A stack instead of recursion, and runs of limited length: a zigzag would otherwise cost the square of its points.
  const open: [number, number][] = [];
  for (let from = 0; from < count - 1; from += RUN) {
    const to = Math.min(from + RUN, count - 1);
    kept[to] = 1;
    open.push([from, to]);
  }
  for (let range = open.pop(); range !== undefined; range = open.pop()) {
    const [from, to] = range;
    let farthest = -1;
    let distance = tolerance;
    for (let i = from + 1; i < to; i++) {
      const d = chordDistance(points, [from, to, i], width);
      if (d > distance) [farthest, distance] = [i, d];
    }
    if (farthest === -1) continue;
    kept[farthest] = 1;
    open.push([from, farthest], [farthest, to]);
  }
  const out: number[] = [];
  for (let i = 0; i < count; i++)
    if (kept[i] === 1) out.push(at(points, i * 3), at(points, i * 3 + 1), at(points, i * 3 + 2));
  return out;
}

/**
 * Leaves out points that move the stroke's edge by less than `tolerance` document pixels (Douglas and Peucker, 1973),
 * and rounds to 1/100 px so that saved strokes stay small. Widens the tolerance until the step fits in a document.
 */
export function simplifyStroke(points: FlatPoints, tolerance: number, width: number): number[] {
  if (points.length <= 3) return points.map(rounded);
  let kept = keptPoints(points, tolerance, width);
  for (let wider = Math.max(tolerance, 0.05) * 4; kept.length > MAX_POINTS * 3; wider *= 4)
    kept = keptPoints(kept, wider, width);
  return kept.map(rounded);
}

const rounded = (value: number): number => Math.round(value * 100) / 100;
