import { SEARCH_FIELDS, searchField, type SearchField } from './fields';
import { searchTokens } from './tokens';

/** A value as it must be written so that it stays one value. */
export const quoteValue = (text: string): string => (/^[^\s",]+$/.test(text) ? text : `"${text.replaceAll('"', ' ').trim()}"`);

/** A term to put into the box, e.g. `-model:"My model"`. */
export const termText = (field: SearchField, value: string, isNegated = false): string => `${isNegated ? '-' : ''}${field}:${quoteValue(value)}`;

/** The text without what stands between two places, spaces tidied. */
export const withoutSpan = (text: string, { from, to }: { readonly from: number; readonly to: number }): string =>
  `${text.slice(0, from)}${text.slice(to)}`.replace(/\s+/g, ' ').trim();

/** The text with one more term, at its end. */
export const withTerm = (text: string, term: string): string => (text.trim() === '' ? term : `${text.trim()} ${term}`);

/** What is being typed where the caret stands, and what a suggestion would replace. */
export interface SuggestContext {
  readonly from: number;
  readonly to: number;
  /** Null while a bare word (or the name of a field) is being typed. */
  readonly field: SearchField | null;
  readonly typed: string;
  /** Minus before the word; it stays. */
  readonly isNegated: boolean;
}

/** Looks at the token that the caret stands in or just behind. */
export function suggestContext(text: string, caret: number): SuggestContext {
  const token = searchTokens(text).find(({ from, to }) => from < caret && caret <= to);
  if (token === undefined) return { from: caret, to: caret, field: null, typed: '', isNegated: false };
  const field = token.field === null ? null : searchField(token.field);
  const isValue = field !== null && caret >= token.valueFrom;
  if (!isValue) {
    const from = token.from + (token.isNegated ? 1 : 0);
    return { from, to: token.to, field: null, typed: text.slice(from, caret).replace(/^"/, ''), isNegated: token.isNegated };
  }
  // Only the alternative under the caret is replaced.
  const isList = SEARCH_FIELDS[field].kind !== 'number';
  const comma = isList ? text.lastIndexOf(',', caret - 1) : -1;
  const from = Math.max(token.valueFrom, comma + 1);
  const nextComma = isList ? text.indexOf(',', caret) : -1;
  const to = nextComma === -1 || nextComma > token.to ? token.to : nextComma;
  return { from, to, field, typed: text.slice(from, caret).replace(/^"/, ''), isNegated: token.isNegated };
}
