import { growLatentMask, latentMaskMax, latentMaskNearest, type MaskGrid } from '../image/mask';
import type { PixelImage } from '../image/pixel-image';
import type { Planes } from '../models/vae';
import type { Picture, Run } from '../run-context';
import type { LoopVariant } from './denoise';
import { encodeImage, samplePosterior, toPlanes } from './encode-image';
import { fillFromSurroundings, noiseUnderMask } from './masked-content';
import { drawNoise, noisedLatents, scaledNoise } from './prepare-latents';
import { hardMask, type RepaintFrame } from './repaint-frame';
import type { Schedule } from './schedule';

/** What all pictures of one repainting share. */
export interface RepaintInput {
  readonly frame: RepaintFrame;
  /** Raw output of the VAE encoder for the picture; null where pure noise starts a denoiser that sees the picture itself. */
  readonly encoded: Planes | null;
  /** The same for the picture without what is repainted; only where the denoiser takes it. */
  readonly encodedMasked: Planes | null;
  readonly mask: MaskGrid;
}

/** One latent cell: the VAE carries a pixel's influence a little further than its own cell. */
const GROWTH_CELLS = 1;

function latentMask(run: Run, frame: RepaintFrame): MaskGrid {
  const { factor } = run.model.layout.vae;
  if (run.task.plain === true) return latentMaskNearest(hardMask(frame), factor);
  const strongest = latentMaskMax(frame.mask, factor);
  return run.model.layout.inpainting === 'blended' ? growLatentMask(strongest, GROWTH_CELLS) : { ...strongest, data: strongest.data.map((value) => (value > 0 ? 1 : 0)) };
}

/** Repainted pixels become mid grey, 0 in [-1, 1] (diffusers `image * (mask < 0.5)`). */
function maskedPlanes(run: Run, frame: RepaintFrame): Planes {
  const planes = toPlanes(frame.image);
  const area = planes.width * planes.height;
  const mask: PixelImage = run.task.plain === true ? hardMask(frame) : frame.mask;
  const limit = run.task.plain === true ? 128 : 1;
  return { ...planes, data: planes.data.map((value, i) => ((mask.data[i % area] ?? 0) >= limit ? 0 : value)) };
}

const maskedContent = ({ task }: Run): NonNullable<Run['task']['maskedContent']> => (task.plain === true ? 'original' : (task.maskedContent ?? 'original'));

/** What the first latents show under the mask. */
const startImage = (run: Run, frame: RepaintFrame): PixelImage =>
  maskedContent(run) === 'blur' ? fillFromSurroundings(frame.image, frame.mask) : frame.image;

export async function encodeRepaint(run: Run, frame: RepaintFrame, schedule: { readonly startsFromNoise: boolean }): Promise<RepaintInput> {
  const isConcatenated = run.model.layout.inpainting === 'concatenated';
  const encoded = isConcatenated && schedule.startsFromNoise ? null : await encodeImage(run, toPlanes(startImage(run, frame)));
  const encodedMasked = isConcatenated ? await encodeImage(run, maskedPlanes(run, frame)) : null;
  return { frame, encoded, encodedMasked, mask: latentMask(run, frame) };
}

/**
 * Puts the known part back after each step: (1 − m) · known at the next noise level + m · latents, with the picture's
 * own first noise (ENGINE.md 5.2, mode 2). Grey in the mask is per-pixel strength (mode 3): a cell of level s is known
 * until the last s of the schedule.
 */
function blendKnown(options: { readonly original: Planes; readonly noise: Planes; readonly mask: MaskGrid; readonly schedule: Schedule }): NonNullable<LoopVariant['blend']> {
  const { original, noise, mask, schedule } = options;
  const { plan, beginIndex } = schedule;
  const calls = plan.timesteps.length - beginIndex;
  return (latents, index) => {
    const next = index + 1;
    const isLast = next >= plan.timesteps.length;
    const known = isLast ? original.data : plan.addNoise(original.data, noise.data, next);
    // Half a level of 255 is no strength; the last step frees whatever was ever to change.
    const threshold = isLast ? 0 : Math.max(0, 1 - (next - beginIndex) / calls - 1e-6);
    return latents.map((value, i) => {
      const level = mask.data[i % mask.data.length] ?? 0;
      return level > 0 && level >= threshold ? value : (known[i] ?? 0);
    });
  };
}

function concatenatedChannels(mask: MaskGrid, masked: Planes): Float32Array {
  const channels = new Float32Array(mask.data.length + masked.data.length);
  channels.set(mask.data, 0);
  channels.set(masked.data, mask.data.length);
  return channels;
}

/**
 * First latents of one picture and what the loop does beside stepping. Draws in diffusers' order: the picture's
 * posterior, the noise, the masked picture's posterior, which is drawn even where nothing uses it.
 */
export function startRepaint(run: Run, picture: Picture, options: { readonly input: RepaintInput; readonly schedule: Schedule; readonly startsFromNoise: boolean }): LoopVariant & { readonly initial: Planes } {
  const { input, schedule } = options;
  const original = input.encoded === null ? null : samplePosterior(run, picture, input.encoded);
  const noise = drawNoise(run, picture, input.frame.size);
  const start = original !== null && maskedContent(run) === 'noise' ? noiseUnderMask(original, noise, input.mask) : original;
  const initial = start === null || options.startsFromNoise ? scaledNoise(noise, schedule) : noisedLatents(start, noise, schedule);
  if (input.encodedMasked !== null) {
    return { initial, extraChannels: concatenatedChannels(input.mask, samplePosterior(run, picture, input.encodedMasked)) };
  }
  if (original === null) return { initial };
  if (input.encoded !== null) samplePosterior(run, picture, input.encoded);
  return { initial, blend: blendKnown({ original, noise, mask: input.mask, schedule }) };
}
