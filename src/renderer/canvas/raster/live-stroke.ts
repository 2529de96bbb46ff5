import type { Rect } from '../../../shared/canvas-document';
import { intersect, roundOut, union, type Size } from '../kernels/geometry';
import { createThinLine, MAX_POINTS, simplifyStroke, type ThinLine } from '../kernels/simplify-stroke';
import { smoothPiece, type FlatPoints } from '../kernels/stroke';
import { coverStroke, segmentBox } from '../kernels/stroke-coverage';
import { withRadii } from './step-shape';
import { TileStore } from './tile-store';

export interface LiveBrush {
  readonly width: number;
  readonly hardness: number;
}

/** What a finished stroke becomes. */
export interface FinishedStroke {
  readonly points: number[];
  /** The coverage that a step of these points draws, so that nobody has to draw it again; null where that is not known. */
  readonly coverage: TileStore | null;
  /** Pixels that the end has changed. */
  readonly dirty: Rect | null;
}

/**
 * The stroke under the pen. Its line is simplified as it grows, and what has become final is drawn once and for good: the
 * step that it ends as has exactly this coverage. Only the straight piece to the pen is drawn anew each time.
 */
export class LiveStroke {
  #line: ThinLine;
  #coverage: TileStore;
  /** The last raw points, which decide the next piece of the smooth line; x, y, pressure. */
  #near: number[] = [];
  #count = 0;
  #box: Rect | null = null;

  /** @param tolerance pixels by which the simplified line may leave the smooth one */
  constructor(
    readonly size: Size,
    readonly brush: LiveBrush,
    readonly tolerance: number,
  ) {
    this.#line = createThinLine(tolerance, brush.width);
    this.#coverage = new TileStore(size, 1);
  }

  /** Coverage 0..255 of a region (whole pixels). */
  read(region: Rect): Uint8Array {
    const data = this.#coverage.read(region);
    const points = this.#tipPoints();
    if (points.length > 0) coverStroke({ ...region, data }, { hardness: this.brush.hardness, points });
    return data;
  }

  /** The box around everything drawn so far. */
  get box(): Rect | null {
    return this.#box;
  }

  /** Adds points (x, y, pressure triples) in document pixels; @returns the box of pixels that changed. */
  add(points: FlatPoints): Rect | null {
    let dirty = this.#tipBox();
    for (let i = 0; i + 2 < points.length; i += 3) {
      const [x, y, pressure] = [points[i] ?? 0, points[i + 1] ?? 0, points[i + 2] ?? 0];
      // A pen that rests repeats its place; such points would only slow the stroke down.
      if (this.#near.at(-3) === x && this.#near.at(-2) === y) continue;
      this.#near = [...this.#near.slice(-6), x, y, pressure];
      this.#count += 1;
      dirty = union(dirty, this.#extend(smoothPiece(this.#near, Math.min(this.#count, 3) - 1)));
    }
    dirty = union(dirty, this.#tipBox());
    this.#box = union(this.#box, dirty);
    return dirty;
  }

  /** Throws away what was drawn and starts again, as a straight line does at every move. */
  restart(points: FlatPoints): Rect | null {
    const before = this.#box;
    this.#line = createThinLine(this.tolerance, this.brush.width);
    this.#coverage = new TileStore(this.size, 1);
    this.#near = [];
    this.#count = 0;
    this.#box = null;
    return union(before, this.add(points));
  }

  /** Ends the stroke where the pen is. */
  finish(): FinishedStroke {
    let dirty = this.#tipBox();
    if (this.#count > 1) dirty = union(dirty, this.#extend(this.#near.slice(-3)));
    const last = this.#line.kept.slice(-3);
    const end = this.#line.end();
    const isDot = this.#line.kept.length === 3;
    if (isDot || end.length > 0) dirty = union(dirty, this.#draw([...last, ...end]));
    this.#box = union(this.#box, dirty);
    const { kept } = this.#line;
    // Longer than a document takes: fewer points are another line.
    if (kept.length > MAX_POINTS * 3) return { points: simplifyStroke(kept, this.tolerance, this.brush.width), coverage: null, dirty };
    return { points: [...kept], coverage: this.#coverage, dirty };
  }

  /** Takes a piece of the smooth line and draws what of it has become final. */
  #extend(piece: FlatPoints): Rect | null {
    let dirty: Rect | null = null;
    for (let i = 0; i + 2 < piece.length; i += 3) {
      const last = this.#line.kept.slice(-3);
      const final = this.#line.push(piece[i] ?? 0, piece[i + 1] ?? 0, piece[i + 2] ?? 0);
      // One point alone is a dot only when nothing follows it.
      if (last.length > 0 && final.length > 0) dirty = union(dirty, this.#draw([...last, ...final]));
    }
    return dirty;
  }

  /** Draws a piece for good. */
  #draw(points: FlatPoints): Rect | null {
    const stroke = { hardness: this.brush.hardness, points: withRadii(points, this.brush.width) };
    const dirty = this.#inside(boxOf(stroke.points));
    if (dirty !== null) this.#coverage.draw(dirty, (tile) => { coverStroke(tile, stroke); });
    return dirty;
  }

  /** The straight piece from the last final point to the pen, or the dot that is all there is, with radii. */
  #tipPoints(): number[] {
    const { tip, kept } = this.#line;
    return tip.length === 0 && kept.length > 3 ? [] : withRadii([...kept.slice(-3), ...tip], this.brush.width);
  }

  #tipBox(): Rect | null {
    return this.#inside(boxOf(this.#tipPoints()));
  }

  #inside(box: Rect | null): Rect | null {
    return box === null ? null : intersect(roundOut(box), this.#coverage.all);
  }
}

/** The box of pixels that a stroke of x, y, radius triples can touch. */
function boxOf(points: FlatPoints): Rect | null {
  const count = points.length / 3;
  let box: Rect | null = null;
  for (let i = 0; i < Math.max(count - 1, Math.min(count, 1)); i++) box = union(box, segmentBox(points, i, Math.min(i + 1, count - 1)));
  return box;
}
