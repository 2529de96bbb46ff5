import type { Planes } from '../models/vae';
import type { Picture, Run } from '../run-context';
import { StudioError } from '../../../shared/errors';
import type { Schedule } from './schedule';

export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

/**
 * The size a request works at: what it says, else `fallback`, else the model's native size.
 * @throws StudioError `invalid-request` when a side is no multiple of the VAE's factor or the export has another size
 */
export function resolveSize(run: Run, fallback: PixelSize | null): PixelSize {
  const { layout } = run.model;
  const native = { width: layout.nativeSize, height: layout.nativeSize };
  const width = run.task.width ?? fallback?.width ?? native.width;
  const height = run.task.height ?? fallback?.height ?? native.height;
  const { factor } = layout.vae;
  for (const [name, value] of [['width', width], ['height', height]] as const) {
    if (!Number.isInteger(value) || value < factor || value % factor !== 0) {
      throw new StudioError('invalid-request', `Expected a ${name} that is a multiple of ${factor} but received ${value}.`, { details: { [name]: value } });
    }
    if (value % layout.sizeMultiple !== 0) {
      throw new StudioError('invalid-request', `Expected a ${name} that is a multiple of ${layout.sizeMultiple} for this model but received ${value}.`, { details: { [name]: value } });
    }
  }
  const { latentWidth, latentHeight } = layout.denoiser;
  if ((latentWidth !== null && latentWidth * factor !== width) || (latentHeight !== null && latentHeight * factor !== height)) {
    throw new StudioError('invalid-request', `This model was exported for pictures of ${(latentWidth ?? 0) * factor} by ${(latentHeight ?? 0) * factor} only, but ${width} by ${height} was asked for.`);
  }
  return { width, height };
}

/** Noise of one picture on the latent grid, one draw. */
export function drawNoise(run: Run, picture: Picture, size: PixelSize): Planes {
  const { factor, latentChannels: channels } = run.model.layout.vae;
  const width = size.width / factor;
  const height = size.height / factor;
  return { channels, width, height, data: picture.noise.randn(channels * width * height) };
}

/** Pure noise at the schedule's first level. */
export function scaledNoise(noise: Planes, { plan }: Schedule): Planes {
  return plan.initNoiseSigma === 1 ? noise : { ...noise, data: noise.data.map((value) => value * plan.initNoiseSigma) };
}

/** Clean latents at the noise level where the schedule begins. */
export const noisedLatents = (original: Planes, noise: Planes, { plan, beginIndex }: Schedule): Planes => ({
  ...original,
  data: plan.addNoise(original.data, noise.data, beginIndex),
});
