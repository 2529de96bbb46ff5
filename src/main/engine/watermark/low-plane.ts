import type { RgbImage } from '../engine';
import { blueDifference, shiftU } from './yuv';

/** The low band of a one-level Haar transform of U: one value per 2x2 pixels, half their sum (0..510). */
export interface LowPlane {
  readonly width: number;
  readonly height: number;
  readonly values: Float64Array;
}

/** The library crops a picture to multiples of 4 before it transforms it. */
const evenSide = (pixels: number): number => Math.floor(pixels / 4) * 2;

const offsetsOf = (image: RgbImage, x: number, y: number): readonly number[] =>
  [[0, 0], [1, 0], [0, 1], [1, 1]].map(([dx = 0, dy = 0]) => ((2 * y + dy) * image.width + 2 * x + dx) * 3);

export function lowPlaneOf(image: RgbImage): LowPlane {
  const [width, height] = [evenSide(image.width), evenSide(image.height)];
  const values = new Float64Array(width * height);
  const u = (at: number): number => blueDifference(image.data[at] ?? 0, image.data[at + 1] ?? 0, image.data[at + 2] ?? 0);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (2 * y * image.width + 2 * x) * 3;
      const below = at + image.width * 3;
      values[y * width + x] = (u(at) + u(at + 3) + u(below) + u(below + 3)) / 2;
    }
  }
  return { width, height, values };
}

/** A copy of the picture whose low band is `wanted` instead of `present`, as near as 8-bit colours come. */
export function withLowPlane(image: RgbImage, present: LowPlane, wanted: LowPlane): RgbImage {
  const changed = { ...image, data: Uint8Array.from(image.data) };
  for (let y = 0; y < wanted.height; y++) {
    for (let x = 0; x < wanted.width; x++) {
      const change = (wanted.values[y * wanted.width + x] ?? 0) - (present.values[y * wanted.width + x] ?? 0);
      // Half the sum of four changes by as much as two of them do.
      if (change !== 0) for (const at of offsetsOf(image, x, y)) shiftU(changed.data, at, change / 2);
    }
  }
  return changed;
}
