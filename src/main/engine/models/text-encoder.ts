import type { Feeds, Model, TensorValue } from '../runtime/runtime';
import { StudioError } from '../../../shared/errors';
import { floatOutput, idsFor } from './feeds';
import type { Tensor } from '../tensor/tensor';
import { displayName } from './part-names';
import type { TextEncoderLayout } from './text-layout';

/** What one text encoder says about one sequence of ids. */
export interface EncodedText {
  /** [1, S, C], after the final layer norm. */
  readonly lastHidden: Tensor | null;
  /** [1, C]: projected where the export has it. */
  readonly pooled: Tensor | null;
  /** `hidden_states[-(skip + 2)]`: the last but one layer, or an earlier one; [1, S, C] without the final norm. */
  hiddenState(skip: number): Tensor;
}

/** Inputs some exports list beside the ids; the reference passes neither a mask nor flags, so these mean "all" and "yes". */
function extraFeeds(layout: TextEncoderLayout, length: number): Record<string, TensorValue> {
  const feeds: Record<string, TensorValue> = {};
  for (const input of layout.part.graph.inputs) {
    if (input.name === layout.ids.name) continue;
    if (input.type === 'bool') feeds[input.name] = { type: 'bool', dims: input.dims.length === 0 ? [] : [1], data: Uint8Array.of(1) };
    else feeds[input.name] = idsFor(input, [1, length], new Array<number>(length).fill(1));
  }
  return feeds;
}

/**
 * Encodes one sequence; the batch is always one, which every export accepts.
 * @param ids special tokens and padding included
 * @throws StudioError `invalid-request` from `hiddenState` when the export lacks the layer asked for
 */
export async function encodeText(model: Model, layout: TextEncoderLayout, ids: readonly number[]): Promise<EncodedText> {
  const feeds: Feeds = { ...extraFeeds(layout, ids.length), [layout.ids.name]: idsFor(layout.ids, [1, ids.length], ids) };
  const outputs = await model.run(feeds);
  return {
    lastHidden: layout.lastHidden === null ? null : floatOutput(outputs, layout.lastHidden.name),
    pooled: layout.pooled === null ? null : floatOutput(outputs, layout.pooled.name),
    hiddenState(skip) {
      const info = layout.hiddenStates.get(layout.penultimate - skip);
      if (info !== undefined) return floatOutput(outputs, info.name);
      throw new StudioError('invalid-request', `${displayName(layout.part.graph)} was exported without the hidden states that this clip skip reads: choose a smaller one, or 0.`);
    },
  };
}
