import type { TextEncoderLayout } from '../models/text-layout';
import type { Run } from '../run-context';
import type { Tensor } from '../tensor/tensor';
import { wrapTruncated, type Tokenizer } from '../tokenizer/tokenizer';

/** Ids of one call of a text encoder, special tokens and padding included. */
export interface TokenSequence {
  readonly ids: readonly number[];
  /** One factor per token, where the prompt gave any. */
  readonly weights: readonly number[] | null;
}

export interface SequenceRequest {
  readonly layout: TextEncoderLayout;
  readonly tokenizer: Tokenizer;
  readonly text: string;
  readonly other: string;
}

const T5_LENGTH = 256;

function lengthFor(run: Run, { layout, tokenizer }: SequenceRequest): number {
  if (layout.length !== null) return layout.length;
  return tokenizer.kind === 't5' ? (run.task.maxSequenceLength ?? T5_LENGTH) : tokenizer.maxLength;
}

/** Cuts the text where the encoder's window ends, as the reference does, and says so. */
function truncated(run: Run, request: SequenceRequest): TokenSequence {
  const { tokenizer, text } = request;
  const { ids, used, total } = wrapTruncated(tokenizer, tokenizer.encode(text), lengthFor(run, request));
  if (used < total) run.warnings.add(`The prompt is longer than the model reads: the last ${total - used} of ${total} tokens were left out.`);
  return { ids, weights: null };
}

/** The calls of a text encoder that one prompt takes. */
export function tokenSequences(run: Run, request: SequenceRequest): readonly TokenSequence[] {
  return [truncated(run, request)];
}

/** Scales each token of [1, S, C] by its weight. */
export function weigh(hidden: Tensor, tokens: TokenSequence): Tensor {
  const { weights } = tokens;
  if (weights === null) return hidden;
  const width = hidden.dims[2] ?? 1;
  return { dims: hidden.dims, data: hidden.data.map((value, i) => value * (weights[Math.floor(i / width)] ?? 1)) };
}
