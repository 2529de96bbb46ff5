import type { Suggestion } from '../../../shared/gallery';
import { quoteValue, suggestContext, termText, type SuggestContext } from '../../../shared/search/edit-search';
import { SEARCH_FIELD_NAMES, SEARCH_FIELDS, type SearchField } from '../../../shared/search/fields';
import type { StudioDatabase } from '../database/open-sqlite';
import { COUNTED_COLUMNS } from './compile-search';

const MAX_OPTIONS = 12;
const MAX_FIELDS = 6;

interface Counted {
  readonly value: string | number;
  readonly count: number;
}

export interface SuggestOptions {
  readonly database: StudioDatabase;
  /** Boards with their sizes; they are not in the index. */
  boards(): readonly { readonly name: string; readonly count: number }[];
  /** How many pictures meet a search text. */
  count(text: string): number;
}

/** Offers the names of fields, the values that the library holds, and words of prompts, each with how often it occurs. */
export function createSuggest({ database, boards, count }: SuggestOptions): (text: string, caret: number) => { readonly from: number; readonly to: number; readonly options: readonly Suggestion[] } {
  const all = (sql: string, ...values: readonly (string | number)[]): readonly Counted[] => database.prepare(sql).all(...values) as Counted[];
  /** Behind every word that begins so: the largest character that no word holds. */
  const after = (typed: string): string => `${typed}\u{10ffff}`;
  const wordsIn = (column: string | null, typed: string): readonly Counted[] =>
    typed === '' ? [] : all(
      `SELECT term AS value, ${column === null ? 'SUM(doc)' : 'doc'} AS count FROM vocabulary WHERE term >= ?1 AND term < ?2 ${column === null ? "AND col <> 'negative' GROUP BY term" : 'AND col = ?3'} ORDER BY count DESC LIMIT ${String(MAX_OPTIONS)}`,
      ...[typed, after(typed), ...(column === null ? [] : [column])],
    );
  const matching = (options: readonly Counted[], typed: string): readonly Counted[] => {
    const lower = typed.toLowerCase();
    const rank = ({ value }: Counted): number => (String(value).toLowerCase().startsWith(lower) ? 0 : 1);
    return options.filter(({ value }) => String(value).toLowerCase().includes(lower)).sort((a, b) => rank(a) - rank(b) || b.count - a.count);
  };

  const valuesOf = (field: SearchField, typed: string): readonly Counted[] => {
    if (field === 'tag') return matching(all('SELECT tag AS value, COUNT(*) AS count FROM tags GROUP BY tag'), typed);
    if (field === 'board') return matching(boards().map(({ name, count: pictures }) => ({ value: name, count: pictures })), typed);
    if (field === 'folder') return matching(all("SELECT RTRIM(RTRIM(file, REPLACE(file, '/', '')), '/') AS value, COUNT(*) AS count FROM images GROUP BY 1"), typed).filter(({ value }) => value !== '');
    const column = COUNTED_COLUMNS[field];
    const kind = SEARCH_FIELDS[field];
    if (kind.kind === 'choice') {
      const counted = column === undefined ? null : new Map(all(`SELECT ${column} AS value, COUNT(*) AS count FROM images WHERE ${column} IS NOT NULL GROUP BY 1`).map((row) => [row.value, row.count]));
      const values = kind.values.map((value) => ({ value, count: counted?.get(value) ?? count(termText(field, value)) }));
      return matching(values, typed).filter((option) => option.count > 0);
    }
    if (column !== undefined) return matching(all(`SELECT ${column} AS value, COUNT(*) AS count FROM images WHERE ${column} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC LIMIT 500`), typed);
    if (kind.kind === 'words') return wordsIn(field, typed.toLowerCase());
    if (kind.kind === 'date') return matching(['today', 'yesterday', '7d', '30d'].map((value) => ({ value, count: count(termText(field, value)) })), typed).filter((option) => option.count > 0);
    return [];
  };

  const forValue = ({ field, typed }: SuggestContext & { readonly field: SearchField }): readonly Suggestion[] =>
    valuesOf(field, typed).slice(0, MAX_OPTIONS).map(({ value, count: pictures }) => ({ insert: quoteValue(String(value)), label: String(value), count: pictures }));

  const forWord = ({ typed }: SuggestContext): readonly Suggestion[] => {
    const lower = typed.toLowerCase();
    const fields = SEARCH_FIELD_NAMES.filter((field) => field.startsWith(lower)).slice(0, lower === '' ? SEARCH_FIELD_NAMES.length : MAX_FIELDS);
    return [
      ...fields.map((field) => ({ insert: `${field}:`, label: field, count: null })),
      ...wordsIn(null, lower).map(({ value, count: pictures }) => ({ insert: String(value), label: String(value), count: pictures })),
    ];
  };

  return (text, caret) => {
    const context = suggestContext(text, Math.min(caret, text.length));
    const { field } = context;
    return { from: context.from, to: context.to, options: field === null ? forWord(context) : forValue({ ...context, field }) };
  };
}
