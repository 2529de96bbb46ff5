import Database from 'libsql';
import { renameSync } from 'node:fs';
import { storageError } from '../../files/storage-error';
import { MIGRATIONS } from './migrations';

export type StudioDatabase = Database.Database;

function migrate(database: StudioDatabase): void {
  const row = database.prepare('PRAGMA user_version').get() as { user_version: number };
  for (const [index, sql] of MIGRATIONS.entries()) {
    if (index < row.user_version) continue;
    database.transaction(() => {
      database.exec(sql);
      database.exec(`PRAGMA user_version = ${index + 1}`);
    })();
  }
}

function open(path: string): StudioDatabase {
  const database = new Database(path);
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;');
    migrate(database);
    return database;
  } catch (caught) {
    database.close();
    throw caught;
  }
}

/**
 * Opens the library index. Everything in it can be read again from the files, so a damaged one is set aside, never
 * repaired in place and never deleted.
 * @returns the database, and the path a damaged one was moved to.
 * @throws StudioError `storage-failed` when no new one can be made either.
 */
export function openDatabase(path: string, now: () => Date): { database: StudioDatabase; setAside: string | null } {
  try {
    return { database: open(path), setAside: null };
  } catch {
    const setAside = `${path}.damaged-${now().toISOString().replace(/[:.]/g, '-')}`;
    try {
      renameSync(path, setAside);
      return { database: open(path), setAside };
    } catch (caught) {
      throw storageError(caught, path, 'open the library index');
    }
  }
}
