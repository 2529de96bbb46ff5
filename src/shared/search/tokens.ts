/** A value of a term: bare text, or a phrase in quotes. */
export interface TokenValue {
  readonly text: string;
  readonly isPhrase: boolean;
}

export const OPERATORS = ['>=', '<=', ':', '>', '<', '='] as const;
export type Operator = (typeof OPERATORS)[number];

/** One piece between spaces, as it was written. `from` and `to` are places in the text. */
export interface SearchToken {
  readonly from: number;
  readonly to: number;
  readonly isNegated: boolean;
  /** As typed; null for bare words. */
  readonly field: string | null;
  readonly operator: Operator | null;
  /** Where the values begin. */
  readonly valueFrom: number;
  /** Alternatives, parted by commas (only behind a field). */
  readonly values: readonly TokenValue[];
}

const HEAD = /(-?)(?:([A-Za-z]+)(>=|<=|:|>|<|=))?/y;
const isSpace = (c: string | undefined): boolean => c !== undefined && /\s/.test(c);

/** Reads one value; a quote that is not closed yet reaches to the end, as one is still typing it. */
function readValue(text: string, start: number, stopAtComma: boolean): { readonly value: TokenValue; readonly end: number } {
  if (text[start] === '"') {
    const close = text.indexOf('"', start + 1);
    const end = close === -1 ? text.length : close;
    return { value: { text: text.slice(start + 1, end), isPhrase: true }, end: close === -1 ? end : end + 1 };
  }
  let end = start;
  while (end < text.length && !isSpace(text[end]) && !(stopAtComma && text[end] === ',')) end += 1;
  return { value: { text: text.slice(start, end), isPhrase: false }, end };
}

/** Splits the text of a search box. Never throws; every character that is no space belongs to one token. */
export function searchTokens(text: string): readonly SearchToken[] {
  const tokens: SearchToken[] = [];
  let at = 0;
  while (at < text.length) {
    if (isSpace(text[at])) {
      at += 1;
      continue;
    }
    HEAD.lastIndex = at;
    const [head, minus, field, operator] = HEAD.exec(text) ?? [''];
    const valueFrom = at + head.length;
    const values: TokenValue[] = [];
    let end = valueFrom;
    for (let start = valueFrom; ; start = end + 1) {
      const read = readValue(text, start, field !== undefined);
      if (read.value.text !== '') values.push(read.value);
      end = read.end;
      if (field === undefined || text[end] !== ',') break;
    }
    // A quote may close in the middle of a word; the rest begins a token of its own.
    const from = at;
    at = Math.max(end, at + 1);
    tokens.push({ from, to: at, isNegated: minus === '-', field: field ?? null, operator: OPERATORS.find((o) => o === operator) ?? null, valueFrom, values });
  }
  return tokens;
}
