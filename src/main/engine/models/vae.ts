import { StudioError } from '../../../shared/errors';
import type { Model } from '../runtime/runtime';
import { floatOutput, numbersFor } from './feeds';
import type { Tensor } from '../tensor/tensor';
import { displayName } from './part-names';
import type { VaeDecoderLayout, VaeEncoderLayout } from './vae-layout';

/** A stack of planes in C order: [C, height, width] of one picture. */
export interface Planes {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly data: Float32Array;
}

function toPlanes(tensor: Tensor): Planes {
  const [, channels = 0, height = 0, width = 0] = tensor.dims;
  return { channels, height, width, data: tensor.data };
}

/** Decodes latents that are already divided by the scaling factor. @returns RGB planes around [-1, 1] */
export async function runDecoder(model: Model, layout: VaeDecoderLayout, latents: Planes): Promise<Planes> {
  const dims = [1, latents.channels, latents.height, latents.width];
  const outputs = await model.run({ [layout.input.name]: numbersFor(layout.input, dims, latents.data) });
  const planes = toPlanes(floatOutput(outputs, layout.output.name));
  if (planes.channels !== 3) {
    throw new StudioError('model-invalid', `Expected 3 colour channels from ${displayName(layout.part.graph)} but received ${planes.channels}: download or export this model again.`);
  }
  return planes;
}

/**
 * Encodes RGB planes in [-1, 1].
 * @returns the encoder's raw output: mean and log variance stacked (twice the latent channels), or one sample that the
 * graph drew itself (the latent channels)
 */
export async function runEncoder(model: Model, layout: VaeEncoderLayout, pixels: Planes): Promise<Planes> {
  const dims = [1, pixels.channels, pixels.height, pixels.width];
  const outputs = await model.run({ [layout.input.name]: numbersFor(layout.input, dims, pixels.data) });
  return toPlanes(floatOutput(outputs, layout.output.name));
}
