import { staticDim } from '../models/part-names';
import type { TextEncoderLayout } from '../models/text-layout';
import { applyWeights } from '../prompt/apply-weights';
import { literalPrompt, parsePrompt } from '../prompt/attention';
import { chunkPrompt, emptyChunk, type PromptChunk, type TokenizedPrompt } from '../prompt/chunks';
import { withPlaceholders } from '../prompt/textual-inversion';
import type { Run } from '../run-context';
import { concat, type Tensor } from '../tensor/tensor';
import type { Tokenizer } from '../tokenizer/tokenizer';

const T5_LENGTH = 256;

/** The tokenizer with the window this encoder was exported with, or the one that was asked of T5. */
async function windowed(run: Run, layout: TextEncoderLayout): Promise<Tokenizer> {
  const tokenizer = await run.model.parts.tokenizer(layout.number, layout.tokenizer);
  const length = layout.length ?? (tokenizer.kind === 't5' ? (run.task.maxSequenceLength ?? T5_LENGTH) : tokenizer.maxLength);
  return { ...withPlaceholders(tokenizer, run.words.get(layout.part.name)?.placeholders ?? []), maxLength: length };
}

/** Chunks lengthen the context, which static exports and SD 3 (where T5 reads long prompts) do not take. */
function canChunk(run: Run): boolean {
  const { denoiser, family } = run.model.layout;
  return run.task.plain !== true && family.textRecipe !== 'sd3' && staticDim(denoiser.context, 1) === null;
}

async function tokenize(run: Run, layout: TextEncoderLayout, text: string): Promise<TokenizedPrompt & { readonly tokenizer: Tokenizer }> {
  const tokenizer = await windowed(run, layout);
  const parts = run.task.plain === true ? literalPrompt(text) : parsePrompt(text);
  return { ...chunkPrompt(tokenizer, parts, canChunk(run) ? 'chunk' : 'truncate'), tokenizer };
}

export interface TextFor {
  (layout: TextEncoderLayout): string;
}

/** How many chunks the longest of all texts takes in any CLIP encoder: halves of guidance and encoders must agree. */
export async function chunkCount(run: Run, texts: readonly TextFor[]): Promise<number> {
  let most = 1;
  for (const layout of run.model.layout.textEncoders.filter(({ number }) => number < 3)) {
    for (const textFor of texts) most = Math.max(most, (await tokenize(run, layout, textFor(layout))).chunks.length);
  }
  return most;
}

/**
 * The calls of a text encoder that one text takes, at least `count`; what had to be left out becomes a warning.
 * @param count filled up with empty chunks; 1 for T5
 */
export async function tokenSequences(run: Run, layout: TextEncoderLayout, request: { readonly text: string; readonly count: number }): Promise<readonly PromptChunk[]> {
  const { chunks, warning, tokenizer } = await tokenize(run, layout, request.text);
  if (warning !== null) run.warnings.add(warning);
  return [...chunks, ...Array.from({ length: Math.max(0, request.count - chunks.length) }, () => emptyChunk(tokenizer))];
}

/** Chunks [1, S, C] one after another on the token axis, each token times its weight. */
export function joinChunks(chunks: readonly { readonly chunk: PromptChunk; readonly hidden: Tensor }[]): Tensor {
  return concat(chunks.map(({ chunk, hidden }) => ({ ...hidden, data: applyWeights(hidden.data, chunk.weights) })), 1);
}
