import type { Rect } from '../../../shared/canvas-document';
import { intersect, union, type Plane, type Size } from '../kernels/geometry';

/** Pixels a side of a tile: 64 KiB of mask, so keeping the tiles a stroke touched costs little. */
export const TILE = 256;

/** Pixels of a tile before and after an edit share nothing, so a list of old ones is all that undo needs. */
export type TileDelta = ReadonlyMap<number, Uint8Array | undefined>;

/**
 * Pixels of a document in tiles: 1 byte a pixel for masks, 4 (straight RGBA) for sketches. A tile that is missing is all
 * zero and a full one is shared, so an empty or a filled mask of any size costs nothing.
 */
export class TileStore {
  readonly #tiles = new Map<number, Uint8Array>();
  readonly #columns: number;
  readonly #full: Uint8Array;
  #delta = new Map<number, Uint8Array | undefined>();

  constructor(
    readonly size: Size,
    readonly channels: 1 | 4,
  ) {
    this.#columns = Math.ceil(size.width / TILE);
    this.#full = new Uint8Array(TILE * TILE * channels).fill(255);
  }

  get bytes(): number {
    return (
      [...this.#tiles.values()].filter((tile) => tile !== this.#full).length * TILE * TILE * this.channels
    );
  }

  /** All of the document. */
  get all(): Rect {
    return { x: 0, y: 0, ...this.size };
  }

  /** Ends an edit: the tiles as they were since the last call. */
  takeDelta(): TileDelta {
    const delta = this.#delta;
    this.#delta = new Map();
    return delta;
  }

  /** Puts tiles back; @returns their boxes. */
  restore(delta: TileDelta): Rect[] {
    for (const [key, tile] of delta) {
      if (tile === undefined) this.#tiles.delete(key);
      else this.#tiles.set(key, tile);
    }
    return [...delta.keys()].map((key) => this.#rectOf(key));
  }

  #rectOf(key: number): Rect {
    return {
      x: (key % this.#columns) * TILE,
      y: Math.floor(key / this.#columns) * TILE,
      width: TILE,
      height: TILE,
    };
  }

  #remember(key: number): void {
    if (!this.#delta.has(key)) this.#delta.set(key, this.#tiles.get(key));
  }

  /** Calls `visit` for each tile that `rect` touches, with the part of `rect` inside it. */
  #visit(rect: Rect, visit: (key: number, part: Rect) => void): void {
    const within = intersect(rect, this.all);
    if (within === null) return;
    for (let ty = Math.floor(within.y / TILE); ty * TILE < within.y + within.height; ty++) {
      for (let tx = Math.floor(within.x / TILE); tx * TILE < within.x + within.width; tx++) {
        const part = intersect(within, { x: tx * TILE, y: ty * TILE, width: TILE, height: TILE });
        if (part !== null) visit(ty * this.#columns + tx, part);
      }
    }
  }

  /** The pixels of `rect` (whole numbers), row-major; zero outside the document. */
  read(rect: Rect): Uint8Array {
    const out = new Uint8Array(rect.width * rect.height * this.channels);
    this.#visit(rect, (key, part) => {
      const tile = this.#tiles.get(key);
      if (tile === undefined) return;
      const length = part.width * this.channels;
      for (let y = part.y; y < part.y + part.height; y++) {
        const from = ((y % TILE) * TILE + (part.x % TILE)) * this.channels;
        out.set(
          tile.subarray(from, from + length),
          ((y - rect.y) * rect.width + part.x - rect.x) * this.channels,
        );
      }
    });
    return out;
  }

  /** Writes dense pixels of `rect` back, as `read` gave them; tiles that stay all zero are not made. */
  write(rect: Rect, pixels: Uint8Array): void {
    this.edit(rect, (piece) => {
      const length = piece.width * this.channels;
      for (let y = 0; y < piece.height; y++) {
        const from = ((piece.y + y - rect.y) * rect.width + piece.x - rect.x) * this.channels;
        piece.data.set(pixels.subarray(from, from + length), y * length);
      }
    });
  }

  /** Lets `change` work in place on a copy of each piece of `rect` that lies in one tile, and stores what differs. */
  edit(rect: Rect, change: (piece: Plane) => void): void {
    this.#visit(rect, (key, part) => {
      const data = this.read(part);
      const before = data.slice();
      change({ ...part, data });
      if (isSame(data, before)) return;
      this.#remember(key);
      const tile = this.#tiles.get(key)?.slice() ?? new Uint8Array(TILE * TILE * this.channels);
      const length = part.width * this.channels;
      for (let y = 0; y < part.height; y++) {
        tile.set(
          data.subarray(y * length, (y + 1) * length),
          (((part.y % TILE) + y) * TILE + (part.x % TILE)) * this.channels,
        );
      }
      this.#tiles.set(key, tile);
    });
  }

  /** Lets `paint` work on the tiles that `rect` touches themselves: for pixels that nobody wants back. */
  draw(rect: Rect, paint: (tile: Plane) => void): void {
    this.#visit(rect, (key) => {
      const data = this.#tiles.get(key) ?? new Uint8Array(TILE * TILE * this.channels);
      this.#tiles.set(key, data);
      paint({ ...this.#rectOf(key), data });
    });
  }

  /** Lets `change` work on a copy of each tile that `other` (of the same size) has, given its pixels, and stores what differs. */
  merge(other: TileStore, change: (pixels: Uint8Array, others: Uint8Array) => void): void {
    for (const [key, others] of other.#tiles) {
      const before = this.#tiles.get(key);
      const data = before?.slice() ?? new Uint8Array(TILE * TILE * this.channels);
      change(data, others);
      if (before === undefined ? isEmpty(data) : isSame(data, before)) continue;
      this.#remember(key);
      this.#tiles.set(key, data);
    }
  }

  /** Every pixel becomes 0. */
  clear(): void {
    for (const key of this.#tiles.keys()) this.#remember(key);
    this.#tiles.clear();
  }

  /** Every pixel becomes 255. */
  fill(): void {
    this.#visit(this.all, (key) => {
      this.#remember(key);
      this.#tiles.set(key, this.#full);
    });
  }

  /** Every value v becomes 255 - v. */
  invert(): void {
    this.#visit(this.all, (key) => {
      this.#remember(key);
      const tile = this.#tiles.get(key);
      if (tile === undefined) this.#tiles.set(key, this.#full);
      else if (tile === this.#full) this.#tiles.delete(key);
      else
        this.#tiles.set(
          key,
          tile.map((value) => 255 - value),
        );
    });
  }

  /** The box around all tiles that hold anything, `null` when there are none. */
  occupied(): Rect | null {
    let box: Rect | null = null;
    for (const key of this.#tiles.keys()) {
      box = union(box, this.#rectOf(key));
    }
    return box === null ? null : intersect(box, this.all);
  }
}

/** A plain loop: this runs for every tile of every dab. */
function isSame(a: Uint8Array, b: Uint8Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function isEmpty(a: Uint8Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== 0) return false;
  return true;
}
