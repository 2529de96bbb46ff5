/** The canvas of an outpaint: the picture with room around it, and what stands there before denoising (ENGINE.md 5.5). */
import type { NoiseGenerator } from '../tensor/noise';
import { gaussianBlur } from './blur';
import { octaveNoise } from './octave-noise';
import { filledImage, pasteImage, type PixelImage } from './pixel-image';

/** Pixels added on each side. */
export interface Margins {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export type OutpaintFill = 'edge' | 'mirror' | 'noise' | 'solid';

export interface OutpaintCanvas {
  /** RGB, the original untouched at (left, top). */
  readonly image: PixelImage;
  /** Grey: 255 where the canvas is new. */
  readonly mask: PixelImage;
}

interface Request {
  /** RGB. */
  readonly image: PixelImage;
  readonly margins: Margins;
  readonly fill: OutpaintFill;
  /** Used by `noise` alone; the same state gives the same canvas. */
  readonly noise: NoiseGenerator;
}

function repeatEdge(index: number, length: number): number {
  return Math.max(0, Math.min(length - 1, index));
}

function mirror(index: number, length: number): number {
  const period = 2 * length;
  const inside = ((index % period) + period) % period;
  return inside < length ? inside : period - 1 - inside;
}

/** Every canvas pixel from the picture's pixel that `pick` names. */
function extend(image: PixelImage, margins: Margins, pick: (index: number, length: number) => number): PixelImage {
  const width = image.width + margins.left + margins.right;
  const height = image.height + margins.top + margins.bottom;
  const data = new Uint8Array(width * height * 3);
  for (let y = 0, at = 0; y < height; y++) {
    const row = pick(y - margins.top, image.height) * image.width;
    for (let x = 0; x < width; x++, at += 3) {
      const from = (row + pick(x - margins.left, image.width)) * 3;
      data[at] = image.data[from] ?? 0;
      data[at + 1] = image.data[from + 1] ?? 0;
      data[at + 2] = image.data[from + 2] ?? 0;
    }
  }
  return { width, height, channels: 3, data };
}

function widest({ left, right, top, bottom }: Margins): number {
  return Math.max(left, right, top, bottom);
}

/** Fades from `near` at the picture's border to `far` at `reach` pixels from it, so that streaks lose themselves. */
function fadeOutwards(near: PixelImage, far: PixelImage, { image, margins, reach }: { image: PixelImage; margins: Margins; reach: number }): PixelImage {
  const data = new Uint8Array(near.data.length);
  for (let y = 0, at = 0; y < near.height; y++) {
    const dy = Math.max(margins.top - y, y - (margins.top + image.height - 1), 0);
    for (let x = 0; x < near.width; x++) {
      const dx = Math.max(margins.left - x, x - (margins.left + image.width - 1), 0);
      const t = Math.min(1, Math.max(dx, dy) / reach);
      for (let channel = 0; channel < 3; channel++, at++) data[at] = Math.round((near.data[at] ?? 0) * (1 - t) + (far.data[at] ?? 0) * t);
    }
  }
  return { ...near, data };
}

function averageColour(image: PixelImage): number[] {
  const sum = [0, 0, 0];
  image.data.forEach((value, i) => {
    sum[i % 3] = (sum[i % 3] ?? 0) + value;
  });
  return sum.map((total) => Math.round((total * 3) / image.data.length));
}

function withNoise({ image, margins, noise }: Request): PixelImage {
  const base = gaussianBlur(extend(image, margins, repeatEdge), Math.max(4, widest(margins) / 4));
  const offsets = octaveNoise(image, base, noise);
  const data = new Uint8ClampedArray(base.data.length);
  for (let i = 0; i < data.length; i++) data[i] = (base.data[i] ?? 0) + (offsets[i] ?? 0);
  return { ...base, data: new Uint8Array(data.buffer) };
}

function filled(request: Request): PixelImage {
  const { image, margins, fill } = request;
  if (fill === 'noise') return withNoise(request);
  if (fill === 'solid') {
    const size = { width: image.width + margins.left + margins.right, height: image.height + margins.top + margins.bottom };
    return filledImage(size, averageColour(image));
  }
  const near = extend(image, margins, fill === 'mirror' ? mirror : repeatEdge);
  const radius = Math.max(2, widest(margins) / 8);
  return fadeOutwards(near, gaussianBlur(near, radius), { image, margins, reach: 2 * radius });
}

/** Builds the canvas; margins are whole numbers of at least 0. */
export function outpaintCanvas(request: Request): OutpaintCanvas {
  const { image, margins } = request;
  const at = { x: margins.left, y: margins.top };
  const canvas = pasteImage(filled(request), image, at);
  return { image: canvas, mask: pasteImage(filledImage(canvas, [255]), filledImage(image, [0]), at) };
}
