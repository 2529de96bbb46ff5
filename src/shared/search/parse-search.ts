import { SEARCH_FIELDS, SEARCH_FIELD_NAMES, searchField, type ChoiceField, type DateField, type NumberField, type PartField, type SearchField, type WordsField } from './fields';
import { dateRange, numberRange, type NumberRange } from './ranges';
import { searchTokens, type Operator, type SearchToken, type TokenValue } from './tokens';

interface Place {
  /** Where the term stands in the text, e.g. to make a chip of it. */
  readonly from: number;
  readonly to: number;
  readonly isNegated: boolean;
}

/** One condition; a picture must meet all of a search, and one value of each term is enough. */
export type SearchTerm = Place &
  (
    | { readonly kind: 'words'; readonly field: WordsField | null; readonly values: readonly TokenValue[] }
    | { readonly kind: 'part'; readonly field: PartField; readonly values: readonly string[] }
    | { readonly kind: 'choice'; readonly field: ChoiceField; readonly values: readonly string[] }
    | { readonly kind: 'number'; readonly field: NumberField | DateField; readonly ranges: readonly NumberRange[] }
    | { readonly kind: 'exact-size'; readonly sizes: readonly { readonly width: number; readonly height: number }[] }
  );

export interface SearchProblem {
  readonly code: 'unknown-field' | 'not-a-number' | 'not-a-date' | 'not-a-choice' | 'no-comparison';
  readonly from: number;
  readonly to: number;
  readonly field: string;
  readonly received: string;
  /** What would have been understood. */
  readonly expected: readonly string[];
}

export interface ParsedSearch {
  readonly terms: readonly SearchTerm[];
  /** A term with a problem is left out of the search; the rest is searched all the same. */
  readonly problems: readonly SearchProblem[];
}

type Read = { readonly term: SearchTerm } | { readonly problem: Omit<SearchProblem, 'from' | 'to'> } | null;

const isPlain = (operator: Operator | null): boolean => operator === ':' || operator === '=';

/** `512x768` */
function exactSize(text: string): { readonly width: number; readonly height: number } | null {
  const match = /^(\d{1,6})[x×](\d{1,6})$/i.exec(text);
  return match === null ? null : { width: Number(match[1]), height: Number(match[2]) };
}

function readNumbers(token: SearchToken, field: NumberField | DateField, now: Date): Read {
  const operator = token.operator ?? ':';
  const isDate = SEARCH_FIELDS[field].kind === 'date';
  const place = { from: token.from, to: token.to, isNegated: token.isNegated };
  if (field === 'size' && isPlain(operator)) {
    const sizes = token.values.map(({ text }) => exactSize(text)).filter((size) => size !== null);
    if (sizes.length > 0 && sizes.length === token.values.length) return { term: { ...place, kind: 'exact-size', sizes } };
  }
  const ranges: NumberRange[] = [];
  for (const { text } of token.values) {
    const range = isDate ? dateRange(operator, text, now) : numberRange(operator, text);
    if (range === null) {
      return {
        problem: isDate
          ? { code: 'not-a-date', field, received: text, expected: ['2026-11', '2026-11-24', 'today', '7d'] }
          : { code: 'not-a-number', field, received: text, expected: ['42', '10..20'] },
      };
    }
    ranges.push(range);
  }
  return { term: { ...place, kind: 'number', field, ranges } };
}

/** Choices may be begun only: `origin:comfy` is enough where one value begins so. */
function readChoice(token: SearchToken, field: ChoiceField): Read {
  const known: readonly string[] = SEARCH_FIELDS[field].values;
  const values: string[] = [];
  for (const { text } of token.values) {
    const lower = text.toLowerCase();
    const begun = known.filter((value) => value.startsWith(lower));
    const value = known.find((candidate) => candidate === lower) ?? (begun.length === 1 ? begun[0] : undefined);
    if (value === undefined) return { problem: { code: 'not-a-choice', field, received: text, expected: known } };
    values.push(value);
  }
  return { term: { from: token.from, to: token.to, isNegated: token.isNegated, kind: 'choice', field, values } };
}

function readField(token: SearchToken, field: SearchField, now: Date): Read {
  const place = { from: token.from, to: token.to, isNegated: token.isNegated };
  const { kind } = SEARCH_FIELDS[field];
  if (kind === 'number' || kind === 'date') return readNumbers(token, field as NumberField | DateField, now);
  if (!isPlain(token.operator)) return { problem: { code: 'no-comparison', field, received: token.operator ?? '', expected: [`${field}:`] } };
  // The kind of the field decides its type; TypeScript does not narrow one by the other.
  if (kind === 'choice') return readChoice(token, field as ChoiceField);
  if (kind === 'part') return { term: { ...place, kind, field: field as PartField, values: token.values.map(({ text }) => text) } };
  return { term: { ...place, kind: 'words', field: field as WordsField, values: token.values } };
}

function readToken(token: SearchToken, text: string, now: Date): Read {
  const place = { from: token.from, to: token.to, isNegated: token.isNegated };
  if (token.field !== null) {
    const field = searchField(token.field);
    if (field === null) return { problem: { code: 'unknown-field', field: token.field, received: text.slice(token.from, token.to), expected: SEARCH_FIELD_NAMES } };
    // Still being typed.
    return token.values.length === 0 ? null : readField(token, field, now);
  }
  return token.values.length === 0 ? null : { term: { ...place, kind: 'words', field: null, values: token.values } };
}

/** Reads the text of a search box. Never throws: what is not understood becomes a problem. `now` is for `today`. */
export function parseSearch(text: string, now: Date): ParsedSearch {
  const terms: SearchTerm[] = [];
  const problems: SearchProblem[] = [];
  for (const token of searchTokens(text)) {
    const read = readToken(token, text, now);
    if (read === null) continue;
    if ('term' in read) terms.push(read.term);
    else problems.push({ ...read.problem, from: token.from, to: token.to });
  }
  return { terms, problems };
}

/** One sentence in English that names the remedy; the page has its own in every language. */
export function searchProblemText({ code, field, received, expected }: SearchProblem): string {
  switch (code) {
    case 'unknown-field':
      return `There is no field “${field}”; the fields are ${expected.join(', ')}.`;
    case 'not-a-number':
      return `Expected a number for ${field}, such as ${expected.join(' or ')}, but received “${received}”.`;
    case 'not-a-date':
      return `Expected a date for ${field}, such as ${expected.join(', ')}, but received “${received}”.`;
    case 'not-a-choice':
      return `Expected one of ${expected.join(', ')} for ${field} but received “${received}”.`;
    case 'no-comparison':
      return `The field ${field} holds text and cannot be compared with ${received}; write ${expected.join('')}.`;
  }
}
