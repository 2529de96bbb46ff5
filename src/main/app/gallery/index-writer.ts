import type { FileProblem } from '../../../shared/gallery';
import type { ImageId, RootId } from '../../../shared/ids';
import type { StudioDatabase } from '../database/open-sqlite';
import type { OwnMarks } from './marks-database';
import { copyId, IMAGE_COLUMNS, imageValues, ownIdOf, type ReadPicture } from './row-values';

/** A file of a root, as it was when it was read. */
export interface KnownFile {
  readonly bytes: number;
  readonly modifiedMs: number;
}

export interface FilePlace {
  readonly rootId: RootId;
  readonly file: string;
}

export interface FoundFiles {
  readonly pictures: readonly ReadPicture[];
  /** Files that are there and cannot be read. */
  readonly problems: readonly (FilePlace & KnownFile & Pick<FileProblem, 'reason'>)[];
  readonly gone: readonly FilePlace[];
}

/** Ids as they are when all is done. */
export interface IndexChange {
  /** Of the pictures, in their order. */
  readonly put: readonly ImageId[];
  readonly removed: readonly ImageId[];
}

/** The only writer of `library.db`. Each call is one transaction. */
export interface IndexWriter {
  /** Takes in what was found of files. New places come before old ones, so that a renamed file keeps its id. */
  sync(found: FoundFiles): IndexChange;
  /** A picture that can be listed and not be decoded: it stays, with its reason beside it. */
  noteDamage(problem: FilePlace & KnownFile & Pick<FileProblem, 'reason'>): void;
  /** Copies the user's marks to the rows of these pictures; null = none of the user's, so the file's own count. */
  applyMarks(marks: readonly { readonly imageId: ImageId; readonly marks: OwnMarks | null }[]): void;
  putLooks(looks: readonly { readonly imageId: ImageId; readonly look: string }[]): void;
  /** All files of a root that were read, those that could not be read among them. */
  filesOf(rootId: RootId): ReadonlyMap<string, KnownFile>;
  fileAt(place: FilePlace): KnownFile | undefined;
  removeRoot(rootId: RootId): void;
  /** Every file counts as changed, so that it is read again; what is known of it is shown until then. */
  forgetTimes(): void;
}

interface RowKey {
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
    putProblem: database.prepare('INSERT OR REPLACE INTO problems (root_id, file, bytes, modified_ms, reason) VALUES (?, ?, ?, ?, ?)'),
    byId: database.prepare('SELECT n, id FROM images WHERE id = ?'),
    putLook: database.prepare('INSERT OR REPLACE INTO looks (id, look) VALUES (?, ?)'),
  };
}

/** @param marksOf what the user has said of a picture; null = nothing */
export function createIndexWriter(database: StudioDatabase, marksOf: (id: ImageId) => OwnMarks | null): IndexWriter {
  const sql = statements(database);
  const rowAt = ({ rootId, file }: FilePlace): RowKey | undefined => sql.byPlace.get(rootId, file) as RowKey | undefined;

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

  const put = (picture: ReadPicture): RowKey => {
    sql.clearProblem.run(picture.rootId, picture.file);
    const own = ownIdOf(picture);
    let row = rowAt(picture);
    // Another picture under an old name is another picture.
    if (row !== undefined && (sql.sharedOf.get(row.n) as { readonly own: ImageId }).own !== own) {
      remove(row);
      row = undefined;
    }
    const copies = sql.copies.all(own, own) as RowKey[];
    const others = copies.filter(({ n }) => n !== row?.n);
    if (row === undefined) {
      const id = others.length === 0 ? own : `joining-${picture.rootId}-${picture.file}`;
      sql.insert.run(id, others.length === 0 ? null : own, ...imageValues(picture));
      row = rowAt(picture);
      if (row === undefined) throw new Error('a row was inserted and is not there');
    } else {
      sql.update.run(row.id === own ? null : own, ...imageValues(picture), row.n);
      sql.clearWords.run(row.n);
      for (const statement of sql.clearLinks) statement.run(row.n);
    }
    const { recipe, foreign, xmpMarks } = picture;
    const json = (value: object | null): string | null => (value === null ? null : JSON.stringify(value));
    sql.putDetails.run(row.n, recipe?.prompt ?? foreign?.prompt ?? null, recipe?.negativePrompt ?? foreign?.negativePrompt ?? null, json(recipe), json(foreign), json(Object.keys(xmpMarks).length === 0 ? null : xmpMarks));
    for (const parent of recipe?.edit?.parentImageIds ?? []) sql.addParent.run(row.n, parent);
    applyTo(row.n, marksOf(row.id));
    writeWords(row.n);
    if (others.length > 0) settleCopies(own);
    return row;
  };

  return {
    sync: database.transaction(({ pictures, problems, gone }: FoundFiles): IndexChange => {
      for (const picture of pictures) put(picture);
      const lost = [...problems, ...gone].map(rowAt).filter((row) => row !== undefined);
      for (const row of lost) remove(row);
      for (const { rootId, file } of gone) sql.clearProblem.run(rootId, file);
      for (const { rootId, file, bytes, modifiedMs, reason } of problems) sql.putProblem.run(rootId, file, bytes, modifiedMs, reason);
      return {
        put: pictures.flatMap((picture) => rowAt(picture)?.id ?? []),
        // A copy may have taken over the id of the one that is gone.
        removed: lost.map(({ id }) => id).filter((id) => sql.byId.get(id) === undefined),
      };
    }),
    noteDamage: ({ rootId, file, bytes, modifiedMs, reason }) => void sql.putProblem.run(rootId, file, bytes, modifiedMs, reason),
    applyMarks: database.transaction((entries: readonly { readonly imageId: ImageId; readonly marks: OwnMarks | null }[]) => {
      for (const { imageId, marks } of entries) {
        const row = sql.byId.get(imageId) as RowKey | undefined;
        if (row === undefined) continue;
        const before = sql.wordsOf.get(row.n) as WordsRow;
        applyTo(row.n, marks);
        const after = sql.wordsOf.get(row.n) as WordsRow;
        if (before.name === after.name && before.tags === after.tags) continue;
        sql.clearWords.run(row.n);
        writeWords(row.n);
      }
    }),
    putLooks: database.transaction((looks: readonly { readonly imageId: ImageId; readonly look: string }[]) => {
      for (const { imageId, look } of looks) sql.putLook.run(imageId, look);
    }),
    ...wholeRoots(database, settleCopies),
  };
}

function wholeRoots(database: StudioDatabase, settleCopies: (own: ImageId) => void): Pick<IndexWriter, 'filesOf' | 'fileAt' | 'removeRoot' | 'forgetTimes'> {
  const files = database.prepare('SELECT file, bytes, modified_ms FROM problems WHERE root_id = ?1 UNION ALL SELECT file, bytes, modified_ms FROM images WHERE root_id = ?1').raw();
  const one = database.prepare('SELECT bytes, modified_ms FROM images WHERE root_id = ?1 AND file = ?2 UNION ALL SELECT bytes, modified_ms FROM problems WHERE root_id = ?1 AND file = ?2');
  return {
    filesOf: (rootId) => new Map((files.all(rootId) as [string, number, number][]).map(([file, bytes, modifiedMs]) => [file, { bytes, modifiedMs }])),
    fileAt: ({ rootId, file }) => {
      const row = one.get(rootId, file) as { readonly bytes: number; readonly modified_ms: number } | undefined;
      return row === undefined ? undefined : { bytes: row.bytes, modifiedMs: row.modified_ms };
    },
    removeRoot: database.transaction((rootId: RootId) => {
      const copied = database.prepare('SELECT DISTINCT shared_id FROM images WHERE shared_id IS NOT NULL').all() as { readonly shared_id: ImageId }[];
      database.prepare('DELETE FROM words WHERE rowid IN (SELECT n FROM images WHERE root_id = ?)').run(rootId);
      for (const table of ['details', 'tags', 'parents']) database.prepare(`DELETE FROM ${table} WHERE n IN (SELECT n FROM images WHERE root_id = ?)`).run(rootId);
      for (const table of ['images', 'problems']) database.prepare(`DELETE FROM ${table} WHERE root_id = ?`).run(rootId);
      for (const { shared_id: own } of copied) settleCopies(own);
    }),
    forgetTimes: () => database.exec('UPDATE images SET modified_ms = -1; DELETE FROM problems'),
  };
}
