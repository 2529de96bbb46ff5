import { MIGRATIONS } from './migrations';
import { openSqlite, type OpenedSqlite, type StudioDatabase } from './open-sqlite';

/** Raised when the readers learn something new: every file is then read again, while the old rows are shown. */
const READER_VERSION = '2';

/**
 * Opens the library index. Everything in it can be read again from the files, so it is the fast kind of file.
 * @throws StudioError `storage-failed` when no new one can be made either.
 */
export function openDatabase(path: string, now: () => Date): OpenedSqlite {
  return openSqlite({ path, name: 'the library index', durability: 'NORMAL', pragmas: 'PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536;', migrations: MIGRATIONS }, now);
}

export function readMeta(database: StudioDatabase, key: string): string | null {
  const row = database.prepare('SELECT value FROM meta WHERE key = ?').get(key) as { readonly value: string } | undefined;
  return row?.value ?? null;
}

export function writeMeta(database: StudioDatabase, key: string, value: string): void {
  database.prepare('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value').run(key, value);
}

/** Whether the rows were read by these very readers. */
export const isReadAnew = (database: StudioDatabase): boolean => readMeta(database, 'readers') === READER_VERSION;
export const noteReaders = (database: StudioDatabase): void => writeMeta(database, 'readers', READER_VERSION);
