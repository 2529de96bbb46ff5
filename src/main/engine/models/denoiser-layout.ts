import { StudioError } from '../../../shared/errors';
import type { TensorInfo } from '../runtime/runtime';
import { numberAt } from './json-file';
import type { ModelFolder, Part } from './model-folder';
import { channelsOf, displayName, findInfo, requireInfo, requireType, staticDim } from './part-names';

/** Names and shapes of a denoiser's tensors, in whatever dialect it was exported (ENGINE.md 1.2, 1.3). */
export interface DenoiserLayout {
  readonly part: Part;
  readonly sample: TensorInfo;
  readonly timestep: TensorInfo;
  readonly context: TensorInfo;
  readonly output: TensorInfo;
  /** SDXL. */
  readonly textEmbeds: TensorInfo | null;
  readonly timeIds: TensorInfo | null;
  /** LCM: the embedded guidance scale. */
  readonly timestepCond: TensorInfo | null;
  /** SD 3. */
  readonly pooled: TensorInfo | null;
  readonly inputChannels: number;
  readonly latentChannels: number;
  /** Pictures per run where the export fixed it. */
  readonly batch: number | null;
  readonly latentHeight: number | null;
  readonly latentWidth: number | null;
}

const NAMES = {
  sample: ['sample', 'hidden_states', 'latent', 'latents'],
  timestep: ['timestep', 'timesteps', 't'],
  context: ['encoder_hidden_states'],
  output: ['out_sample', 'out_hidden_states', 'sample', 'noise_pred'],
} as const;

/** Where a legacy export leaves the channels symbolic and hides them behind a cast, its class name or config tells. */
function inputChannelsOf(part: Part, sample: TensorInfo, latentChannels: number): number {
  return channelsOf(part.graph, sample) ?? numberAt(part.config, 'in_channels') ?? latentChannels;
}

function checkChannels(part: Part, channels: number, latentChannels: number): void {
  if (channels === latentChannels || channels === 2 * latentChannels + 1) return;
  const kind = channels === 2 * latentChannels ? 'an instruct-pix2pix model' : 'of a kind this program does not know';
  throw new StudioError(
    'model-unsupported',
    `${displayName(part.graph)} takes ${channels} channels where ${latentChannels} or ${2 * latentChannels + 1} are expected, so it is ${kind}: choose a text-to-image or inpainting model.`,
    { details: { file: displayName(part.graph), channels } },
  );
}

function checkInputs(part: Part, known: readonly (TensorInfo | null)[]): void {
  const names = known.map((info) => info?.name);
  const unknown = part.graph.inputs.find((input) => !names.includes(input.name));
  if (unknown === undefined) return;
  throw new StudioError(
    'model-unsupported',
    `${displayName(part.graph)} wants the input ${unknown.name}, which this program cannot supply: export it without ControlNet, adapters or other additions.`,
    { details: { file: displayName(part.graph), input: unknown.name } },
  );
}

/** @throws StudioError `model-invalid` or `model-unsupported` naming the file and what does not fit */
export function readDenoiserLayout(folder: ModelFolder, latentChannels: number): DenoiserLayout {
  const part = folder.parts.unet ?? folder.parts.transformer;
  if (part === undefined) throw new StudioError('model-missing', 'unet/model.onnx is missing: download or export this model again.');
  const { graph } = part;
  const sample = requireInfo(graph, 'inputs', NAMES.sample);
  const timestep = requireInfo(graph, 'inputs', NAMES.timestep);
  const context = requireInfo(graph, 'inputs', NAMES.context);
  const output = requireInfo(graph, 'outputs', NAMES.output);
  requireType(graph, sample, ['float32', 'float16']);
  requireType(graph, timestep, ['float32', 'float16', 'int64', 'int32']);
  requireType(graph, context, ['float32', 'float16']);
  requireType(graph, output, ['float32', 'float16']);
  const textEmbeds = findInfo(graph.inputs, ['text_embeds']);
  const timeIds = findInfo(graph.inputs, ['time_ids']);
  const timestepCond = findInfo(graph.inputs, ['timestep_cond']);
  const pooled = findInfo(graph.inputs, ['pooled_projections']);
  checkInputs(part, [sample, timestep, context, textEmbeds, timeIds, timestepCond, pooled]);
  const inputChannels = inputChannelsOf(part, sample, latentChannels);
  checkChannels(part, inputChannels, latentChannels);
  const outputChannels = staticDim(output, 1);
  if (outputChannels !== null && outputChannels !== latentChannels) {
    throw new StudioError(
      'model-unsupported',
      `${displayName(graph)} gives ${outputChannels} channels but vae_decoder takes ${latentChannels}: these parts are from different models.`,
      { details: { file: displayName(graph) } },
    );
  }
  return {
    part, sample, timestep, context, output, textEmbeds, timeIds, timestepCond, pooled, inputChannels, latentChannels,
    batch: staticDim(sample, 0),
    latentHeight: staticDim(sample, 2),
    latentWidth: staticDim(sample, 3),
  };
}
