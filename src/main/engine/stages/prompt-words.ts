import { createHash } from 'node:crypto';
import { StudioError } from '../../../shared/errors';
import type { PartName } from '../models/model-folder';
import { displayName } from '../models/part-names';
import type { TextEncoderLayout } from '../models/text-layout';
import { literalPrompt, parsePrompt } from '../prompt/attention';
import { assignPlaceholders, mentions, readTextualInversion, vectorsFor, withPlaceholders, type TextualInversion, type WordVectors } from '../prompt/textual-inversion';
import type { EncoderWords, Run } from '../run-context';
import { findTokenTable, withRows, type TokenTable } from '../runtime/token-table';
import { concat } from '../tensor/tensor';
import type { Tokenizer } from '../tokenizer/tokenizer';

interface Words {
  readonly inversions: readonly TextualInversion[];
  /** All prompts of the request, negative ones too. */
  readonly texts: readonly string[];
}

/** @param path absolute path of a text encoder's graph */
function requireTable(path: string, { inversions }: Words): TokenTable {
  const table = findTokenTable(path);
  if (table !== null) return table;
  const names = inversions.map(({ name }) => name).join(', ');
  throw new StudioError('model-unsupported', `${displayName({ path })} hides its table of words, so embeddings cannot be used with this model: take ${names} out of the prompt.`);
}

function requireVectors(layout: TextEncoderLayout, inversion: TextualInversion, table: TokenTable): WordVectors {
  const vectors = vectorsFor(inversion, table.width);
  if (vectors !== null) return vectors;
  const widths = inversion.vectors.map(({ dimension }) => dimension).join(' and ');
  throw new StudioError(
    'invalid-request',
    `The embedding ${inversion.name} holds vectors of ${widths} numbers where ${displayName(layout.part.graph)} takes ${table.width}: it was made for another kind of model, so take it out of the prompt or choose such a model.`,
  );
}

function fits(layout: TextEncoderLayout, inversion: TextualInversion): boolean {
  const table = findTokenTable(layout.part.graph.path);
  return table !== null && vectorsFor(inversion, table.width) !== null;
}

/** Ids that the prompts use beside the embeddings themselves. */
function usedIds(run: Run, tokenizer: Tokenizer, { inversions, texts }: Words): Set<number> {
  const nowhere = assignPlaceholders(inversions, []);
  const spelling = withPlaceholders(tokenizer, nowhere);
  const parts = texts.flatMap((text) => (run.task.plain === true ? literalPrompt(text) : parsePrompt(text)));
  return new Set(parts.flatMap((part) => (part.kind === 'break' ? [] : spelling.encode(part.text))));
}

/** Rows of the table that this request does not read, from the end on: those are the rarest words. */
async function freeIds(run: Run, layout: TextEncoderLayout, request: { readonly table: TokenTable; readonly words: Words; readonly count: number }): Promise<readonly number[]> {
  const tokenizer = await run.model.parts.tokenizer(layout.number, layout.tokenizer);
  const used = usedIds(run, tokenizer, request.words);
  for (const id of [tokenizer.padId, tokenizer.bosId, tokenizer.eosId]) if (id !== null) used.add(id);
  const ids: number[] = [];
  for (let id = Math.min(request.table.rows, tokenizer.eosId ?? Infinity) - 1; id >= 0 && ids.length < request.count; id -= 1) if (!used.has(id)) ids.push(id);
  if (ids.length === request.count) return ids;
  throw new StudioError('invalid-request', `The embeddings of this prompt take ${request.count} words but ${displayName(layout.part.graph)} has only ${ids.length} to spare: use fewer of them.`);
}

async function encoderWords(run: Run, layout: TextEncoderLayout, words: Words): Promise<EncoderWords> {
  const table = requireTable(layout.part.graph.path, words);
  const sets = words.inversions.map((inversion) => requireVectors(layout, inversion, table));
  const count = sets.reduce((sum, set) => sum + set.count, 0);
  const ids = await freeIds(run, layout, { table, words, count });
  const { data } = concat(sets.map((set) => ({ data: set.data, dims: [set.count, set.dimension] })), 0);
  const placeholders = assignPlaceholders(words.inversions, ids);
  const key = createHash('sha256').update(JSON.stringify(placeholders)).update(data).digest('hex');
  return { placeholders, variant: { key, content: (path) => withRows(requireTable(path, words), { ids, data }) } };
}

/**
 * What the embeddings that a prompt names mean to each CLIP encoder; empty where it names none, and then no graph is
 * changed. T5 reads their names as plain words, as diffusers' SD 3 does.
 * @param texts all prompts of the request
 * @throws StudioError `invalid-request` for vectors of another width, `model-unsupported` where the graph hides its
 * table, and what reading the files throws
 */
export async function promptWords(run: Run, texts: readonly string[]): Promise<ReadonlyMap<PartName, EncoderWords>> {
  const named = (run.task.embeddings ?? []).filter(({ token }) => texts.some((text) => mentions(text, token)));
  const encoders = run.model.layout.textEncoders.filter(({ number }) => number < 3);
  const inversions: TextualInversion[] = [];
  for (const { token, path, isRequired } of named) {
    const inversion = { ...(await readTextualInversion(path)), name: token };
    if (isRequired || encoders.every((layout) => fits(layout, inversion))) inversions.push(inversion);
    else run.warnings.add(`The embedding ${token} was made for another kind of model, so its name was read as plain words.`);
  }
  const words = new Map<PartName, EncoderWords>();
  if (inversions.length === 0) return words;
  for (const layout of encoders) words.set(layout.part.name, await encoderWords(run, layout, { inversions, texts }));
  return words;
}
