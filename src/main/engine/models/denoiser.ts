import type { Feeds, Model, TensorInfo, TensorValue } from '../runtime/runtime';
import type { DenoiserLayout } from './denoiser-layout';
import { concat } from '../tensor/tensor';
import { floatOutput, numbersFor } from './feeds';

/** What the text says to the denoiser, for one picture. */
export interface Conditioning {
  /** [S, C] flat. */
  readonly context: Float32Array;
  readonly contextLength: number;
  /** SDXL's text_embeds or SD 3's pooled_projections. */
  readonly pooled: Float32Array | null;
  /** SDXL: original height and width, crop top and left, target height and width. */
  readonly timeIds: Float32Array | null;
  /** LCM's embedded guidance scale. */
  readonly timestepCond: Float32Array | null;
}

export interface DenoiserInput {
  /** [C, h, w] flat, one picture, as the denoiser takes it: scaled, mask channels included. */
  readonly sample: Float32Array;
  readonly timestep: number;
  readonly height: number;
  readonly width: number;
}

const stack = (parts: readonly Float32Array[]): Float32Array => concat(parts.map((data) => ({ data, dims: [1, data.length] })), 0).data;

/** A scalar, [n] of a fixed n, or one value per picture, as the graph declares it. */
function timestepFor(info: TensorInfo, timestep: number, batch: number): TensorValue {
  if (info.dims.length === 0) return numbersFor(info, [], Float32Array.of(timestep));
  const declared = info.dims[0];
  const count = typeof declared === 'number' ? declared : batch;
  return numbersFor(info, [count], new Float32Array(count).fill(timestep));
}

function optionalFeed(info: TensorInfo | null, vectors: readonly (Float32Array | null)[]): Record<string, TensorValue> {
  if (info === null) return {};
  const present = vectors.filter((vector): vector is Float32Array => vector !== null);
  const width = present[0]?.length ?? 0;
  return { [info.name]: numbersFor(info, [present.length, width], stack(present)) };
}

/** What a run says beside latents and timestep, in the graph's types: the same for every step, so it is made once. */
export interface ConditioningFeeds {
  /** Pictures in the batch. */
  readonly batch: number;
  /** How many of them are asked for; an export with a fixed batch gets the last one repeated. */
  readonly count: number;
  readonly feeds: Feeds;
}

/** @param conditionings one or more of the same length, in batch order */
export function conditioningFeeds(layout: DenoiserLayout, conditionings: readonly Conditioning[]): ConditioningFeeds {
  const count = conditionings.length;
  const batch = Math.max(count, layout.batch ?? count);
  const last = conditionings.slice(-1);
  const filled = [...conditionings, ...Array.from({ length: batch - count }, () => last).flat()];
  const contexts = filled.map((conditioning) => conditioning.context);
  const length = filled[0]?.contextLength ?? 0;
  const width = (contexts[0]?.length ?? 0) / Math.max(1, length);
  const pooled = filled.map((conditioning) => conditioning.pooled);
  const feeds = {
    [layout.context.name]: numbersFor(layout.context, [batch, length, width], stack(contexts)),
    ...optionalFeed(layout.textEmbeds, pooled),
    ...optionalFeed(layout.pooled, pooled),
    ...optionalFeed(layout.timeIds, filled.map((conditioning) => conditioning.timeIds)),
    ...optionalFeed(layout.timestepCond, filled.map((conditioning) => conditioning.timestepCond)),
  };
  return { batch, count, feeds };
}

/**
 * One run of the denoiser on the same latents with one or more conditionings.
 * @returns one flat [C, h, w] per conditioning, in batch order
 */
export async function runDenoiser(
  options: { readonly model: Model; readonly layout: DenoiserLayout },
  input: DenoiserInput,
  { batch, count, feeds }: ConditioningFeeds,
): Promise<readonly Float32Array[]> {
  const { model, layout } = options;
  const samples = stack(new Array<Float32Array>(batch).fill(input.sample));
  const outputs = await model.run({
    [layout.sample.name]: numbersFor(layout.sample, [batch, layout.inputChannels, input.height, input.width], samples),
    [layout.timestep.name]: timestepFor(layout.timestep, input.timestep, batch),
    ...feeds,
  });
  const { data } = floatOutput(outputs, layout.output.name);
  const size = data.length / batch;
  return Array.from({ length: count }, (_, i) => data.subarray(i * size, (i + 1) * size));
}
