import { StudioError } from '../../../shared/errors';
import type { OutpaintTask } from '../engine';
import { gaussianBlur } from '../image/blur';
import { pasteImage, type PixelImage } from '../image/pixel-image';
import type { Run } from '../run-context';
import { TorchCpuGenerator } from '../tensor/random';

/** Pixels; streaks of repeated edges would otherwise be taken for content. */
const FILL_BLUR = 8;
const MAX_SIDE = 4096;

/** Where a canvas column or row reads from: the nearest edge, or the picture folded over. */
const SOURCES = {
  edge: (position: number, length: number): number => Math.max(0, Math.min(length - 1, position)),
  mirror: (position: number, length: number): number => {
    const period = 2 * length;
    const folded = ((position % period) + period) % period;
    return folded < length ? folded : period - 1 - folded;
  },
} as const;

function meanColour(image: PixelImage): readonly number[] {
  const sums = [0, 0, 0];
  for (let i = 0; i < image.data.length; i += 1) sums[i % 3] = (sums[i % 3] ?? 0) + (image.data[i] ?? 0);
  return sums.map((sum) => sum / (image.width * image.height));
}

function deviation(image: PixelImage, mean: readonly number[]): number {
  let squares = 0;
  for (let i = 0; i < image.data.length; i += 1) squares += ((image.data[i] ?? 0) - (mean[i % 3] ?? 0)) ** 2;
  return Math.sqrt(squares / image.data.length);
}

interface Canvas {
  readonly width: number;
  readonly height: number;
}

function extended(source: PixelImage, canvas: Canvas, options: { readonly grow: OutpaintTask; readonly from: (position: number, length: number) => number }): PixelImage {
  const data = new Uint8Array(canvas.width * canvas.height * 3);
  for (let y = 0, at = 0; y < canvas.height; y += 1) {
    const row = options.from(y - options.grow.top, source.height) * source.width;
    for (let x = 0; x < canvas.width; x += 1, at += 3) {
      const cell = (row + options.from(x - options.grow.left, source.width)) * 3;
      data.set(source.data.subarray(cell, cell + 3), at);
    }
  }
  return gaussianBlur({ ...canvas, channels: 3, data }, FILL_BLUR);
}

/** The mean colour, or noise around it as strong as the picture's own contrast; the same for every picture of a seed. */
function coloured(source: PixelImage, canvas: Canvas, noiseSeed: number | null): PixelImage {
  const mean = meanColour(source);
  const spread = noiseSeed === null ? 0 : deviation(source, mean);
  const noise = noiseSeed === null ? null : new TorchCpuGenerator(noiseSeed).randn(canvas.width * canvas.height * 3);
  const data = new Uint8ClampedArray(canvas.width * canvas.height * 3);
  for (let i = 0; i < data.length; i += 1) data[i] = (mean[i % 3] ?? 0) + spread * (noise?.[i] ?? 0);
  return { ...canvas, channels: 3, data: new Uint8Array(data.buffer) };
}

function fill(run: Run, source: PixelImage, options: { readonly canvas: Canvas; readonly grow: OutpaintTask }): PixelImage {
  const { canvas, grow } = options;
  switch (grow.fill) {
    case 'edge':
    case 'mirror':
      return extended(source, canvas, { grow, from: SOURCES[grow.fill] });
    case 'noise':
      return coloured(source, canvas, run.task.seed);
    case 'solid':
      return coloured(source, canvas, null);
  }
}

/**
 * The picture on a larger canvas whose new area is filled, and the mask of that area.
 * @throws StudioError `invalid-request` when nothing grows or the canvas gets too large
 */
export function growCanvas(run: Run, source: PixelImage): { readonly image: PixelImage; readonly mask: PixelImage } {
  const grow = run.task.outpaint;
  const sides = grow === undefined ? [] : [grow.left, grow.right, grow.top, grow.bottom];
  if (grow === undefined || sides.some((side) => !Number.isInteger(side) || side < 0) || sides.every((side) => side === 0)) {
    throw new StudioError('invalid-request', `Expected whole numbers of pixels to grow by, at least one above 0, but received ${sides.join(', ') || 'none'}.`);
  }
  const canvas = { width: source.width + grow.left + grow.right, height: source.height + grow.top + grow.bottom };
  if (Math.max(canvas.width, canvas.height) > MAX_SIDE) {
    throw new StudioError('invalid-request', `Expected a picture of at most ${MAX_SIDE} pixels a side but it would grow to ${canvas.width} by ${canvas.height}.`);
  }
  const at = { x: grow.left, y: grow.top };
  const kept: PixelImage = { width: source.width, height: source.height, channels: 1, data: new Uint8Array(source.width * source.height) };
  const everything: PixelImage = { ...canvas, channels: 1, data: new Uint8Array(canvas.width * canvas.height).fill(255) };
  return { image: pasteImage(fill(run, source, { canvas, grow }), source, at), mask: pasteImage(everything, kept, at) };
}
