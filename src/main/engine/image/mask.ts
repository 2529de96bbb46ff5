/** Masks: grey pictures (0 keep .. 255 repaint) and float grids in latent cells (0 keep .. 1 repaint). */
import { boxBlur } from './blur';
import type { PixelImage } from './pixel-image';

export interface MaskGrid {
  readonly width: number;
  readonly height: number;
  /** [height * width], 0..1 */
  readonly data: Float32Array;
}

/** VaeImageProcessor's binarize on value/255: below .5 becomes 0, the rest 255. */
export function binariseMask(mask: PixelImage): PixelImage {
  return { ...mask, data: mask.data.map((value) => (value < 128 ? 0 : 255)) };
}

function emptyGrid(mask: PixelImage, factor: number): { width: number; height: number; data: Float32Array } {
  const width = Math.floor(mask.width / factor);
  const height = Math.floor(mask.height / factor);
  return { width, height, data: new Float32Array(width * height) };
}

/** torch `interpolate(mode="nearest")` by a whole factor: cell (y, x) is pixel (y * factor, x * factor) / 255. */
export function latentMaskNearest(mask: PixelImage, factor: number): MaskGrid {
  const grid = emptyGrid(mask, factor);
  for (let y = 0, i = 0; y < grid.height; y++) {
    for (let x = 0; x < grid.width; x++, i++) grid.data[i] = Math.fround((mask.data[y * factor * mask.width + x * factor] ?? 0) / 255);
  }
  return grid;
}

function pool(mask: PixelImage, factor: number, fold: (values: Iterable<number>) => number): MaskGrid {
  const grid = emptyGrid(mask, factor);
  const cell = new Float64Array(factor * factor);
  for (let y = 0, i = 0; y < grid.height; y++) {
    for (let x = 0; x < grid.width; x++, i++) {
      for (let k = 0; k < cell.length; k++) {
        const row = y * factor + Math.floor(k / factor);
        cell[k] = (mask.data[row * mask.width + x * factor + (k % factor)] ?? 0) / 255;
      }
      grid.data[i] = fold(cell);
    }
  }
  return grid;
}

/** The strongest pixel of each cell: no repainted pixel is lost to the coarse grid. */
export function latentMaskMax(mask: PixelImage, factor: number): MaskGrid {
  return pool(mask, factor, (values) => Math.max(...values));
}

/** The mean of each cell: grey values as per-pixel strength. */
export function latentMaskMean(mask: PixelImage, factor: number): MaskGrid {
  return pool(mask, factor, (values) => {
    let sum = 0;
    for (const value of values) sum += value;
    return sum / (factor * factor);
  });
}

interface Plane<T extends Uint8Array | Float32Array> {
  readonly width: number;
  readonly height: number;
  readonly data: T;
}

interface Axis {
  readonly lines: number;
  readonly length: number;
  /** Distance in the data between neighbours on a line, and between lines. */
  readonly step: number;
  readonly lineStep: number;
}

/** Running maximum over 2 * radius + 1 values of each line (van Herk, 1992): its cost does not grow with the radius. */
function maxAlong<T extends Uint8Array | Float32Array>(source: T, target: T, axis: Axis & { readonly radius: number }): void {
  const { length, step, radius } = axis;
  const window = 2 * radius + 1;
  const padded = length + 2 * radius;
  const forward = new Float32Array(padded);
  const backward = new Float32Array(padded);
  for (let line = 0; line < axis.lines; line++) {
    const base = line * axis.lineStep;
    const at = (i: number): number => (i < radius || i >= length + radius ? 0 : (source[base + (i - radius) * step] ?? 0));
    for (let i = 0; i < padded; i++) forward[i] = i % window === 0 ? at(i) : Math.max(forward[i - 1] ?? 0, at(i));
    for (let i = padded - 1; i >= 0; i--) {
      const isLast = i === padded - 1 || i % window === window - 1;
      backward[i] = isLast ? at(i) : Math.max(backward[i + 1] ?? 0, at(i));
    }
    for (let i = 0; i < length; i++) target[base + i * step] = Math.max(backward[i] ?? 0, forward[i + window - 1] ?? 0);
  }
}

/** Maximum over a square of 2 * radius + 1 cells a side. */
function maxFilter<T extends Uint8Array | Float32Array>(plane: Plane<T>, radius: number, make: () => T): T {
  const { width, height } = plane;
  const rows = make();
  const result = make();
  maxAlong(plane.data, rows, { lines: height, length: width, step: 1, lineStep: width, radius });
  maxAlong(rows, result, { lines: width, length: height, step: width, lineStep: 1, radius });
  return result;
}

/** Grows a latent mask by `cells` in every direction (max-pool), so that the VAE's reach does not leave a seam. */
export function growLatentMask(mask: MaskGrid, cells: number): MaskGrid {
  if (cells <= 0) return mask;
  return { ...mask, data: maxFilter(mask, cells, () => new Float32Array(mask.data.length)) };
}

/**
 * The paste alpha of a mask: 255 wherever the mask is, falling linearly to 0 within `pixels` outside it, and exactly 0
 * beyond. Growing by half the distance and box-blurring by the same half gives that ramp.
 */
export function featherMask(mask: PixelImage, pixels: number): PixelImage {
  const half = Math.floor(pixels / 2);
  if (half <= 0) return mask;
  const grown = { ...mask, data: maxFilter(mask, half, () => new Uint8Array(mask.data.length)) };
  const ramp = boxBlur(grown, half, 1);
  return { ...ramp, data: ramp.data.map((value, i) => Math.max(value, mask.data[i] ?? 0)) };
}

/**
 * Distance of each pixel from the mask in king's moves (0 inside the mask, `limit` + 1 for all that is farther):
 * two sweeps, exact for this metric (Rosenfeld and Pfaltz, 1966).
 */
export function boundedDistance(mask: PixelImage, limit: number): Float32Array {
  const { width, height } = mask;
  const far = limit + 1;
  const distance = Float32Array.from(mask.data, (value) => (value === 0 ? far : 0));
  const at = (x: number, y: number): number => (x < 0 || y < 0 || x >= width || y >= height ? far : (distance[y * width + x] ?? far));
  const relax = (x: number, y: number, side: -1 | 1): void => {
    const near = Math.min(at(x + side, y), at(x - 1, y + side), at(x, y + side), at(x + 1, y + side));
    distance[y * width + x] = Math.min(at(x, y), near + 1);
  };
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) relax(x, y, -1);
  for (let y = height - 1; y >= 0; y--) for (let x = width - 1; x >= 0; x--) relax(x, y, 1);
  return distance;
}

/** True where nothing is to be repainted. */
export function isEmptyMask(mask: PixelImage): boolean {
  return mask.data.every((value) => value === 0);
}
