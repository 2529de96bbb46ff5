/**
 * A1111's attention syntax (its modules/prompt_parser.py; the grammar is in the engine reference, "A1111 prompt
 * syntax"): (text) x1.1, [text] /1.1, (text:1.5), nesting multiplies, unclosed brackets reach to the end, backslash
 * escapes, BREAK starts a new chunk. One difference: BREAK inside brackets breaks too, where A1111 spells it out.
 */
export interface WeightedText {
  readonly kind: 'text';
  readonly text: string;
  readonly weight: number;
}
export interface ChunkBreak {
  readonly kind: 'break';
}
export type PromptPart = WeightedText | ChunkBreak;

const ROUND = 1.1;
const SQUARE = 1 / 1.1;
const TOKEN = /\\[()[\]\\]|\\|[([]|:\s*(?<weight>[+-]?(?:\d+\.?\d*|\.\d+))\s*\)|[)\]]|[^\\()[\]:]+|:/gu;
const BREAK = /\s*(?<![\p{L}\p{N}_])BREAK(?![\p{L}\p{N}_])\s*/u;

interface DraftText {
  kind: 'text';
  text: string;
  weight: number;
}
type Draft = DraftText | ChunkBreak;

/** The number of `(text:number)`, else `null`. */
function weightOf(match: RegExpMatchArray): number | null {
  const text = match.groups?.['weight'];
  return text === undefined ? null : Number(text);
}

function multiplyFrom(parts: readonly Draft[], start: number, factor: number): void {
  for (const part of parts.slice(start)) if (part.kind === 'text') part.weight *= factor;
}

function pushText(parts: Draft[], text: string): void {
  text.split(BREAK).forEach((piece, index) => {
    if (index > 0) parts.push({ kind: 'break' });
    parts.push({ kind: 'text', text: piece, weight: 1 });
  });
}

/** Joins neighbours of equal weight and drops what is empty, unless nothing else is left. */
function mergeEqual(parts: readonly Draft[]): PromptPart[] {
  const merged: Draft[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (part.kind === 'break') merged.push(part);
    else if (last?.kind === 'text' && last.weight === part.weight) last.text += part.text;
    else if (part.text !== '') merged.push({ ...part });
  }
  return merged.length === 0 ? literalPrompt('') : merged;
}

/** The text as the reference reads it: no syntax, weight 1. */
export function literalPrompt(text: string): PromptPart[] {
  return [{ kind: 'text', text, weight: 1 }];
}

/** Never throws: whatever is no syntax is text. An empty prompt is one empty text of weight 1. */
export function parsePrompt(prompt: string): PromptPart[] {
  const parts: Draft[] = [];
  const round: number[] = [];
  const square: number[] = [];
  for (const match of prompt.matchAll(TOKEN)) {
    const token = match[0];
    const weight = weightOf(match);
    const open = token.startsWith(':') || token === ')' ? round : square;
    if (token.startsWith('\\')) parts.push({ kind: 'text', text: token.slice(1), weight: 1 });
    else if (token === '(') round.push(parts.length);
    else if (token === '[') square.push(parts.length);
    else if ((weight !== null || token === ')' || token === ']') && open.length > 0) {
      multiplyFrom(parts, open.pop() ?? 0, weight ?? (token === ')' ? ROUND : SQUARE));
    } else pushText(parts, token);
  }
  for (const start of round) multiplyFrom(parts, start, ROUND);
  for (const start of square) multiplyFrom(parts, start, SQUARE);
  return mergeEqual(parts);
}

/** The words alone, for tokenizers that know no weights. */
export function plainText(parts: readonly PromptPart[]): string {
  return parts.map((part) => (part.kind === 'break' ? ' ' : part.text)).join('');
}
