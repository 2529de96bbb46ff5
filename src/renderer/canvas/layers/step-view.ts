import type { Rect } from '../../../shared/canvas-document';
import { combineColour, combineMask, parseColour } from '../kernels/combine';
import { intersect, type Size } from '../kernels/geometry';
import type { LiveStroke } from '../raster/live-stroke';
import type { TileStore } from '../raster/tile-store';
import { deviceRect, type Surface } from './surface';

/** Document pixels a side of one bitmap: few enough calls to draw a screen, small enough to make only where needed. */
const CHUNK = 512;

/** The stroke that is being drawn, and how it will change what is there. */
export interface InFlight {
  readonly stroke: LiveStroke;
  readonly mode: 'paint' | 'erase';
  readonly colour: string;
}

/**
 * The pixels of a mask (white with its value as alpha) or sketch as bitmaps that the browser can scale. Only boxes that
 * changed are written, so a stroke costs its own box and an empty document costs nothing.
 */
export class StepView {
  readonly #chunks = new Map<number, OffscreenCanvas>();
  readonly #columns: number;
  inFlight: InFlight | null = null;

  constructor(readonly size: Size) {
    this.#columns = Math.ceil(size.width / CHUNK);
  }

  /** Writes the pixels of a box again. */
  refresh(tiles: TileStore, dirty: Rect): void {
    const box = intersect(dirty, tiles.all);
    if (box === null) return;
    for (let cy = Math.floor(box.y / CHUNK); cy * CHUNK < box.y + box.height; cy++) {
      for (let cx = Math.floor(box.x / CHUNK); cx * CHUNK < box.x + box.width; cx++) {
        const part = intersect(box, { x: cx * CHUNK, y: cy * CHUNK, width: CHUNK, height: CHUNK });
        if (part !== null) this.#write(tiles, cy * this.#columns + cx, part);
      }
    }
  }

  #write(tiles: TileStore, key: number, part: Rect): void {
    const pixels = this.#pixels(tiles, part);
    const known = this.#chunks.get(key);
    if (known === undefined && isEmpty(pixels)) return;
    const chunk = known ?? new OffscreenCanvas(CHUNK, CHUNK);
    this.#chunks.set(key, chunk);
    // Written far more often than read: kept in memory, a dab does not wait for the graphics card.
    const context = chunk.getContext('2d', { willReadFrequently: true });
    context?.putImageData(new ImageData(pixels, part.width, part.height), part.x % CHUNK, part.y % CHUNK);
  }

  #pixels(tiles: TileStore, part: Rect): Uint8ClampedArray<ArrayBuffer> {
    const base = tiles.read(part);
    const live = this.inFlight;
    const touched = live?.stroke.box;
    const coverage =
      live === null || touched === null || touched === undefined || intersect(touched, part) === null
        ? null
        : live.stroke.read(part);
    const count = part.width * part.height;
    if (tiles.channels === 4) {
      if (coverage !== null && live !== null)
        combineColour(base, coverage, live.mode === 'erase' ? null : parseColour(live.colour));
      return new Uint8ClampedArray(base);
    }
    if (coverage !== null && live !== null) combineMask(base, coverage, live.mode);
    const rgba = new Uint32Array(count);
    // Little-endian RGBA; transparent pixels stay 0 so that an empty piece is recognised.
    for (let i = 0; i < count; i++) rgba[i] = base[i] === 0 ? 0 : (((base[i] ?? 0) << 24) | 0xffffff) >>> 0;
    return new Uint8ClampedArray(rgba.buffer);
  }

  /** Draws what lies in the surface's clip. */
  draw({ context, viewport, clip }: Surface): void {
    context.imageSmoothingEnabled = viewport.scale < 2;
    for (const [key, chunk] of this.#chunks) {
      const rect = {
        x: (key % this.#columns) * CHUNK,
        y: Math.floor(key / this.#columns) * CHUNK,
        width: CHUNK,
        height: CHUNK,
      };
      const target = deviceRect(viewport, rect);
      if (intersect(target, clip) !== null)
        context.drawImage(chunk, target.x, target.y, target.width, target.height);
    }
  }
}

function isEmpty(pixels: Uint8ClampedArray): boolean {
  for (const value of pixels) if (value !== 0) return false;
  return true;
}
