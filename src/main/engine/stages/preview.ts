import type { Preview } from '../../../shared/job';
import type { ModelLayout } from '../models/model-layout';
import type { Planes } from '../models/vae';

const INTERVAL_MS = 150;
/** Keeps a preview under 64 KB. */
const LONGEST_SIDE = 128;

/**
 * A small picture of clean latents by a linear map, without the VAE.
 * @param map one row of RGB factors per latent channel, to [-1, 1]
 */
export function previewOf(latents: Planes, map: NonNullable<ModelLayout['preview']>): Preview {
  const stride = Math.ceil(Math.max(latents.width, latents.height) / LONGEST_SIDE);
  const width = Math.floor(latents.width / stride);
  const height = Math.floor(latents.height / stride);
  const area = latents.width * latents.height;
  const rgb = new Uint8ClampedArray(width * height * 3);
  for (let colour = 0; colour < 3; colour += 1) {
    const factors = Array.from({ length: latents.channels }, (_, channel) => map.factors[channel]?.[colour] ?? 0);
    for (let y = 0, at = colour; y < height; y += 1) {
      for (let x = 0; x < width; x += 1, at += 3) {
        const cell = y * stride * latents.width + x * stride;
        let value = map.bias[colour] ?? 0;
        for (let channel = 0; channel < factors.length; channel += 1) value += (latents.data[channel * area + cell] ?? 0) * (factors[channel] ?? 0);
        rgb[at] = (value / 2 + 0.5) * 255;
      }
    }
  }
  return { width, height, rgb: new Uint8Array(rgb.buffer) };
}

/** Makes a preview at most every 150 ms, so that fast steps are not spent on previews nobody can see. */
export class PreviewClock {
  private last = performance.now();

  constructor(private readonly map: ModelLayout['preview']) {}

  take(clean: () => Planes): Preview | null {
    const now = performance.now();
    if (this.map === null || now - this.last < INTERVAL_MS) return null;
    this.last = now;
    return previewOf(clean(), this.map);
  }
}
