/**
 * Pillow's 8-bit resampling (src/libImaging/Resample.c): filter coefficients in fixed point with 22 fraction bits,
 * a horizontal and then a vertical pass, each rounded to 8 bits. With other resamplers edges differ by 1-2 levels.
 */
import { cropImage, pasteImage, type Box, type PixelImage } from './pixel-image';

export type ResizeFilter = 'lanczos' | 'bilinear' | 'nearest';

export interface Size {
  readonly width: number;
  readonly height: number;
}

const PRECISION_BITS = 32 - 8 - 2;

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI);
}

const FILTERS = {
  lanczos: { support: 3, weigh: (x: number): number => (x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0) },
  bilinear: { support: 1, weigh: (x: number): number => Math.max(0, 1 - Math.abs(x)) },
} as const;

interface Coefficients {
  /** Fixed-point weights, `perPixel` for each output position. */
  readonly weights: Int32Array;
  readonly perPixel: number;
  readonly starts: Int32Array;
  readonly counts: Int32Array;
}

/** `precompute_coeffs` and `normalize_coeffs_8bpc`. */
function precompute(from: number, to: number, filter: 'lanczos' | 'bilinear'): Coefficients {
  const { support, weigh } = FILTERS[filter];
  const scale = from / to;
  const filterScale = Math.max(1, scale);
  const reach = support * filterScale;
  const perPixel = Math.ceil(reach) * 2 + 1;
  const weights = new Int32Array(to * perPixel);
  const starts = new Int32Array(to);
  const counts = new Int32Array(to);
  const row = new Float64Array(perPixel);
  for (let out = 0; out < to; out++) {
    const centre = (out + 0.5) * scale;
    const start = Math.max(0, Math.trunc(centre - reach + 0.5));
    const count = Math.min(from, Math.trunc(centre + reach + 0.5)) - start;
    let sum = 0;
    for (let i = 0; i < count; i++) {
      const weight = weigh((i + start - centre + 0.5) * (1 / filterScale));
      row[i] = weight;
      sum += weight;
    }
    for (let i = 0; i < count; i++) {
      const scaled = ((row[i] ?? 0) / (sum === 0 ? 1 : sum)) * (1 << PRECISION_BITS);
      weights[out * perPixel + i] = Math.trunc(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
    }
    starts[out] = start;
    counts[out] = count;
  }
  return { weights, perPixel, starts, counts };
}

const HALF = 1 << (PRECISION_BITS - 1);

function horizontal(image: PixelImage, width: number, filter: 'lanczos' | 'bilinear'): PixelImage {
  const { channels, height, data } = image;
  const target = new Uint8ClampedArray(width * height * channels);
  const { weights, perPixel, starts, counts } = precompute(image.width, width, filter);
  for (let y = 0, to = 0; y < height; y++) {
    const row = y * image.width * channels;
    for (let x = 0; x < width; x++) {
      const first = x * perPixel;
      const last = first + (counts[x] ?? 0);
      const start = row + (starts[x] ?? 0) * channels;
      for (let channel = 0; channel < channels; channel++, to++) {
        let sum = HALF;
        for (let k = first, at = start + channel; k < last; k++, at += channels) sum += (data[at] ?? 0) * (weights[k] ?? 0);
        target[to] = sum >> PRECISION_BITS;
      }
    }
  }
  return { width, height, channels, data: new Uint8Array(target.buffer) };
}

/** Whole rows at a time, so that memory is read in order; 32 bits hold the sums as they do in the reference. */
function vertical(image: PixelImage, height: number, filter: 'lanczos' | 'bilinear'): PixelImage {
  const { channels, width, data } = image;
  const stride = width * channels;
  const target = new Uint8ClampedArray(stride * height);
  const { weights, perPixel, starts, counts } = precompute(image.height, height, filter);
  const sums = new Int32Array(stride);
  for (let y = 0; y < height; y++) {
    sums.fill(HALF);
    const start = starts[y] ?? 0;
    for (let k = 0; k < (counts[y] ?? 0); k++) {
      const weight = weights[y * perPixel + k] ?? 0;
      const row = (start + k) * stride;
      for (let i = 0; i < stride; i++) sums[i] = (sums[i] ?? 0) + (data[row + i] ?? 0) * weight;
    }
    for (let i = 0, to = y * stride; i < stride; i++, to++) target[to] = (sums[i] ?? 0) >> PRECISION_BITS;
  }
  return { width, height, channels, data: new Uint8Array(target.buffer) };
}

/** Source position of each target position; adding up the step, as PIL does, decides the ties at pixel borders. */
function nearestPositions(from: number, to: number): Int32Array {
  const step = from / to;
  const positions = new Int32Array(to);
  for (let i = 0, at = step * 0.5; i < to; i++, at += step) positions[i] = Math.min(from - 1, Math.floor(at));
  return positions;
}

/** PIL's NEAREST: the source pixel under each target pixel's centre (Geometry.c, ImagingScaleAffine). */
function nearest(image: PixelImage, size: Size): PixelImage {
  const { channels } = image;
  const data = new Uint8Array(size.width * size.height * channels);
  const columns = nearestPositions(image.width, size.width);
  const rows = nearestPositions(image.height, size.height);
  let at = 0;
  for (const row of rows) {
    for (const column of columns) {
      const from = (row * image.width + column) * channels;
      for (let channel = 0; channel < channels; channel++) data[at++] = image.data[from + channel] ?? 0;
    }
  }
  return { width: size.width, height: size.height, channels, data };
}

/** PIL's `Image.resize(size, resample)` for 8-bit pictures; alpha is resampled like any other channel. */
export function resizeImage(image: PixelImage, size: Size, filter: ResizeFilter = 'lanczos'): PixelImage {
  const { width, height } = size;
  if (image.width === width && image.height === height) return image;
  if (filter === 'nearest') return nearest(image, size);
  const wide = image.width === width ? image : horizontal(image, width, filter);
  return wide.height === height ? wide : vertical(wide, height, filter);
}

/** How VaeImageProcessor fits a picture of another aspect: squeeze, fit and fill the bands, or cover and crop. */
export type ResizeMode = 'default' | 'fill' | 'crop';

/** Size of the picture inside the target: `fill` fits it in, `crop` covers the target (`_resize_and_fill`, `_resize_and_crop`). */
function scaledSize(image: Size, target: Size, mode: 'fill' | 'crop'): Size {
  const ratio = target.width / target.height;
  const sourceRatio = image.width / image.height;
  const followsWidth = mode === 'fill' ? ratio < sourceRatio : ratio > sourceRatio;
  const followsHeight = mode === 'fill' ? ratio >= sourceRatio : ratio <= sourceRatio;
  return {
    width: followsHeight ? Math.floor((image.width * target.height) / image.height) : target.width,
    height: followsWidth ? Math.floor((image.height * target.width) / image.width) : target.height,
  };
}

/**
 * One line of the picture's border as `_resize_and_fill` makes it: PIL resizes (bicubic, its default) a box without
 * area at the border, which comes to 9/8 of the outermost line minus 1/8 of the next one, rounded and clamped.
 */
function borderLine(outer: PixelImage, next: PixelImage): PixelImage {
  const data = new Uint8ClampedArray(outer.data.length);
  for (let i = 0; i < data.length; i++) data[i] = (9 * (outer.data[i] ?? 0) - (next.data[i] ?? 0) + 4) >> 3;
  return { ...outer, data: new Uint8Array(data.buffer) };
}

/** The four-sided box of the line `index` from one side. */
function lineBox(inner: Size, side: 'top' | 'bottom' | 'left' | 'right', index: number): Box {
  const { width, height } = inner;
  const row = Math.max(0, Math.min(height - 1, side === 'bottom' ? height - 1 - index : index));
  const column = Math.max(0, Math.min(width - 1, side === 'right' ? width - 1 - index : index));
  return side === 'top' || side === 'bottom'
    ? { left: 0, top: row, right: width, bottom: row + 1 }
    : { left: column, top: 0, right: column + 1, bottom: height };
}

/** Fills the empty bands with the stretched border lines. */
function fillBands(canvas: PixelImage, inner: PixelImage, at: { readonly x: number; readonly y: number }): PixelImage {
  const band = (side: 'top' | 'bottom' | 'left' | 'right'): PixelImage => {
    const line = borderLine(cropImage(inner, lineBox(inner, side, 0)), cropImage(inner, lineBox(inner, side, 1)));
    const isRow = side === 'top' || side === 'bottom';
    return resizeImage(line, isRow ? { width: canvas.width, height: at.y } : { width: at.x, height: canvas.height }, 'nearest');
  };
  if (at.y > 0) return pasteImage(pasteImage(canvas, band('top'), { x: 0, y: 0 }), band('bottom'), { x: 0, y: at.y + inner.height });
  if (at.x > 0) return pasteImage(pasteImage(canvas, band('left'), { x: 0, y: 0 }), band('right'), { x: at.x + inner.width, y: 0 });
  return canvas;
}

/** VaeImageProcessor.resize: Lanczos to `target` by `mode`. */
export function resizeToMode(image: PixelImage, target: Size, mode: ResizeMode): PixelImage {
  if (mode === 'default') return resizeImage(image, target, 'lanczos');
  const inner = resizeImage(image, scaledSize(image, target, mode), 'lanczos');
  const at = { x: Math.floor(target.width / 2) - Math.floor(inner.width / 2), y: Math.floor(target.height / 2) - Math.floor(inner.height / 2) };
  const blank: PixelImage = { ...target, channels: image.channels, data: new Uint8Array(target.width * target.height * image.channels) };
  const canvas = pasteImage(blank, inner, at);
  return mode === 'crop' ? canvas : fillBands(canvas, inner, at);
}
