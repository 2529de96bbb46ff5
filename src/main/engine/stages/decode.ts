import { StudioError } from '../../../shared/errors';
import type { PixelImage } from '../image/pixel-image';
import { fromSignedPlanes } from '../image/pixels';
import { isHalfPrecision } from '../models/part-names';
import { runDecoder, type Planes } from '../models/vae';
import type { Run } from '../run-context';
import type { Model } from '../runtime/runtime';
import { allFinite } from './finite';
import { runPart } from './run-part';
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

interface Decoded {
  readonly planes: Planes;
  readonly image: PixelImage;
}

const isOneColour = ({ data, channels }: PixelImage): boolean => data.every((value, i) => value === data[i % channels]);

/** A picture of zeros or of nothing is a failure, whatever the session says; one of one colour only where halves may have made it. */
function flawOf(run: Run, { planes, image }: Decoded): string | null {
  if (!allFinite(planes.data)) return 'gave numbers that are no colours';
  if (!isOneColour(image)) return null;
  if (image.data.every((value) => value === 0)) return 'gave nothing but black';
  return isHalfPrecision(run.model.layout.vae.decoder.part.graph) ? 'gave a picture of one colour' : null;
}

async function decodePlanes(run: Run, model: Model, input: Planes): Promise<Planes> {
  const { decoder } = run.model.layout.vae;
  if (needsTiles(run.model.layout, input)) return decodeTiled(run, model, input);
  run.report(0, 1);
  const planes = await runDecoder(model, decoder, input);
  run.report(1, 1);
  return planes;
}

/** @throws StudioError `model-invalid` for pixels that do not fit the latents */
function requireSize(run: Run, latents: Planes, planes: Planes): void {
  const { decoder, factor } = run.model.layout.vae;
  const width = latents.width * factor;
  const height = latents.height * factor;
  if (planes.width === width && planes.height === height) return;
  throw new StudioError('model-invalid', `Expected ${width} by ${height} pixels from ${decoder.part.name} but received ${planes.width} by ${planes.height}: export this model again.`);
}

/**
 * Turns final latents into a picture, in tiles above a size.
 * @throws StudioError `bad-output` for a black picture or numbers that are none, in float32 too
 */
export async function decode(run: Run, latents: Planes): Promise<PixelImage> {
  const input = toDecoderInput(run, latents);
  const { image } = await runPart(run, {
    name: 'vae_decoder',
    async run(model): Promise<Decoded> {
      run.enter('decoding');
      await run.checkpoint();
      const planes = await decodePlanes(run, model, input);
      requireSize(run, latents, planes);
      return { planes, image: fromSignedPlanes(planes.data, planes) };
    },
    flawOf: (decoded) => flawOf(run, decoded),
    remedy: 'try another seed, lower guidance or another scheduler, and if that fails too, download this model again',
  });
  return image;
}
