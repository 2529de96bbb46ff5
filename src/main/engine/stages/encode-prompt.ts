import { guidanceEmbedding } from './guidance-embedding';
import { promptWords } from './prompt-words';
import { encodeSide, type SideTexts } from './text-recipes';
import type { Conditioning } from '../models/denoiser';
import { staticDim } from '../models/part-names';
import type { Guidance, Run } from '../run-context';

/** Prompts of one size of picture; SDXL is told the size. */
export interface PromptSize {
  readonly width: number;
  readonly height: number;
}

const CACHE_LIMIT = 16;

/** Empty strings count as absent, as Python's `prompt_2 or prompt` has it. */
const orElse = (text: string | null | undefined, fallback: string): string => (text === null || text === undefined || text === '' ? fallback : text);

function sides(run: Run): { readonly positive: SideTexts; readonly negative: SideTexts } {
  const { task } = run;
  const negative = task.negativePrompt ?? '';
  return {
    positive: { first: task.prompt, second: orElse(task.prompt2, task.prompt), third: orElse(task.prompt3, task.prompt) },
    negative: { first: negative, second: orElse(task.negativePrompt2, negative), third: orElse(task.negativePrompt3, negative) },
  };
}

/** Whether the unconditional half is run at all: only above 1, and never where guidance is an input of the model. */
export const isGuided = (run: Run): boolean => run.task.guidanceScale > 1 && run.model.layout.family.guidance === 'classifier-free';

/** [original h, w, crop top, left, target h, w] (diffusers `_get_add_time_ids`). */
function timeIds(run: Run, size: PromptSize): Float32Array | null {
  if (run.model.layout.denoiser.timeIds === null) return null;
  const { task } = run;
  const original = task.originalSize ?? [size.height, size.width];
  const crop = task.cropTopLeft ?? [0, 0];
  const target = task.targetSize ?? [size.height, size.width];
  return Float32Array.of(...original, ...crop, ...target);
}

function timestepCond(run: Run): Float32Array | null {
  const input = run.model.layout.denoiser.timestepCond;
  return input === null ? null : guidanceEmbedding(run.task.guidanceScale - 1, staticDim(input, -1) ?? 256);
}

const zerosLike = (conditioning: Conditioning): Conditioning => ({
  ...conditioning,
  context: new Float32Array(conditioning.context.length),
  pooled: conditioning.pooled === null ? null : new Float32Array(conditioning.pooled.length),
});

/** SDXL was trained with zeros, not with an encoded "", where no negative prompt was given. */
const wantsZeros = (run: Run): boolean =>
  run.task.negativePrompt === null && run.model.layout.family.textRecipe === 'sdxl' && run.model.layout.folder.index['force_zeros_for_empty_prompt'] !== false;

async function encode(run: Run, size: PromptSize): Promise<Guidance> {
  const { positive, negative } = sides(run);
  const hasNegative = isGuided(run);
  const shared = { timeIds: timeIds(run, size), timestepCond: timestepCond(run) };
  // diffusers skips layers of the prompt only: each pipeline reads the negative prompt's usual layer (`encode_prompt`).
  const encoded = await encodeSide(run, { texts: positive, other: hasNegative ? negative : positive, clipSkip: run.task.clipSkip ?? 0 });
  const conditioning: Conditioning = { ...encoded, ...shared };
  if (!hasNegative) return { positive: conditioning, negative: null };
  if (wantsZeros(run)) return { positive: conditioning, negative: zerosLike(conditioning) };
  return { positive: conditioning, negative: { ...(await encodeSide(run, { texts: negative, other: positive, clipSkip: 0 })), ...shared } };
}

/**
 * Turns the prompts into what the denoiser takes; once per request, and not again for a prompt this model has just seen.
 * @throws StudioError `invalid-request` for a clip skip the export cannot do, and for embeddings that do not fit
 */
export async function encodePrompt(run: Run, size: PromptSize): Promise<Guidance> {
  const { task, model } = run;
  const { positive, negative } = sides(run);
  run.words = await promptWords(run, [positive, negative].flatMap((texts) => Object.values(texts) as string[]));
  const words = [...run.words.values()].map(({ variant }) => variant.key);
  const key = JSON.stringify([
    positive, negative, words, task.negativePrompt === null, isGuided(run), task.guidanceScale, size, task.clipSkip, task.maxSequenceLength, task.useT5, task.plain,
    task.originalSize, task.targetSize, task.cropTopLeft,
  ]);
  const known = model.prompts.get(key);
  if (known !== undefined) return known;
  run.enter('encoding');
  run.report(0, 1);
  const guidance = await encode(run, size);
  run.report(1, 1);
  const oldest = model.prompts.keys().next();
  if (model.prompts.size >= CACHE_LIMIT && oldest.done !== true) model.prompts.delete(oldest.value);
  model.prompts.set(key, guidance);
  return guidance;
}
