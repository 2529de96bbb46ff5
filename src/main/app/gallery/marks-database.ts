import type { Label, Marks } from '../../../shared/gallery';
import type { BoardId, ImageId, RootId, SavedSearchId } from '../../../shared/ids';
import { openSqlite, type OpenedSqlite, type StudioDatabase } from '../database/open-sqlite';

/** Numbered by their place; one that has been released is never edited, only followed by another. */
const MIGRATIONS: readonly string[] = [
  `CREATE TABLE marks (
     image_id TEXT PRIMARY KEY,
     rating INTEGER NOT NULL CHECK (rating BETWEEN 0 AND 5),
     label TEXT,
     -- A JSON list, sorted.
     tags TEXT NOT NULL,
     name TEXT
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE boards (id TEXT PRIMARY KEY, position INTEGER NOT NULL, name TEXT NOT NULL, query TEXT) STRICT, WITHOUT ROWID;
   CREATE TABLE board_pictures (
     board_id TEXT NOT NULL REFERENCES boards (id) ON DELETE CASCADE,
     image_id TEXT NOT NULL,
     position INTEGER NOT NULL,
     PRIMARY KEY (board_id, image_id)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX board_pictures_boards ON board_pictures (image_id);
   CREATE TABLE searches (id TEXT PRIMARY KEY, position INTEGER NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL) STRICT, WITHOUT ROWID;
   CREATE TABLE roots (id TEXT PRIMARY KEY, position INTEGER NOT NULL, path TEXT NOT NULL UNIQUE) STRICT, WITHOUT ROWID;
   -- Rises with every change, so that an index that missed one is found out.
   CREATE TABLE revision (value INTEGER NOT NULL) STRICT;
   INSERT INTO revision VALUES (0);`,
];

/**
 * Opens `marks.db`: what the user has said of pictures. No file tells it again, so it is hard-synced, lies apart from
 * the index, and is copied every day (marks-snapshots.ts).
 * @param path `:memory:` for one that is not kept
 */
export const openMarksDatabase = (path: string, now: () => Date): OpenedSqlite =>
  openSqlite({ path, name: 'the ratings, boards and tags', durability: 'FULL', isChecked: true, pragmas: 'PRAGMA foreign_keys = ON;', migrations: MIGRATIONS }, now);

export interface StoredRoot {
  readonly id: RootId;
  readonly path: string;
}

export interface StoredBoard {
  readonly id: BoardId;
  readonly name: string;
  readonly query: string | null;
}

export interface StoredSearch {
  readonly id: SavedSearchId;
  readonly name: string;
  readonly text: string;
}

/** Marks without boards, which are kept by board. */
export type OwnMarks = Omit<Marks, 'boardIds'>;

interface MarksRow {
  readonly image_id: ImageId;
  readonly rating: Marks['rating'];
  readonly label: Label | null;
  readonly tags: string;
  readonly name: string | null;
}

const toMarks = ({ rating, label, tags, name }: MarksRow): OwnMarks => ({ rating, label, tags: JSON.parse(tags) as string[], name });

/** Everything in `marks.db`. Every change is one transaction, flushed to the disk before it returns. */
export interface MarksStore {
  revision(): number;
  get(id: ImageId): OwnMarks | null;
  getAll(): ReadonlyMap<ImageId, OwnMarks>;
  putAll(marks: readonly { readonly imageId: ImageId; readonly marks: OwnMarks }[]): void;
  boards(): readonly StoredBoard[];
  putBoard(board: StoredBoard): void;
  removeBoard(id: BoardId): void;
  setBoardPictures(id: BoardId, change: { readonly add: readonly ImageId[]; readonly remove: readonly ImageId[] }): void;
  boardPictures(id: BoardId): readonly ImageId[];
  boardsOf(id: ImageId): readonly BoardId[];
  /** Every picture that lies in a board put together by hand. */
  picturesInBoards(): readonly ImageId[];
  searches(): readonly StoredSearch[];
  putSearch(search: StoredSearch): void;
  removeSearch(id: SavedSearchId): void;
  roots(): readonly StoredRoot[];
  putRoot(root: StoredRoot): void;
  removeRoot(id: RootId): void;
  /** A whole copy in one step. @param path must not exist */
  copyTo(path: string): void;
}

const NEXT = (table: string): string => `(SELECT COALESCE(MAX(position), 0) + 1 FROM ${table})`;

export function createMarksStore(database: StudioDatabase): MarksStore {
  const all = <T>(sql: string, ...values: readonly (string | number)[]): T[] => database.prepare(sql).all(...values) as T[];
  const raise = database.prepare('UPDATE revision SET value = value + 1');
  const putMarks = database.prepare(
    `INSERT INTO marks (image_id, rating, label, tags, name) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (image_id) DO UPDATE SET rating = excluded.rating, label = excluded.label, tags = excluded.tags, name = excluded.name`,
  );
  const getMarks = database.prepare('SELECT * FROM marks WHERE image_id = ?');
  const addPicture = database.prepare(`INSERT OR IGNORE INTO board_pictures (board_id, image_id, position) VALUES (?, ?, ${NEXT('board_pictures')})`);
  const removePicture = database.prepare('DELETE FROM board_pictures WHERE board_id = ? AND image_id = ?');
  const boardsOf = database.prepare('SELECT board_id FROM board_pictures WHERE image_id = ? ORDER BY board_id');
  const change = (work: () => void): void => {
    database.transaction(() => {
      work();
      raise.run();
    })();
  };
  const run = (sql: string, ...values: readonly (string | null)[]): void => change(() => void database.prepare(sql).run(...values));

  return {
    revision: () => (database.prepare('SELECT value FROM revision').get() as { readonly value: number }).value,
    get: (id) => {
      const row = getMarks.get(id) as MarksRow | undefined;
      return row === undefined ? null : toMarks(row);
    },
    getAll: () => new Map(all<MarksRow>('SELECT * FROM marks').map((row) => [row.image_id, toMarks(row)])),
    putAll: (entries) => change(() => {
      for (const { imageId, marks } of entries) putMarks.run(imageId, marks.rating, marks.label, JSON.stringify(marks.tags), marks.name);
    }),
    boards: () => all<StoredBoard>('SELECT id, name, query FROM boards ORDER BY position'),
    putBoard: ({ id, name, query }) => run(`INSERT INTO boards (id, position, name, query) VALUES (?, ${NEXT('boards')}, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name, query = excluded.query`, id, name, query),
    removeBoard: (id) => run('DELETE FROM boards WHERE id = ?', id),
    setBoardPictures: (id, { add, remove }) => change(() => {
      for (const imageId of remove) removePicture.run(id, imageId);
      for (const imageId of add) addPicture.run(id, imageId);
    }),
    boardPictures: (id) => all<{ image_id: ImageId }>('SELECT image_id FROM board_pictures WHERE board_id = ? ORDER BY position', id).map((row) => row.image_id),
    boardsOf: (id) => (boardsOf.all(id) as { board_id: BoardId }[]).map((row) => row.board_id),
    picturesInBoards: () => all<{ image_id: ImageId }>('SELECT DISTINCT image_id FROM board_pictures').map((row) => row.image_id),
    searches: () => all<StoredSearch>('SELECT id, name, text FROM searches ORDER BY position'),
    putSearch: ({ id, name, text }) => run(`INSERT INTO searches (id, position, name, text) VALUES (?, ${NEXT('searches')}, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name, text = excluded.text`, id, name, text),
    removeSearch: (id) => run('DELETE FROM searches WHERE id = ?', id),
    roots: () => all<StoredRoot>('SELECT id, path FROM roots ORDER BY position'),
    putRoot: ({ id, path }) => run(`INSERT INTO roots (id, position, path) VALUES (?, ${NEXT('roots')}, ?) ON CONFLICT (id) DO UPDATE SET path = excluded.path`, id, path),
    removeRoot: (id) => run('DELETE FROM roots WHERE id = ?', id),
    copyTo: (path) => void database.prepare('VACUUM INTO ?').run(path),
  };
}
