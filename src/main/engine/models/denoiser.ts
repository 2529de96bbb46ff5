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

function feedsFor(layout: DenoiserLayout, input: DenoiserInput, conditionings: readonly Conditioning[]): Feeds {
  const batch = conditionings.length;
  const { height, width } = input;
  const contexts = conditionings.map((conditioning) => conditioning.context);
  const length = conditionings[0]?.contextLength ?? 0;
  const contextWidth = (contexts[0]?.length ?? 0) / Math.max(1, length);
  const pooled = conditionings.map((conditioning) => conditioning.pooled);
  return {
    [layout.sample.name]: numbersFor(layout.sample, [batch, layout.inputChannels, height, width], stack(conditionings.map(() => input.sample))),
    [layout.timestep.name]: timestepFor(layout.timestep, input.timestep, batch),
    [layout.context.name]: numbersFor(layout.context, [batch, length, contextWidth], stack(contexts)),
    ...optionalFeed(layout.textEmbeds, pooled),
    ...optionalFeed(layout.pooled, pooled),
    ...optionalFeed(layout.timeIds, conditionings.map((conditioning) => conditioning.timeIds)),
    ...optionalFeed(layout.timestepCond, conditionings.map((conditioning) => conditioning.timestepCond)),
  };
}

/**
 * One run of the denoiser on the same latents with one or more conditionings, in batch order.
 * An export with a fixed batch gets its batch filled up by repeating the last conditioning.
 * @returns one flat [C, h, w] per conditioning
 */
export async function runDenoiser(
  options: { readonly model: Model; readonly layout: DenoiserLayout },
  input: DenoiserInput,
  conditionings: readonly Conditioning[],
): Promise<readonly Float32Array[]> {
  const { layout } = options;
  const batch = layout.batch ?? conditionings.length;
  const last = conditionings.at(-1);
  const filled = last === undefined ? [] : [...conditionings, ...new Array<Conditioning>(Math.max(0, batch - conditionings.length)).fill(last)];
  const outputs = await options.model.run(feedsFor(layout, input, filled));
  const { data } = floatOutput(outputs, layout.output.name);
  const size = data.length / filled.length;
  return conditionings.map((_, i) => data.subarray(i * size, (i + 1) * size));
}
