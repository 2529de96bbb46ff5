import { isReadAnew, noteReaders, openDatabase } from '../database/database';
import { createAnnouncer } from './announcer';
import { createFileSync, type SyncProgress } from './file-sync';
import { createIndexWriter } from './index-writer';
import type { Library, LibraryEvent } from './library-calls';
import { libraryFolders } from './library-folders';
import { bringMarksUpToDate, libraryMarks } from './library-marks';
import type { LibraryParts } from './library-parts';
import { libraryQueries, libraryRelations } from './library-queries';
import { createBoards } from './marking';
import { openMarks, takeSnapshot } from './marks-snapshots';
import { createPictureRows } from './picture-rows';
import { createResultSets } from './result-sets';
import { createRoots } from './roots';

export interface LibraryOptions {
  /** `library.db`, `marks.db` and the folder for the daily copies of the second. */
  readonly database: string;
  readonly marks: string;
  readonly backups: string;
  /** The studio's own pictures folder. */
  readonly pictures: string;
  /** Whether folders are watched; the command line looks once. */
  readonly isWatching: boolean;
  onEvent(event: LibraryEvent): void;
  now(): Date;
}

const SNAPSHOT_MS = 3_600_000;
/** The first page is asked for at once; reading every file may wait for it. */
const SCAN_DELAY_MS = 400;

/**
 * Opens the library: old rows are shown at once, and files are compared with them in the background.
 * @returns the library, and in one sentence what was found damaged
 * @throws StudioError `storage-failed` naming the file that cannot be opened
 */
export function openLibrary(options: LibraryOptions): { readonly library: Library; readonly problem: string | null } {
  const { onEvent, now } = options;
  const { database } = openDatabase(options.database, now);
  const { database: marksDatabase, store, problem } = openMarks(options.marks, options.backups, now);
  const writer = createIndexWriter(database, store.get);
  // Rows of older readers are shown until their files have been read again.
  if (!isReadAnew(database)) {
    writer.forgetTimes();
    noteReaders(database);
  }
  bringMarksUpToDate(database, store, writer);
  takeSnapshot(store, options.backups, now());

  let revision = 1;
  const rows = createPictureRows(database, store.boardsOf);
  const results = createResultSets({
    database,
    boards: { picturesIn: (name) => boards.picturesIn(name) },
    board: (id) => {
      const board = store.boards().find((candidate) => candidate.id === id);
      return board === undefined ? null : { query: board.query, imageIds: board.query === null ? store.boardPictures(id) : [] };
    },
    now,
  });
  const newestOf = (text: string, boardId: Parameters<typeof store.removeBoard>[0] | null) => results.ordered({ text, boardId, sort: { by: 'created', isDescending: true } });
  const boards = createBoards({
    marks: store,
    measure: (board) => {
      const found = newestOf('', board.id);
      return { count: found.length, coverId: rows.idsOf(found.subarray(0, 1))[0] ?? null };
    },
    search: (text) => rows.idsOf(newestOf(text, null)),
  });
  const announcer = createAnnouncer({ onEvent, revision: () => revision, imagesOf: rows.byIds });
  const stale = (): void => {
    revision += 1;
    results.invalidate();
  };
  const sync = createFileSync({
    writer,
    onChange: ({ put, removed }) => {
      stale();
      announcer.came(put);
      announcer.touch(put);
      announcer.went(removed);
    },
    onProgress: (progress: SyncProgress) => onEvent({ type: 'indexing', ...progress }),
  });
  const roots = createRoots({ ownPath: options.pictures, marks: store, sync, isWatching: options.isWatching });
  const parts: LibraryParts = {
    database,
    store,
    writer,
    rows,
    results,
    boards,
    roots,
    touch: (ids) => {
      stale();
      announcer.touch(ids);
    },
    went: (ids) => {
      stale();
      announcer.went(ids);
    },
    revision: () => revision,
  };
  const first = setTimeout(() => void roots.scan(), SCAN_DELAY_MS);
  const snapshots = setInterval(() => takeSnapshot(store, options.backups, now()), SNAPSHOT_MS).unref();
  const count = (table: string): number => (database.prepare(`SELECT COUNT(*) AS count FROM ${table}`).get() as { readonly count: number }).count;

  const library: Library = {
    ...libraryQueries(parts),
    ...libraryRelations(parts),
    ...libraryMarks(parts),
    ...libraryFolders(parts),
    settle: async () => {
      clearTimeout(first);
      await roots.scan();
      await roots.settle();
      return { pictures: count('images'), problems: count('problems') };
    },
    close: async () => {
      clearTimeout(first);
      clearInterval(snapshots);
      announcer.stop();
      await roots.stop();
      database.close();
      marksDatabase.close();
      return null;
    },
  };
  return { library, problem };
}
