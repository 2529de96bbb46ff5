/**
 * Takes the drift of colour and contrast out of a repainted area: the picture is generated whole, so just outside the
 * mask it shows the same things as the original; whatever differs there in mean and spread of L*, a*, b* is drift, and
 * is undone everywhere (Reinhard et al., "Color transfer between images", 2001, on a ring; ENGINE.md 5.3 and 5.4).
 */
import { labToRgb, rgbToLab, type Triple } from './lab';
import { boundedDistance } from './mask';
import type { PixelImage } from './pixel-image';

interface ColourMatch {
  /** RGB before generating. */
  readonly original: PixelImage;
  /** RGB, same size: what the model made of the whole. */
  readonly generated: PixelImage;
  /** Grey, same size, 0 = untouched. */
  readonly mask: PixelImage;
  /** Width of the ring in pixels. */
  readonly ring: number;
}

interface Spread {
  readonly mean: Triple;
  readonly deviation: Triple;
}

/** Fewer pixels say nothing about a colour. */
const LEAST_PIXELS = 64;
/** Contrast is corrected, not invented: a flat ring must not flatten or blow up what was painted. */
const CONTRAST = { least: 0.8, most: 1.25 } as const;
const CHANNELS = [0, 1, 2] as const;

function labAt(image: PixelImage, pixel: number): Triple {
  const at = pixel * 3;
  return rgbToLab(image.data[at] ?? 0, image.data[at + 1] ?? 0, image.data[at + 2] ?? 0);
}

function spreadOf(image: PixelImage, pixels: readonly number[]): Spread {
  const sum = [0, 0, 0];
  const squares = [0, 0, 0];
  for (const pixel of pixels) {
    const lab = labAt(image, pixel);
    for (const channel of CHANNELS) {
      sum[channel] = (sum[channel] ?? 0) + lab[channel];
      squares[channel] = (squares[channel] ?? 0) + lab[channel] ** 2;
    }
  }
  const mean = (channel: number): number => (sum[channel] ?? 0) / pixels.length;
  const deviation = (channel: number): number => Math.sqrt(Math.max(0, (squares[channel] ?? 0) / pixels.length - mean(channel) ** 2));
  return { mean: [mean(0), mean(1), mean(2)], deviation: [deviation(0), deviation(1), deviation(2)] };
}

function pixelsWhere(distance: Float32Array, isWanted: (away: number) => boolean): number[] {
  const pixels: number[] = [];
  distance.forEach((away, pixel) => {
    if (isWanted(away)) pixels.push(pixel);
  });
  return pixels;
}

/**
 * The generated picture with its colours moved to those around the mask, in the mask and its ring (farther out the
 * original is laid over it anyway); unchanged where the ring is too small to tell.
 */
export function matchColours({ original, generated, mask, ring }: ColourMatch): PixelImage {
  const distance = boundedDistance(mask, ring);
  const around = pixelsWhere(distance, (away) => away > 0 && away <= ring);
  if (around.length < LEAST_PIXELS) return generated;
  const wanted = spreadOf(original, around);
  const found = spreadOf(generated, around);
  const contrast = CHANNELS.map((channel) => {
    const ratio = found.deviation[channel] < 1e-3 ? 1 : wanted.deviation[channel] / found.deviation[channel];
    return Math.min(CONTRAST.most, Math.max(CONTRAST.least, ratio));
  });
  const move = (lab: Triple, channel: 0 | 1 | 2): number => (lab[channel] - found.mean[channel]) * (contrast[channel] ?? 1) + wanted.mean[channel];
  const data = new Uint8ClampedArray(generated.data);
  for (const pixel of pixelsWhere(distance, (away) => away <= ring)) {
    const lab = labAt(generated, pixel);
    data.set(labToRgb([move(lab, 0), move(lab, 1), move(lab, 2)]), pixel * 3);
  }
  return { ...generated, data: new Uint8Array(data.buffer) };
}
