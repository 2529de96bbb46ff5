import type { FileProblem } from '../../../shared/gallery';
import type { ImageId, RootId } from '../../../shared/ids';
import type { StudioDatabase } from '../database/open-sqlite';
import { createIndexRows } from './index-rows';
import type { OwnMarks } from './marks-database';
import type { FilePlace, KnownFile, ReadPicture } from './row-values';

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

/** @param marksOf what the user has said of a picture; null = nothing */
export function createIndexWriter(database: StudioDatabase, marksOf: (id: ImageId) => OwnMarks | null): IndexWriter {
  const rows = createIndexRows(database, marksOf);
  const clearProblem = database.prepare('DELETE FROM problems WHERE root_id = ? AND file = ?');
  const insertProblem = database.prepare('INSERT OR REPLACE INTO problems (root_id, file, bytes, modified_ms, reason) VALUES (?, ?, ?, ?, ?)');
  const insertLook = database.prepare('INSERT OR REPLACE INTO looks (id, look) VALUES (?, ?)');
  const putProblem = ({ rootId, file, bytes, modifiedMs, reason }: FoundFiles['problems'][number]): void => void insertProblem.run(rootId, file, bytes, modifiedMs, reason);

  return {
    sync: database.transaction(({ pictures, problems, gone }: FoundFiles): IndexChange => {
      for (const picture of pictures) rows.put(picture);
      const lost = [...problems, ...gone].map(rows.at).filter((row) => row !== undefined);
      lost.forEach(rows.remove);
      for (const { rootId, file } of gone) clearProblem.run(rootId, file);
      problems.forEach(putProblem);
      return {
        put: pictures.flatMap((picture) => rows.at(picture)?.id ?? []),
        // A copy may have taken over the id of the one that is gone.
        removed: lost.map(({ id }) => id).filter((id) => rows.byId(id) === undefined),
      };
    }),
    noteDamage: putProblem,
    applyMarks: database.transaction((entries: readonly { readonly imageId: ImageId; readonly marks: OwnMarks | null }[]) => {
      for (const { imageId, marks } of entries) {
        const row = rows.byId(imageId);
        if (row !== undefined) rows.mark(row, marks);
      }
    }),
    putLooks: database.transaction((looks: readonly { readonly imageId: ImageId; readonly look: string }[]) => {
      for (const { imageId, look } of looks) insertLook.run(imageId, look);
    }),
    ...wholeRoots(database, rows.settleCopies),
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
