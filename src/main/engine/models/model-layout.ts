import { StudioError } from '../../../shared/errors';
import type { DenoiserLayout } from './denoiser-layout';
import { readDenoiserLayout } from './denoiser-layout';
import { FAMILIES, type Family } from './family';
import { matrixAt, numberAt, numbersAt } from './json-file';
import { readModelFolder, type ModelFolder } from './model-folder';
import { displayName, findInfo, staticDim } from './part-names';
import { contextWidth, readTextLayouts, type TextEncoderLayout } from './text-layout';
import { readVaeLayout, type VaeLayout } from './vae-layout';

/** Everything the engine knows about a model before it loads a byte of weights. */
export interface ModelLayout {
  readonly folder: ModelFolder;
  readonly family: Family;
  readonly denoiser: DenoiserLayout;
  readonly textEncoders: readonly TextEncoderLayout[];
  readonly vae: VaeLayout;
  /** latents = (encoded − shift) · scale. */
  readonly vaeScale: number;
  readonly vaeShift: number;
  /** Whether the denoiser itself takes mask and masked picture (9 or 33 channels) or inpainting blends latents. */
  readonly inpainting: 'concatenated' | 'blended';
  /** Pixels: both sides must be multiples of it, or the graph fails on its skip connections. */
  readonly sizeMultiple: number;
  readonly nativeSize: number;
  readonly preview: { readonly factors: readonly (readonly number[])[]; readonly bias: readonly number[] } | null;
}

const SD2_WIDTH = 1024;

/** Families are told by what the folder and its graphs say, never by its name (ENGINE.md 1.4). */
export function detectFamily(folder: ModelFolder): Family {
  const graph = (folder.parts.unet ?? folder.parts.transformer)?.graph;
  const has = (name: string): boolean => graph !== undefined && findInfo(graph.inputs, [name]) !== null;
  const { scheduler } = folder;
  const isTrailing = scheduler.values['timestep_spacing'] === 'trailing' && scheduler.values['rescale_betas_zero_snr'] !== true;
  if (folder.className === 'PalimpsestPipeline') return FAMILIES.palimpsest;
  if (has('pooled_projections')) return FAMILIES.sd3;
  if (has('text_embeds') && has('time_ids')) return isTrailing ? FAMILIES.sdxlTurbo : FAMILIES.sdxl;
  if (has('timestep_cond')) return FAMILIES.lcm;
  if (isTrailing && scheduler.values['prediction_type'] !== 'v_prediction') return FAMILIES.turbo;
  const context = graph === undefined ? null : findInfo(graph.inputs, ['encoder_hidden_states']);
  const isSecond = scheduler.values['prediction_type'] === 'v_prediction' || (context !== null && staticDim(context, -1) === SD2_WIDTH);
  return isSecond ? FAMILIES.sd2 : FAMILIES.sd1;
}

/** Parts from different models load without complaint and fail, or lie, at the first step. */
function checkFit(denoiser: DenoiserLayout, textEncoders: readonly TextEncoderLayout[], family: Family): void {
  const wanted = staticDim(denoiser.context, -1);
  const given = contextWidth(textEncoders, family.textRecipe);
  if (wanted !== null && given !== null && wanted !== given) {
    const file = displayName(denoiser.part.graph);
    throw new StudioError(
      'model-invalid',
      `${file} wants ${wanted} numbers per token but the text encoder gives ${given}: these parts are from different models, so install one model whole.`,
      { details: { file, wanted, given } },
    );
  }
  const timeIds = denoiser.timeIds === null ? null : staticDim(denoiser.timeIds, -1);
  if (timeIds !== null && timeIds !== 6) {
    throw new StudioError('model-unsupported', 'This is an SDXL refiner, which only improves finished pictures: choose an SDXL base model.');
  }
}

function nativeSizeOf(folder: ModelFolder, denoiser: DenoiserLayout, options: { factor: number; family: Family }): number {
  if (denoiser.latentHeight !== null) return denoiser.latentHeight * options.factor;
  const declared = numberAt(folder.manifest, 'nativeSize');
  const sample = numberAt(denoiser.part.config, 'sample_size');
  return declared ?? (sample === null ? options.family.nativeSize : sample * options.factor);
}

/**
 * Recognises a model folder and checks that its parts fit each other.
 * @throws StudioError `model-missing`, `model-invalid` or `model-unsupported`: one sentence with the file and the remedy
 */
export const readModelLayout = (path: string): ModelLayout => layoutOf(readModelFolder(path));

/** The same of a folder that is already read. @throws StudioError as `readModelLayout` */
export function layoutOf(folder: ModelFolder): ModelLayout {
  const family = detectFamily(folder);
  const vae = readVaeLayout(folder, family.latentChannels);
  const denoiser = readDenoiserLayout(folder, vae.latentChannels);
  const textEncoders = readTextLayouts(folder, family.textRecipe);
  checkFit(denoiser, textEncoders, family);
  const vaeConfig = vae.decoder.part.config ?? vae.encoder?.part.config ?? null;
  const ownFactors = matrixAt(vaeConfig, 'latent_rgb_factors');
  const preview =
    ownFactors?.length === vae.latentChannels
      ? { factors: ownFactors, bias: numbersAt(vaeConfig, 'latent_rgb_factors_bias') ?? [0, 0, 0] }
      : family.preview?.factors.length === vae.latentChannels
        ? family.preview
        : null;
  return {
    folder, family, denoiser, textEncoders, vae, preview,
    vaeScale: numberAt(vaeConfig, 'scaling_factor') ?? family.vae.scale,
    vaeShift: numberAt(vaeConfig, 'shift_factor') ?? family.vae.shift,
    inpainting: denoiser.inputChannels === denoiser.latentChannels ? 'blended' : 'concatenated',
    sizeMultiple: vae.factor * family.fold * 2 ** denoiser.part.graph.stridedConvolutions,
    nativeSize: nativeSizeOf(folder, denoiser, { factor: vae.factor, family }),
  };
}
