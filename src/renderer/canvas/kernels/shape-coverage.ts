import type { Rect } from '../../../shared/canvas-document';
import type { Plane } from './geometry';

/** Lines sampled in each pixel row; across a row, coverage is exact. */
const SUB_ROWS = 4;

type Emit = (from: number, to: number) => void;

function addSpan(row: Float32Array, from: number, to: number): void {
  const start = Math.max(0, from);
  const end = Math.min(row.length, to);
  if (end <= start) return;
  const [first, last] = [Math.floor(start), Math.min(Math.ceil(end) - 1, row.length - 1)];
  for (let i = first; i <= last; i++) row[i] = (row[i] ?? 0) + Math.min(end, i + 1) - Math.max(start, i);
}

/** Fills `plane` by maximum with what `spansAt` names for a line of height y: spans that do not overlap, in document pixels. */
function coverSpans(
  plane: Plane,
  rows: { readonly top: number; readonly bottom: number },
  spansAt: (y: number, emit: Emit) => void,
): void {
  const row = new Float32Array(plane.width);
  const emit: Emit = (from, to) => {
    addSpan(row, from - plane.x, to - plane.x);
  };
  const first = Math.max(0, Math.floor(rows.top) - plane.y);
  const last = Math.min(plane.height, Math.ceil(rows.bottom) - plane.y);
  for (let line = first; line < last; line++) {
    row.fill(0);
    for (let sub = 0; sub < SUB_ROWS; sub++) spansAt(plane.y + line + (sub + 0.5) / SUB_ROWS, emit);
    for (let i = 0, p = line * plane.width; i < plane.width; i++, p++) {
      const value = Math.round((255 * (row[i] ?? 0)) / SUB_ROWS);
      if (value > (plane.data[p] ?? 0)) plane.data[p] = value;
    }
  }
}

/** A rectangle's coverage 0..255 into `plane`, by maximum. */
export function coverRectangle(plane: Plane, rect: Rect): void {
  const bottom = rect.y + rect.height;
  coverSpans(plane, { top: rect.y, bottom }, (y, emit) => {
    if (y >= rect.y && y < bottom) emit(rect.x, rect.x + rect.width);
  });
}

/** The coverage of the ellipse inscribed in `rect` into `plane`, by maximum. */
export function coverEllipse(plane: Plane, rect: Rect): void {
  const [rx, ry] = [rect.width / 2, rect.height / 2];
  const [cx, cy] = [rect.x + rx, rect.y + ry];
  coverSpans(plane, { top: rect.y, bottom: rect.y + rect.height }, (y, emit) => {
    const height = (y - cy) / ry;
    if (Math.abs(height) >= 1) return;
    const half = rx * Math.sqrt(1 - height * height);
    emit(cx - half, cx + half);
  });
}

interface Edge {
  readonly top: number;
  readonly bottom: number;
  readonly x: number;
  /** Columns per row. */
  readonly slope: number;
  readonly winding: 1 | -1;
}

function edgesOf(points: readonly number[], plane: Plane): Edge[] {
  const count = Math.floor(points.length / 3);
  const edges: Edge[] = [];
  for (let i = 0; i < count; i++) {
    const next = ((i + 1) % count) * 3;
    const [ax, ay, bx, by] = [
      points[i * 3] ?? 0,
      points[i * 3 + 1] ?? 0,
      points[next] ?? 0,
      points[next + 1] ?? 0,
    ];
    if (ay === by || Math.max(ay, by) <= plane.y || Math.min(ay, by) >= plane.y + plane.height) continue;
    const slope = (bx - ax) / (by - ay);
    edges.push(
      ay < by
        ? { top: ay, bottom: by, x: ax, slope, winding: 1 }
        : { top: by, bottom: ay, x: bx, slope, winding: -1 },
    );
  }
  return edges.sort((a, b) => a.top - b.top);
}

/**
 * The coverage of a closed polygon (x, y, pressure triples) into `plane`, by maximum. Winding is counted, not parity:
 * a lasso that crosses itself leaves no hole.
 */
export function coverPolygon(plane: Plane, points: readonly number[]): void {
  const edges = edgesOf(points, plane);
  if (edges.length === 0) return;
  let next = 0;
  let open: Edge[] = [];
  const bottom = edges.reduce((most, edge) => Math.max(most, edge.bottom), -Infinity);
  coverSpans(plane, { top: edges[0]?.top ?? 0, bottom }, (y, emit) => {
    for (let edge = edges[next]; edge !== undefined && edge.top <= y; edge = edges[next]) {
      open.push(edge);
      next++;
    }
    open = open.filter((edge) => edge.bottom > y);
    const crossings = open
      .map((edge) => ({ x: edge.x + (y - edge.top) * edge.slope, winding: edge.winding }))
      .sort((a, b) => a.x - b.x);
    let [winding, start] = [0, 0];
    for (const crossing of crossings) {
      if (winding === 0) start = crossing.x;
      winding += crossing.winding;
      if (winding === 0) emit(start, crossing.x);
    }
  });
}
