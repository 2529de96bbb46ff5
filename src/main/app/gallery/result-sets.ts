import { ASPECT_SCALE, type GalleryQuery, type SortKey } from '../../../shared/gallery';
import { parseSearch, type SearchTerm } from '../../../shared/search/parse-search';
import type { StudioDatabase } from '../database/open-sqlite';
import { compileTerm, type BoardLookup, type Selection } from './compile-search';

/**
 * Answers queries as lists of row numbers. SQLite finds the pictures of each term (as one joined text, which is ten
 * times faster to fetch than rows); sorting is done once a key and kept as a permutation, so that a search of a
 * hundred thousand pictures is a walk over numbers.
 */
export interface ResultSets {
  /** Row numbers in the query's order. Kept until the next change. */
  ordered(query: GalleryQuery): Int32Array;
  aspects(query: GalleryQuery): Uint16Array;
  /** How many pictures meet a search text. */
  count(text: string): number;
  /** Pictures came, went or changed. */
  invalidate(): void;
}

const SORT_COLUMNS: Readonly<Record<SortKey, string>> = {
  created: 'created_ms',
  modified: 'modified_ms, created_ms',
  name: 'COALESCE(LOWER(name), base_name), created_ms',
  rating: 'rating, created_ms',
  pixels: 'width * height, created_ms',
  bytes: 'bytes, created_ms',
  model: 'model COLLATE NOCASE, created_ms',
  seed: 'seed, created_ms',
  prompt: 'prompt_start, created_ms',
};

const KEPT_RESULTS = 8;
/** Terms that were asked for lately: while one types, only the last of them is new. */
const KEPT_TERMS = 24;

/** Parses `1,22,333` without making a string of each number. */
function parseNumbers(text: string | null): Int32Array {
  if (text === null || text === '') return new Int32Array(0);
  const numbers: number[] = [];
  let value = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 44) {
      numbers.push(value);
      value = 0;
    } else value = value * 10 + code - 48;
  }
  numbers.push(value);
  return Int32Array.from(numbers);
}

function forgetOldest(map: Map<string, unknown>, limit: number): void {
  const [oldest] = map.keys();
  if (map.size > limit && oldest !== undefined) map.delete(oldest);
}

export interface ResultSetOptions {
  readonly database: StudioDatabase;
  readonly boards: BoardLookup;
  /** The pictures of a board: a search text, or ids put together by hand; null when there is no such board. */
  board(id: NonNullable<GalleryQuery['boardId']>): { readonly query: string | null; readonly imageIds: readonly string[] } | null;
  now(): Date;
}

/** Row numbers as SQLite finds them: orders and selections, kept until something changes. */
function createNumbers(database: StudioDatabase) {
  const orders = new Map<SortKey, Int32Array>();
  const selections = new Map<string, Int32Array>();
  const joined = ({ sql, values }: Selection): Int32Array => {
    const row = database.prepare(`SELECT group_concat(n) AS numbers FROM (${sql})`).get(...values) as { readonly numbers: string | null };
    return parseNumbers(row.numbers);
  };
  return {
    joined,
    highest: (): number => (database.prepare('SELECT MAX(n) AS n FROM images').get() as { readonly n: number | null }).n ?? 0,
    order: (key: SortKey): Int32Array => {
      const made = orders.get(key) ?? joined({ sql: `SELECT n FROM images ORDER BY ${SORT_COLUMNS[key]}, n`, values: [] });
      orders.set(key, made);
      return made;
    },
    selected: (selection: Selection): Int32Array => {
      const key = JSON.stringify(selection);
      const found = selections.get(key) ?? joined(selection);
      selections.set(key, found);
      forgetOldest(selections, KEPT_TERMS);
      return found;
    },
    clear: (): void => {
      orders.clear();
      selections.clear();
    },
  };
}

export function createResultSets({ database, boards, board, now }: ResultSetOptions): ResultSets {
  const numbers = createNumbers(database);
  const results = new Map<string, Int32Array>();
  let aspectsByNumber: Uint16Array | null = null;

  /** One byte a picture: 1 = meets every term. Null = no term at all. */
  const meet = (wanted: readonly SearchTerm[], size: number): Uint8Array | null => {
    let all: Uint8Array | null = null;
    for (const term of wanted) {
      const mark = new Uint8Array(size).fill(term.isNegated ? 1 : 0);
      for (const n of numbers.selected(compileTerm(term, boards))) mark[n] = term.isNegated ? 0 : 1;
      if (all === null) all = mark;
      else for (let n = 0; n < size; n += 1) all[n] = (all[n] ?? 0) & (mark[n] ?? 0);
    }
    return all;
  };
  const meetQuery = ({ text, boardId }: Pick<GalleryQuery, 'text' | 'boardId'>): Uint8Array | null => {
    const size = numbers.highest() + 1;
    const inBoard = boardId === null ? null : board(boardId);
    if (boardId !== null && inBoard === null) return new Uint8Array(size);
    const asked = [...parseSearch(text, now()).terms, ...(inBoard?.query == null ? [] : parseSearch(inBoard.query, now()).terms)];
    const all = meet(asked, size);
    if (inBoard === null || inBoard.query !== null) return all;
    const mark = new Uint8Array(size);
    const ids = { sql: 'SELECT n FROM images WHERE id IN (SELECT value FROM json_each(?))', values: [JSON.stringify(inBoard.imageIds)] };
    for (const n of numbers.joined(ids)) mark[n] = all === null ? 1 : (all[n] ?? 0);
    return mark;
  };

  const ordered = (query: GalleryQuery): Int32Array => {
    const key = JSON.stringify([query.text, query.boardId, query.sort.by, query.sort.isDescending]);
    const known = results.get(key);
    if (known !== undefined) return known;
    const sorted = numbers.order(query.sort.by);
    const wanted = meetQuery(query);
    const found = wanted === null ? sorted.slice() : sorted.filter((n) => wanted[n] === 1);
    if (query.sort.isDescending) found.reverse();
    results.set(key, found);
    forgetOldest(results, KEPT_RESULTS);
    return found;
  };

  return {
    ordered,
    count: (text) => meetQuery({ text, boardId: null })?.reduce((sum, mark) => sum + mark, 0) ?? numbers.order('created').length,
    aspects: (query) => {
      if (aspectsByNumber === null) {
        const newest = numbers.order('created');
        const made = new Uint16Array(numbers.highest() + 1);
        const values = numbers.joined({ sql: `SELECT MAX(1, MIN(65535, width * ${String(ASPECT_SCALE)} / height)) AS n FROM images ORDER BY created_ms, n`, values: [] });
        newest.forEach((n, at) => (made[n] = values[at] ?? ASPECT_SCALE));
        aspectsByNumber = made;
      }
      const byNumber = aspectsByNumber;
      return Uint16Array.from(ordered(query), (n) => byNumber[n] ?? ASPECT_SCALE);
    },
    invalidate: () => {
      numbers.clear();
      results.clear();
      aspectsByNumber = null;
    },
  };
}
