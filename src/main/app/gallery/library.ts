import { NEWEST_FIRST, type GalleryQuery } from '../../../shared/gallery';
import { isReadAnew, noteReaders, openDatabase } from '../database/database';
import { createAnnouncer } from './announcer';
import { createFileSync, type SyncProgress } from './file-sync';
import { createIndexWriter } from './index-writer';
import type { Library, LibraryEvent } from './library-calls';
import { libraryFiles, libraryRoots } from './library-folders';
import { bringMarksUpToDate, libraryBoards, libraryMarks } from './library-marks';
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

/** Opens both databases and brings the index up to date with the marks. */
function openStores({ database: path, marks, backups, now }: LibraryOptions) {
  const { database } = openDatabase(path, now);
  const { database: marksDatabase, store, problem } = openMarks(marks, backups, now);
  const writer = createIndexWriter(database, store.get);
  // Rows of older readers are shown until their files have been read again.
  if (!isReadAnew(database)) {
    writer.forgetTimes();
    noteReaders(database);
  }
  bringMarksUpToDate(database, store, writer);
  takeSnapshot(store, backups, now());
  return { database, store, writer, problem, close: () => [database, marksDatabase].forEach((open) => open.close()) };
}

/** What answers questions: rows, result sets and boards, each of which asks the others. */
function openReaders({ database, store }: Pick<LibraryParts, 'database' | 'store'>, now: () => Date) {
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
  const newestOf = (query: Pick<GalleryQuery, 'text' | 'boardId'>) => results.ordered({ ...query, sort: NEWEST_FIRST.sort });
  const boards = createBoards({
    marks: store,
    measure: (board) => {
      const found = newestOf({ text: '', boardId: board.id });
      return { count: found.length, coverId: rows.idsOf(found.subarray(0, 1))[0] ?? null };
    },
    search: (text) => rows.idsOf(newestOf({ text, boardId: null })),
  });
  return { rows, results, boards };
}

/**
 * Opens the library: old rows are shown at once, and files are compared with them in the background.
 * @returns the library, and in one sentence what was found damaged
 * @throws StudioError `storage-failed` naming the file that cannot be opened
 */
export function openLibrary(options: LibraryOptions): { readonly library: Library; readonly problem: string | null } {
  const { onEvent, now } = options;
  const { database, store, writer, problem, close } = openStores(options);
  const { rows, results, boards } = openReaders({ database, store }, now);
  let revision = 1;
  const announcer = createAnnouncer({ onEvent, revision: () => revision, imagesOf: rows.byIds });
  const stale = (): void => {
    revision += 1;
    results.invalidate();
  };
  const touch: LibraryParts['touch'] = (ids) => {
    stale();
    announcer.touch(ids);
  };
  const went: LibraryParts['went'] = (ids) => {
    stale();
    announcer.went(ids);
  };
  const sync = createFileSync({
    writer,
    onChange: ({ put, removed }) => {
      touch(put);
      announcer.came(put);
      if (removed.length > 0) went(removed);
    },
    onProgress: (progress: SyncProgress) => onEvent({ type: 'indexing', ...progress }),
  });
  const roots = createRoots({ ownPath: options.pictures, marks: store, sync, isWatching: options.isWatching });
  const parts: LibraryParts = { database, store, writer, rows, results, boards, roots, touch, went, revision: () => revision };
  const first = setTimeout(() => void roots.scan(), SCAN_DELAY_MS);
  const snapshots = setInterval(() => takeSnapshot(store, options.backups, now()), SNAPSHOT_MS).unref();
  const count = (table: 'images' | 'problems'): number => (database.prepare(`SELECT COUNT(*) AS count FROM ${table}`).get() as { readonly count: number }).count;

  const library: Library = {
    ...libraryQueries(parts),
    ...libraryRelations(parts),
    ...libraryMarks(parts),
    ...libraryBoards(parts),
    ...libraryRoots(parts),
    ...libraryFiles(parts),
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
      close();
      return null;
    },
  };
  return { library, problem };
}
