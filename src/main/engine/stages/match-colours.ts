import { featherMask } from '../image/mask';
import type { Box, PixelImage } from '../image/pixel-image';

/** Width of the band around the mask in which both pictures should look alike. */
const RING_PIXELS = 24;
/** Fewer pixels say too little about a drift of colour. */
const LEAST_PIXELS = 64;
/** Levels; a larger difference is content, not drift. */
const LARGEST_SHIFT = 24;

export interface MatchInput {
  readonly original: PixelImage;
  /** Same size; the generated part at its place. */
  readonly generated: PixelImage;
  /** 255 = repainted. */
  readonly mask: PixelImage;
  /** What was generated at all. */
  readonly box: Box;
}

/**
 * Takes the drift of colour out that guidance and the VAE bring in: in a ring just outside the mask the generated
 * picture should equal the original, so the mean difference there, per channel, is added to all generated pixels.
 */
export function matchColours({ original, generated, mask, box }: MatchInput): PixelImage {
  const ring = featherMask(mask, RING_PIXELS * 2);
  const sums = [0, 0, 0];
  let count = 0;
  for (let y = box.top; y < box.bottom; y += 1) {
    for (let x = box.left; x < box.right; x += 1) {
      const i = y * original.width + x;
      if (mask.data[i] !== 0 || ring.data[i] === 0) continue;
      count += 1;
      for (let channel = 0; channel < 3; channel += 1) sums[channel] = (sums[channel] ?? 0) + (original.data[i * 3 + channel] ?? 0) - (generated.data[i * 3 + channel] ?? 0);
    }
  }
  if (count < LEAST_PIXELS) return generated;
  const shifts = sums.map((sum) => Math.max(-LARGEST_SHIFT, Math.min(LARGEST_SHIFT, sum / count)));
  const data = new Uint8ClampedArray(generated.data.length);
  for (let i = 0; i < data.length; i += 1) data[i] = (generated.data[i] ?? 0) + (shifts[i % 3] ?? 0);
  return { ...generated, data: new Uint8Array(data.buffer) };
}
