import { copyFileSync, existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openMarksDatabase, createMarksStore, type MarksStore } from './marks-database';
import type { StudioDatabase } from '../database/open-sqlite';

const KEPT = 7;
const NAME = /^marks-\d{4}-\d{2}-\d{2}\.db$/;

const localDay = (now: Date): string => `${String(now.getFullYear())}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`;

/** Newest first. */
export const listSnapshots = (folder: string): readonly string[] => (existsSync(folder) ? readdirSync(folder).filter((name) => NAME.test(name)).sort().reverse().map((name) => join(folder, name)) : []);

/** Copies the marks once a day and keeps the last seven days on which the studio ran. */
export function takeSnapshot(marks: MarksStore, folder: string, now: Date): void {
  const target = join(folder, `marks-${localDay(now)}.db`);
  if (existsSync(target)) return;
  // An empty file has nothing to save, and must not push out copies that have.
  if (marks.revision() === 0) return;
  const staged = `${target}.tmp`;
  rmSync(staged, { force: true });
  marks.copyTo(staged);
  renameSync(staged, target);
  for (const old of listSnapshots(folder).slice(KEPT)) rmSync(old, { force: true });
}

/**
 * Opens the marks; a damaged file is set aside and the newest copy that can be opened takes its place.
 * @returns the database, and in one sentence what was lost
 * @throws StudioError `storage-failed` naming the file
 */
export function openMarks(path: string, backups: string, now: () => Date): { readonly database: StudioDatabase; readonly store: MarksStore; readonly problem: string | null } {
  const opened = openMarksDatabase(path, now);
  const answer = (database: StudioDatabase, problem: string | null) => ({ database, store: createMarksStore(database), problem });
  if (opened.setAside === null) return answer(opened.database, null);
  let { database } = opened;
  for (const snapshot of listSnapshots(backups)) {
    database.close();
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
    copyFileSync(snapshot, path);
    const again = openMarksDatabase(path, now);
    if (again.setAside === null) return answer(again.database, `The ratings, boards and tags were damaged and come from the copy ${snapshot}; the damaged file is kept as ${opened.setAside}.`);
    database = again.database;
  }
  return answer(database, `The ratings, boards and tags were damaged and there was no copy of them; the damaged file is kept as ${opened.setAside}.`);
}
