import { StudioError } from '../../../shared/errors';
import type { PixelImage } from '../image/pixel-image';
import { fromSignedPlanes } from '../image/pixels';
import { isHalfPrecision } from '../models/part-names';
import { runDecoder, type Planes } from '../models/vae';
import type { Run } from '../run-context';
import { allFinite } from './finite';
import { loadPart } from './load-part';
import { decodeTiled, needsTiles } from './tiled-vae';

/**
 * diffusers' StableDiffusion3InpaintPipeline forgets to add the shift when it decodes (0.40.0.dev0), a slight loss of
 * contrast; only a comparison with it wants that.
 */
const forgetsShift = ({ task, model }: Run): boolean => task.plain === true && task.kind === 'inpaint' && model.layout.family.textRecipe === 'sd3';

/** The latents as the decoder takes them: divided by the scaling factor, shifted back (ENGINE.md 1.2). */
function toDecoderInput(run: Run, latents: Planes): Planes {
  const { vaeScale, vaeShift } = run.model.layout;
  const shift = forgetsShift(run) ? 0 : vaeShift;
  const data = new Float32Array(latents.data.length);
  for (let i = 0; i < data.length; i += 1) data[i] = Math.fround((latents.data[i] ?? 0) / vaeScale) + shift;
  return { ...latents, data };
}

/** A picture of zeros or of nothing is a failure, whatever the sessions say. @throws StudioError `bad-output` */
function requirePicture(run: Run, planes: Planes, image: PixelImage): void {
  const { part } = run.model.layout.vae.decoder;
  if (!allFinite(planes.data)) {
    const remedy = isHalfPrecision(part.graph)
      ? 'its float16 numbers overflowed, so put a float32 export of this VAE (or one fixed for float16) into the model folder'
      : 'try another seed or scheduler, and if that fails too, download this model again';
    throw new StudioError('bad-output', `${part.name} gave numbers that are no colours, so there is no picture: ${remedy}.`);
  }
  if (image.data.every((value) => value === 0)) {
    const remedy = isHalfPrecision(part.graph) ? 'try another seed, or a float32 export of this model' : 'try another seed, lower guidance or another scheduler';
    throw new StudioError('bad-output', `The picture came out entirely black, which is a failure of the model: ${remedy}.`);
  }
}

/**
 * Turns final latents into a picture, in tiles above a size.
 * @throws StudioError `bad-output` for a black picture or numbers that are none
 */
export async function decode(run: Run, latents: Planes): Promise<PixelImage> {
  const { decoder, factor } = run.model.layout.vae;
  const model = await loadPart(run, decoder.part);
  run.enter('decoding');
  const input = toDecoderInput(run, latents);
  await run.checkpoint();
  let planes: Planes;
  if (needsTiles(run.model.layout, input)) {
    planes = await decodeTiled(run, model, input);
  } else {
    run.report(0, 1);
    planes = await runDecoder(model, decoder, input);
    run.report(1, 1);
  }
  if (planes.width !== latents.width * factor || planes.height !== latents.height * factor) {
    throw new StudioError('model-invalid', `Expected ${latents.width * factor} by ${latents.height * factor} pixels from ${decoder.part.name} but received ${planes.width} by ${planes.height}: export this model again.`);
  }
  const image = fromSignedPlanes(planes.data, planes);
  requirePicture(run, planes, image);
  return image;
}
