import { clamp } from './geometry';

/** Points as the document holds them: x0, y0, p0, x1, y1, p1 …; p is pressure, 0..1, a mouse has 0.5. */
export type FlatPoints = readonly number[];

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
