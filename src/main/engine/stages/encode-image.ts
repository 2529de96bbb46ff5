import { StudioError } from '../../../shared/errors';
import type { PixelImage } from '../image/pixel-image';
import { toSignedPlanes } from '../image/pixels';
import { runEncoder, type Planes } from '../models/vae';
import type { Picture, Run } from '../run-context';
import { allFinite } from './finite';
import { runPart } from './run-part';
import { encodeTiled, needsTiles } from './tiled-vae';

const LOG_VARIANCE = { min: -30, max: 20 } as const;

/** RGB pixels as the encoder takes them, [3, H, W] in [-1, 1]. */
export const toPlanes = (image: PixelImage): Planes => ({ channels: 3, width: image.width, height: image.height, data: toSignedPlanes(image) });

/**
 * Runs the VAE encoder.
 * @returns its raw output, from which each picture draws its own sample
 * @throws StudioError `model-unsupported` when the model has no encoder, `bad-output` for numbers that are none
 */
export async function encodeImage(run: Run, pixels: Planes): Promise<Planes> {
  const { encoder, factor } = run.model.layout.vae;
  if (encoder === null) {
    throw new StudioError('model-unsupported', 'This model has no vae_encoder, so it cannot start from a picture: choose a model with one, or make a picture from text.');
  }
  const grid = { ...pixels, width: pixels.width / factor, height: pixels.height / factor };
  return runPart(run, {
    name: encoder.part.name,
    async run(model) {
      run.enter('encoding');
      await run.checkpoint();
      const layout = run.model.layout.vae.encoder ?? encoder;
      return needsTiles(run.model.layout, grid) ? encodeTiled(run, { model, layout }, pixels) : runEncoder(model, layout, pixels);
    },
    flawOf: (encoded) => (allFinite(encoded.data) ? null : 'gave numbers beyond all bounds'),
    remedy: 'try another picture, and if that fails too, download this model again',
  });
}

/**
 * One sample of the encoder's distribution, as latents. Draws noise only where the encoder gave mean and log variance
 * (ENGINE.md 1.2); encoders that sample inside their graph are taken as they are.
 */
export function samplePosterior(run: Run, picture: Picture, encoded: Planes): Planes {
  const { vaeScale, vaeShift, vae } = run.model.layout;
  const channels = vae.latentChannels;
  const size = channels * encoded.width * encoded.height;
  const toLatent = (value: number): number => Math.fround((value - vaeShift) * vaeScale);
  if (encoded.channels !== 2 * channels) return { ...encoded, data: encoded.data.map(toLatent) };
  const noise = picture.noise.randn(size);
  const data = noise.map((normal, i) => {
    const logVariance = Math.min(LOG_VARIANCE.max, Math.max(LOG_VARIANCE.min, encoded.data[size + i] ?? 0));
    return toLatent(Math.fround((encoded.data[i] ?? 0) + Math.exp(0.5 * logVariance) * normal));
  });
  return { channels, width: encoded.width, height: encoded.height, data };
}
