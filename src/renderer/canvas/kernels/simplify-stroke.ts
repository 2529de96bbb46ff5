import { clamp } from './geometry';

/** Points as the document holds them: x0, y0, p0, x1, y1, p1 …; p is pressure, 0..1. */
type FlatPoints = readonly number[];

/** A document accepts 60,000 numbers in one step. */
export const MAX_POINTS = 20_000;

const at = (points: FlatPoints, i: number): number => points[i] ?? 0;

/** Hundredths of a pixel, so that saved strokes stay small. */
const rounded = (value: number): number => Math.round(value * 100) / 100;

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

/** A line that is simplified while it grows. Points are x, y, pressure triples. */
export interface ThinLine {
  /** Takes the next point; @returns the points that have become final by it. */
  push(x: number, y: number, pressure: number): number[];
  /** The final points so far. */
  readonly kept: FlatPoints;
  /** The line's end where it is not final yet: from the last kept point a straight piece leads here. Empty, or one triple. */
  readonly tip: FlatPoints;
  /** Makes the end final too; @returns it, where it was not. */
  end(): number[];
}

/** As many points as are held back: looking back costs their number, at every point. */
const WINDOW = 48;
/** The end that is not final is drawn anew at every move, so it must not grow long, in pixels or brushes. */
const LONGEST_TIP = 128;

/**
 * Leaves out points that move the edge of a brush of this width by less than `tolerance` pixels, one after another
 * (the opening window of Reumann and Witkam, 1974): what was kept once never changes, so it can be drawn for good.
 */
export function createThinLine(tolerance: number, width: number): ThinLine {
  const kept: number[] = [];
  // From the last kept point to the end.
  let window: number[] = [];

  const isStraight = (end: FlatPoints): boolean => {
    const line = [...kept.slice(-3), ...window, ...end];
    const last = line.length / 3 - 1;
    if (Math.hypot(at(end, 0) - at(line, 0), at(end, 1) - at(line, 1)) > Math.max(LONGEST_TIP, width)) return false;
    for (let i = 1; i < last; i++) if (chordDistance(line, [0, last, i], width) > tolerance) return false;
    return true;
  };
  const keep = (point: number[]): number[] => {
    kept.push(...point);
    return point;
  };

  return {
    kept,
    get tip() {
      return window.slice(-3);
    },
    push(x, y, pressure) {
      const point = [rounded(x), rounded(y), rounded(pressure)];
      if (kept.length === 0) return keep(point);
      if (window.length === 0 || (window.length < WINDOW * 3 && isStraight(point))) {
        window.push(...point);
        return [];
      }
      const final = keep(window.slice(-3));
      window = point;
      return final;
    },
    end() {
      const final = window.slice(-3);
      window = [];
      return keep(final);
    },
  };
}
