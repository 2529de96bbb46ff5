import Database from 'libsql';
import { existsSync, renameSync } from 'node:fs';
import { storageError } from '../../files/storage-error';

export type StudioDatabase = Database.Database;

/** One of the studio's SQLite files. */
export interface SqliteFile {
  /** `:memory:` for one that is not kept. */
  readonly path: string;
  /** As a failure names it, e.g. "the library index". */
  readonly name: string;
  /**
   * NORMAL may lose the last commits to a power cut, never the file: enough for what other files can tell again.
   * FULL keeps every commit.
   */
  readonly durability: 'NORMAL' | 'FULL';
  /** Read through at each opening, so that damage anywhere in it is found at once; for small files. */
  readonly isChecked?: boolean;
  /** Further PRAGMA statements for each opening. */
  readonly pragmas: string;
  /** Numbered by their place; one that has been released is never edited, only followed by another. */
  readonly migrations: readonly string[];
}

export interface OpenedSqlite {
  readonly database: StudioDatabase;
  /** Where a damaged file was moved to. */
  readonly setAside: string | null;
}

/** Another process, such as the command line, may hold the lock for a moment. */
const BUSY_MS = 5000;

/** Runs what is still missing, each migration in a transaction of its own. */
export function migrate(database: StudioDatabase, migrations: readonly string[]): void {
  const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number };
  for (const [index, sql] of migrations.entries()) {
    if (index < version) continue;
    database.transaction(() => {
      database.exec(sql);
      database.exec(`PRAGMA user_version = ${index + 1}`);
    })();
  }
}

/** @throws an error of the code that SQLite itself gives to damage */
function checkWhole(database: StudioDatabase): void {
  const { quick_check: verdict } = database.prepare('PRAGMA quick_check(1)').get() as { quick_check: string };
  if (verdict !== 'ok') throw Object.assign(new Error(verdict), { code: 'SQLITE_CORRUPT' });
}

function open({ path, durability, pragmas, migrations, isChecked }: SqliteFile): StudioDatabase {
  const database = new Database(path);
  try {
    database.exec(`PRAGMA busy_timeout = ${BUSY_MS}; PRAGMA journal_mode = WAL; PRAGMA synchronous = ${durability}; ${pragmas}`);
    migrate(database, migrations);
    if (isChecked === true) checkWhole(database);
    return database;
  } catch (caught) {
    database.close();
    throw caught;
  }
}

/** A lock, a full disk or a missing right says nothing about what is in the file. */
export const isDamage = (caught: unknown): boolean =>
  caught instanceof Error && 'code' in caught && ['SQLITE_CORRUPT', 'SQLITE_NOTADB', 'SQLITE_IOERR_SHORT_READ'].some((code) => String(caught.code).startsWith(code));

/** Moves the file out of the way, and its log where SQLite has left one: it may hold the last rows. */
export function putAside(path: string, aside: string): void {
  renameSync(path, aside);
  for (const suffix of ['-wal', '-shm']) if (existsSync(`${path}${suffix}`)) renameSync(`${path}${suffix}`, `${aside}${suffix}`);
}

/**
 * Opens a database and brings it to the present layout. A damaged file is set aside, never repaired in place and never
 * deleted, and a new one begins.
 * @throws StudioError `storage-failed` naming the file
 */
export function openSqlite(file: SqliteFile, now: () => Date): OpenedSqlite {
  const failure = (caught: unknown) => storageError(caught, file.path, `open ${file.name}`);
  try {
    return { database: open(file), setAside: null };
  } catch (caught) {
    if (!isDamage(caught)) throw failure(caught);
  }
  const setAside = `${file.path}.damaged-${now().toISOString().replace(/[:.]/g, '-')}`;
  try {
    putAside(file.path, setAside);
    return { database: open(file), setAside };
  } catch (caught) {
    throw failure(caught);
  }
}
