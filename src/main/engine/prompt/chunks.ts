/**
 * Token ids per text-encoder call. `chunk`: A1111's way, as many chunks of 75 tokens as the prompt needs
 * (modules/sd_hijack_clip.py). `truncate`: diffusers' way, one chunk, the rest left out with a sentence that says so.
 * A prompt without syntax and of at most 75 tokens gives diffusers' ids in both.
 */
import { padTo, wrapTruncated, type Tokenizer } from '../tokenizer/tokenizer';
import { plainText, type PromptPart } from './attention';

export interface PromptChunk {
  /** [tokenizer.maxLength]: BOS, text, EOS, padding. */
  readonly ids: readonly number[];
  /** [tokenizer.maxLength], 1 for special tokens and padding. */
  readonly weights: readonly number[];
}

export interface TokenizedPrompt {
  /** At least one. */
  readonly chunks: readonly PromptChunk[];
  /** Text tokens that are used. */
  readonly tokenCount: number;
  /** One sentence where something was left out. */
  readonly warning: string | null;
}

interface WeightedToken {
  readonly id: number;
  readonly weight: number;
}

/** A full chunk whose last comma is this near gives the text behind the comma to the next chunk (A1111's default). */
const COMMA_BACKTRACK = 20;
/** Every chunk costs a run of the text encoder and widens the denoiser's attention; 750 tokens are some 500 words. */
const MAX_CHUNKS = 10;

/** Text tokens that fit between the special tokens. */
function roomOf(tokenizer: Tokenizer): number {
  return tokenizer.maxLength - (tokenizer.bosId === null ? 0 : 1) - (tokenizer.eosId === null ? 0 : 1);
}

function toChunk(tokenizer: Tokenizer, tokens: readonly WeightedToken[]): PromptChunk {
  const { ids } = wrapTruncated(tokenizer, tokens.map((token) => token.id), tokenizer.maxLength);
  const weights = [...(tokenizer.bosId === null ? [] : [1]), ...tokens.map((token) => token.weight)];
  return { ids, weights: padTo(weights, tokenizer.maxLength, 1) };
}

/** BOS, EOS and padding: what the shorter of two prompts is filled with. */
export function emptyChunk(tokenizer: Tokenizer): PromptChunk {
  return toChunk(tokenizer, []);
}

function tokensOf(tokenizer: Tokenizer, part: PromptPart): WeightedToken[] {
  return part.kind === 'break' ? [] : tokenizer.encode(part.text).map((id) => ({ id, weight: part.weight }));
}

function cutSentence(used: number, total: number): string | null {
  if (used >= total) return null;
  return `The prompt has ${String(total)} tokens and the model reads ${String(used)}, so the last ${String(total - used)} were left out.`;
}

function truncated(tokenizer: Tokenizer, tokens: readonly WeightedToken[]): TokenizedPrompt {
  const kept = tokens.slice(0, roomOf(tokenizer));
  return { chunks: [toChunk(tokenizer, kept)], tokenCount: kept.length, warning: cutSentence(kept.length, tokens.length) };
}

/** Splits into runs of at most `room` tokens, at BREAK and near a full chunk's last comma. */
function splitTokens(tokenizer: Tokenizer, parts: readonly PromptPart[]): WeightedToken[][] {
  const room = roomOf(tokenizer);
  const comma = tokenizer.encode(',')[0];
  const runs: WeightedToken[][] = [];
  let current: WeightedToken[] = [];
  let lastComma = -1;
  const finish = (): void => {
    runs.push(current);
    current = [];
    lastComma = -1;
  };
  const add = (token: WeightedToken): void => {
    if (token.id === comma) lastComma = current.length;
    else if (current.length === room && lastComma >= 0 && current.length - lastComma <= COMMA_BACKTRACK) {
      const moved = current.splice(lastComma + 1);
      finish();
      current = moved;
    }
    if (current.length === room) finish();
    current.push(token);
  };
  for (const part of parts) {
    if (part.kind === 'break') finish();
    else tokensOf(tokenizer, part).forEach(add);
  }
  if (current.length > 0 || runs.length === 0) finish();
  return runs;
}

function countTokens(runs: readonly (readonly WeightedToken[])[]): number {
  return runs.reduce((sum, run) => sum + run.length, 0);
}

function chunked(tokenizer: Tokenizer, parts: readonly PromptPart[]): TokenizedPrompt {
  const runs = splitTokens(tokenizer, parts);
  const kept = runs.slice(0, MAX_CHUNKS);
  const tokenCount = countTokens(kept);
  return { chunks: kept.map((run) => toChunk(tokenizer, run)), tokenCount, warning: cutSentence(tokenCount, countTokens(runs)) };
}

/**
 * Ids and weights of a parsed prompt. Only CLIP is chunked; T5 and the built-in words are read in one piece and cut
 * at `tokenizer.maxLength`. T5's weights are 1: it reads the words as one text.
 */
export function chunkPrompt(tokenizer: Tokenizer, parts: readonly PromptPart[], mode: 'chunk' | 'truncate'): TokenizedPrompt {
  if (tokenizer.kind === 't5') {
    return truncated(tokenizer, tokenizer.encode(plainText(parts)).map((id) => ({ id, weight: 1 })));
  }
  if (tokenizer.kind === 'word' || mode === 'truncate') return truncated(tokenizer, parts.flatMap((part) => tokensOf(tokenizer, part)));
  return chunked(tokenizer, parts);
}

/** Fills the shorter prompts with empty chunks: under guidance all halves need one sequence length. */
export function equaliseChunks(tokenizer: Tokenizer, prompts: readonly TokenizedPrompt[]): TokenizedPrompt[] {
  const most = Math.max(...prompts.map((prompt) => prompt.chunks.length));
  return prompts.map((prompt) => {
    const missing = Array.from({ length: most - prompt.chunks.length }, () => emptyChunk(tokenizer));
    return missing.length === 0 ? prompt : { ...prompt, chunks: [...prompt.chunks, ...missing] };
  });
}
