import type { SEARCH_FIELDS, ChoiceField, DateField, NumberField, PartField } from '../../../shared/search/fields';
import type { SearchTerm } from '../../../shared/search/parse-search';
import type { NumberRange } from '../../../shared/search/ranges';
import { FLAGS } from './row-values';

/** A question to the index that answers the numbers of pictures in a column `n`; values are bound, never written in. */
export interface Selection {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

/** Boards are in another database; the caller knows which pictures lie in them. */
export interface BoardLookup {
  /** Ids of the pictures in boards of that name (a part of it); every board's for null. */
  picturesIn(name: string | null): readonly string[];
}

const NUMBER_COLUMNS: Readonly<Record<NumberField | DateField, string>> = {
  size: 'MAX(width, height)',
  width: 'width',
  height: 'height',
  rating: 'rating',
  seed: 'seed',
  steps: 'steps',
  cfg: 'cfg',
  strength: 'strength',
  bytes: 'bytes',
  date: 'created_ms',
  modified: 'modified_ms',
};

/** The tokenizer keeps letters and digits of every script apart by everything else; scripts without spaces it cannot part. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;
const HAS_WORD = /[\p{L}\p{N}]/u;

const images = (where: string, ...values: readonly (string | number)[]): Selection => ({ sql: `SELECT n FROM images WHERE ${where}`, values });
const likePart = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

/** FTS5 takes any text in double quotes as a phrase; the star lets its last word be a beginning. */
const phrase = (text: string, isPhrase: boolean): string => `"${text.replaceAll('"', '""')}"${isPhrase ? '' : ' *'}`;

function words(term: Extract<SearchTerm, { kind: 'words' }>): Selection {
  const match = (text: string, isPhrase: boolean): string => `${term.field === null ? '' : `{${term.field}} : `}${phrase(text, isPhrase)}`;
  const selections = term.values.map(({ text, isPhrase }): Selection => {
    if (HAS_WORD.test(text) && !UNSPACED.test(text)) return { sql: 'SELECT rowid AS n FROM words WHERE words MATCH ?', values: [match(text, isPhrase)] };
    const like = likePart(text);
    const columns = { prompt: 'd.prompt', negative: 'd.negative', model: 'i.model', name: "COALESCE(i.name, '') || i.file", tag: 'd.tags' };
    const searched = term.field === null ? Object.values(columns) : [columns[term.field]];
    return { sql: `SELECT i.n FROM images i JOIN details d ON d.n = i.n WHERE ${searched.map((column) => `${column} LIKE ? ESCAPE '\\'`).join(' OR ')}`, values: searched.map(() => like) };
  });
  return union(selections);
}

function union(selections: readonly Selection[]): Selection {
  return { sql: selections.map(({ sql }) => sql).join(' UNION '), values: selections.flatMap(({ values }) => values) };
}

function range(column: string, { min, max }: NumberRange): Selection {
  // Says to SQLite that the index of rated pictures is enough.
  const isRated = column === 'rating' && min !== null && min > 0;
  const parts = [...(isRated ? ['rating > 0'] : []), ...(min === null ? [] : [`${column} >= ?`]), ...(max === null ? [] : [`${column} <= ?`])];
  return images(parts.join(' AND '), ...[min, max].filter((bound) => bound !== null));
}

const byId = (ids: readonly string[]): Selection => images('id IN (SELECT value FROM json_each(?))', JSON.stringify(ids));

function part(field: PartField, value: string, boards: BoardLookup): Selection {
  if (field === 'board') return byId(boards.picturesIn(value));
  // The folder is what stands before the file's own name.
  if (field === 'folder') return images(`file LIKE ? ESCAPE '\\'`, `${likePart(value)}/%`);
  // There are few samplers and many pictures.
  return images(`sampler IN (SELECT DISTINCT sampler FROM images WHERE sampler LIKE ? ESCAPE '\\')`, likePart(value));
}

function has(value: string, boards: BoardLookup): Selection {
  switch (value) {
    case 'tags':
      return { sql: 'SELECT DISTINCT n FROM tags', values: [] };
    case 'rating':
      return images('rating > 0');
    case 'label':
    case 'name':
      return images(`${value} IS NOT NULL`);
    case 'board':
      return byId(boards.picturesIn(null));
    case 'children':
      return images('id IN (SELECT parent_id FROM parents)');
    default: {
      const flag: Readonly<Record<string, number>> = FLAGS;
      return images('flags & ? <> 0', flag[value] ?? 0);
    }
  }
}

function choice(field: ChoiceField, value: string, boards: BoardLookup): Selection {
  switch (field) {
    case 'has':
      return has(value, boards);
    case 'shape':
      return images(value === 'square' ? 'width = height' : value === 'portrait' ? 'width < height' : 'width > height');
    case 'label':
      return value === 'none' ? images('label IS NULL') : images('label = ?', value);
    case 'origin':
    case 'kind':
    case 'format':
      return images(`${field} = ?`, value);
  }
}

/** The pictures that meet one term, its minus left aside. */
export function compileTerm(term: SearchTerm, boards: BoardLookup): Selection {
  switch (term.kind) {
    case 'words':
      return words(term);
    case 'part':
      return union(term.values.map((value) => part(term.field, value, boards)));
    case 'choice':
      return union(term.values.map((value) => choice(term.field, value, boards)));
    case 'number':
      return union(term.ranges.map((bounds) => range(NUMBER_COLUMNS[term.field], bounds)));
    case 'exact-size':
      return union(term.sizes.map(({ width, height }) => images('width = ? AND height = ?', width, height)));
  }
}

/** Fields whose values are counted for suggestions, with the column that holds them. */
export const COUNTED_COLUMNS: Partial<Readonly<Record<keyof typeof SEARCH_FIELDS, string>>> = {
  model: 'model',
  sampler: 'sampler',
  origin: 'origin',
  kind: 'kind',
  format: 'format',
  label: 'label',
  rating: 'rating',
  steps: 'steps',
  cfg: 'cfg',
  size: "width || 'x' || height",
};
