import type { Rect } from '../../../shared/canvas-document';
import { intersect, roundOut, union, type Plane, type Size } from '../kernels/geometry';
import { simplifyStroke, smoothPiece, smoothStroke, type FlatPoints } from '../kernels/stroke';
import { coverStroke, segmentBox } from '../kernels/stroke-coverage';
import { withRadii } from './step-shape';
import { TileStore } from './tile-store';

export interface LiveBrush {
  readonly width: number;
  readonly hardness: number;
}

/** The stroke under the pen: its coverage grows by what each point adds, and nothing of it is in any raster yet. */
export class LiveStroke {
  #coverage: TileStore;
  #points: number[] = [];
  /** x, y, radius of the smooth line's last point, where the next piece starts. */
  #tip: readonly number[] = [];
  #box: Rect | null = null;

  constructor(
    readonly size: Size,
    readonly brush: LiveBrush,
  ) {
    this.#coverage = new TileStore(size, 1);
  }

  /** Coverage 0..255 of a region (whole pixels). */
  read(region: Rect): Uint8Array {
    return this.#coverage.read(region);
  }

  /** The box around everything drawn so far. */
  get box(): Rect | null {
    return this.#box;
  }

  /** Adds points (x, y, pressure triples) in document pixels; @returns the box of pixels that changed. */
  add(points: FlatPoints): Rect | null {
    let dirty: Rect | null = null;
    for (let i = 0; i + 2 < points.length; i += 3) {
      const [x, y, pressure] = [points[i] ?? 0, points[i + 1] ?? 0, points[i + 2] ?? 0];
      // A pen that rests repeats its place; such points would only slow the stroke down.
      if (this.#points.at(-3) === x && this.#points.at(-2) === y) continue;
      this.#points.push(x, y, pressure);
      const count = this.#points.length / 3;
      // Only the last three points decide the new piece.
      const near = this.#points.slice(Math.max(0, count - 3) * 3);
      dirty = union(dirty, this.#draw(smoothPiece(near, Math.min(count, 3) - 1)));
    }
    return dirty;
  }

  /** Throws away what was drawn and starts again, as a straight line does at every move. */
  restart(points: FlatPoints): Rect | null {
    const before = this.#box;
    this.#coverage = new TileStore(this.size, 1);
    this.#points = [];
    this.#tip = [];
    this.#box = null;
    return union(before, this.add(points));
  }

  /** The finished stroke's points: smoothed, and simplified so that no edge moves by more than `tolerance` pixels. */
  finish(tolerance: number): number[] {
    return simplifyStroke(smoothStroke(this.#points), tolerance, this.brush.width);
  }

  #draw(piece: FlatPoints): Rect | null {
    const fresh = withRadii(piece, this.brush.width);
    const points = [...this.#tip, ...fresh];
    this.#tip = points.slice(-3);
    const count = points.length / 3;
    let box: Rect | null = null;
    for (let i = 0; i < Math.max(count - 1, 1); i++)
      box = union(box, segmentBox(points, i, Math.min(i + 1, count - 1)));
    const dirty = box === null ? null : intersect(roundOut(box), this.#coverage.all);
    if (dirty === null) return null;
    const stroke = { hardness: this.brush.hardness, points };
    this.#coverage.edit(dirty, (plane: Plane) => {
      coverStroke(plane, stroke);
    });
    this.#coverage.takeDelta();
    this.#box = union(this.#box, dirty);
    return dirty;
  }
}
