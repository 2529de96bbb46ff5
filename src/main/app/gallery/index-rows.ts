import type { ImageId } from '../../../shared/ids';
import type { StudioDatabase } from '../database/open-sqlite';
import type { OwnMarks } from './marks-database';
import { copyId, IMAGE_COLUMNS, imageValues, ownIdOf, type FilePlace, type ReadPicture } from './row-values';

export interface RowKey {
  readonly n: number;
  readonly id: ImageId;
}

interface WordsRow {
  readonly prompt: string | null;
  readonly negative: string | null;
  readonly model: string | null;
  readonly name: string | null;
  readonly file: string;
  readonly tags: string | null;
}

const NO_OWN_MARKS: OwnMarks = { rating: 0, label: null, tags: [], name: null };
const columns = IMAGE_COLUMNS.split(', ');

function statements(database: StudioDatabase) {
  return {
    byPlace: database.prepare('SELECT n, id FROM images WHERE root_id = ? AND file = ?'),
    insert: database.prepare(`INSERT INTO images (id, shared_id, ${IMAGE_COLUMNS}) VALUES (?, ?, ${columns.map(() => '?').join(', ')})`),
    update: database.prepare(`UPDATE images SET shared_id = ?, ${columns.map((column) => `${column} = ?`).join(', ')} WHERE n = ?`),
    setId: database.prepare('UPDATE images SET id = ?, shared_id = ? WHERE n = ?'),
    copies: database.prepare('SELECT n, id FROM images WHERE id = ? OR shared_id = ? ORDER BY modified_ms, root_id, file'),
    sharedOf: database.prepare('SELECT COALESCE(shared_id, id) AS own FROM images WHERE n = ?'),
    putDetails: database.prepare('INSERT OR REPLACE INTO details (n, prompt, negative, recipe, foreign_settings, file_marks, tags) VALUES (?, ?, ?, ?, ?, ?, NULL)'),
    fileMarks: database.prepare('SELECT file_marks FROM details WHERE n = ?'),
    setMarks: database.prepare('UPDATE images SET rating = ?, label = ?, name = ? WHERE n = ?'),
    setTags: database.prepare('UPDATE details SET tags = ? WHERE n = ?'),
    addTag: database.prepare('INSERT OR IGNORE INTO tags (tag, n) VALUES (?, ?)'),
    addParent: database.prepare('INSERT OR IGNORE INTO parents (n, parent_id) VALUES (?, ?)'),
    wordsOf: database.prepare('SELECT d.prompt, d.negative, i.model, i.name, i.file, d.tags FROM images i JOIN details d ON d.n = i.n WHERE i.n = ?'),
    addWords: database.prepare('INSERT INTO words (rowid, prompt, negative, model, name, tag) VALUES (?, ?, ?, ?, ?, ?)'),
    clearOf: ['tags', 'parents', 'details', 'images'].map((table) => database.prepare(`DELETE FROM ${table} WHERE n = ?`)),
    clearLinks: ['tags', 'parents'].map((table) => database.prepare(`DELETE FROM ${table} WHERE n = ?`)),
    clearTags: database.prepare('DELETE FROM tags WHERE n = ?'),
    clearWords: database.prepare('DELETE FROM words WHERE rowid = ?'),
    clearProblem: database.prepare('DELETE FROM problems WHERE root_id = ? AND file = ?'),
    byId: database.prepare('SELECT n, id FROM images WHERE id = ?'),
  };
}


/** Writes single rows with everything that hangs on them; each call stands in a transaction of its caller. */
export interface IndexRows {
  at(place: FilePlace): RowKey | undefined;
  byId(id: ImageId): RowKey | undefined;
  put(picture: ReadPicture): void;
  remove(row: RowKey): void;
  /** The user's marks of one row, its words along with them; null = the file's own count. */
  mark(row: RowKey, marks: OwnMarks | null): void;
  /** Gives the files of one picture their ids anew: the oldest file has the picture's own. */
  settleCopies(own: ImageId): void;
}

type Statements = ReturnType<typeof statements>;

const json = (value: object | null): string | null => (value === null ? null : JSON.stringify(value));

/** The columns of `details` that the file decides. */
const detailValues = ({ recipe, foreign, xmpMarks }: ReadPicture): readonly (string | null)[] => [
  recipe?.prompt ?? foreign?.prompt ?? null,
  recipe?.negativePrompt ?? foreign?.negativePrompt ?? null,
  json(recipe),
  json(foreign),
  json(Object.keys(xmpMarks).length === 0 ? null : xmpMarks),
];

interface ImageToWrite {
  readonly picture: ReadPicture;
  /** The row that the file has already. */
  readonly row: RowKey | undefined;
  readonly own: ImageId;
  /** Another file holds the same picture; then the id is settled afterwards. */
  readonly isCopied: boolean;
}

function writeImage(sql: Statements, { picture, row, own, isCopied }: ImageToWrite): RowKey {
  if (row !== undefined) {
    sql.update.run(row.id === own ? null : own, ...imageValues(picture), row.n);
    sql.clearWords.run(row.n);
    for (const statement of sql.clearLinks) statement.run(row.n);
    return row;
  }
  sql.insert.run(isCopied ? `joining-${picture.rootId}-${picture.file}` : own, isCopied ? own : null, ...imageValues(picture));
  return sql.byPlace.get(picture.rootId, picture.file) as RowKey;
}

function rowMarks(sql: Statements) {
  /** The names of a file are words, too: `red-apple.png` is found by `apple`. */
  const writeWords = (n: number): void => {
    const row = sql.wordsOf.get(n) as WordsRow;
    sql.addWords.run(n, row.prompt ?? '', row.negative ?? '', row.model ?? '', `${row.name ?? ''} ${row.file.replace(/\.[^./]*$/, '').replaceAll('_', ' ')}`, row.tags === null ? '' : (JSON.parse(row.tags) as string[]).join(' , '));
  };

  const applyTo = (n: number, marks: OwnMarks | null): void => {
    const { file_marks: inFile } = sql.fileMarks.get(n) as { readonly file_marks: string | null };
    const { rating, label, tags, name } = marks ?? { ...NO_OWN_MARKS, ...(inFile === null ? {} : (JSON.parse(inFile) as Partial<OwnMarks>)) };
    sql.setMarks.run(rating, label, name, n);
    sql.setTags.run(tags.length === 0 ? null : JSON.stringify(tags), n);
    sql.clearTags.run(n);
    for (const tag of tags) sql.addTag.run(tag, n);
  };
  return { writeWords, applyTo };
}

/** @param marksOf what the user has said of a picture; null = nothing */
export function createIndexRows(database: StudioDatabase, marksOf: (id: ImageId) => OwnMarks | null): IndexRows {
  const sql = statements(database);
  const at = ({ rootId, file }: FilePlace): RowKey | undefined => sql.byPlace.get(rootId, file) as RowKey | undefined;

  const { writeWords, applyTo } = rowMarks(sql);

  /** Gives the files of one picture their ids anew: the oldest file has the picture's own. */
  const settleCopies = (own: ImageId): void => {
    const rows = sql.copies.all(own, own) as RowKey[];
    const wanted = rows.map((row, place) => ({ ...row, wanted: copyId(own, place), shared: place === 0 ? null : own }));
    const moved = wanted.filter(({ id, wanted: next }) => id !== next);
    // Two rows may trade ids; the column is unique at every moment.
    for (const { n } of moved) sql.setId.run(`moving-${String(n)}`, own, n);
    for (const { n, wanted: next, shared } of moved) {
      sql.setId.run(next, shared, n);
      sql.clearWords.run(n);
      applyTo(n, marksOf(next));
      writeWords(n);
    }
  };

  const remove = ({ n }: RowKey): void => {
    const { own } = sql.sharedOf.get(n) as { readonly own: ImageId };
    sql.clearWords.run(n);
    for (const statement of sql.clearOf) statement.run(n);
    settleCopies(own);
  };

  const put = (picture: ReadPicture): void => {
    sql.clearProblem.run(picture.rootId, picture.file);
    const own = ownIdOf(picture);
    let row = at(picture);
    // Another picture under an old name is another picture.
    if (row !== undefined && (sql.sharedOf.get(row.n) as { readonly own: ImageId }).own !== own) {
      remove(row);
      row = undefined;
    }
    const isCopied = (sql.copies.all(own, own) as RowKey[]).some(({ n }) => n !== row?.n);
    const written = writeImage(sql, { picture, row, own, isCopied });
    sql.putDetails.run(written.n, ...detailValues(picture));
    for (const parent of picture.recipe?.edit?.parentImageIds ?? []) sql.addParent.run(written.n, parent);
    applyTo(written.n, marksOf(written.id));
    writeWords(written.n);
    if (isCopied) settleCopies(own);
  };

  return {
    at,
    byId: (id) => sql.byId.get(id) as RowKey | undefined,
    put,
    remove,
    settleCopies,
    mark: (row, marks) => {
      const before = sql.wordsOf.get(row.n) as WordsRow;
      applyTo(row.n, marks);
      const after = sql.wordsOf.get(row.n) as WordsRow;
      if (before.name === after.name && before.tags === after.tags) return;
      sql.clearWords.run(row.n);
      writeWords(row.n);
    },
  };
}
