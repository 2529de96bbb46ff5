import { MIGRATIONS } from './migrations';
import { openSqlite, type OpenedSqlite } from './open-sqlite';

/**
 * Opens the library index. Everything in it can be read again from the files, so it is the fast kind of file.
 * @throws StudioError `storage-failed` when no new one can be made either.
 */
export const openDatabase = (path: string, now: () => Date): OpenedSqlite =>
  openSqlite({ path, name: 'the library index', durability: 'NORMAL', pragmas: 'PRAGMA foreign_keys = ON;', migrations: MIGRATIONS }, now);
