import type { Preview } from '../../../shared/job';
import type { ModelLayout } from '../models/model-layout';
import type { Planes } from '../models/vae';

const INTERVAL_MS = 150;
/** Keeps a preview under 64 KB. */
const LONGEST_SIDE = 128;

const toByte = (value: number): number => Math.round(Math.min(1, Math.max(0, value / 2 + 0.5)) * 255);

/**
 * A small picture of clean latents by a linear map, without the VAE.
 * @param map one row of RGB factors per latent channel, to [-1, 1]
 */
export function previewOf(latents: Planes, map: NonNullable<ModelLayout['preview']>): Preview {
  const stride = Math.ceil(Math.max(latents.width, latents.height) / LONGEST_SIDE);
  const width = Math.floor(latents.width / stride);
  const height = Math.floor(latents.height / stride);
  const area = latents.width * latents.height;
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 3) {
      const cell = y * stride * latents.width + x * stride;
      for (let colour = 0; colour < 3; colour += 1) {
        let value = map.bias[colour] ?? 0;
        for (let channel = 0; channel < latents.channels; channel += 1) {
          value += (latents.data[channel * area + cell] ?? 0) * (map.factors[channel]?.[colour] ?? 0);
        }
        rgb[at + colour] = toByte(value);
      }
    }
  }
  return { width, height, rgb };
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
