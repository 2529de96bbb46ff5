import Database from 'libsql';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { JobId } from '../../../shared/ids';

const lockPath = (folder: string, jobId: JobId): string => join(folder, `${jobId}.lock`);

/**
 * Marks a command line run as under way, for as long as this process lives: SQLite's own file lock, which the system
 * takes back however the process ends. A process id could belong to somebody else by the time it is looked at.
 * @returns the release
 * @throws Error when the file cannot be made
 */
export function holdRun(folder: string, jobId: JobId): () => void {
  const path = lockPath(folder, jobId);
  mkdirSync(dirname(path), { recursive: true });
  const lock = new Database(path);
  lock.exec('BEGIN EXCLUSIVE');
  return () => {
    lock.close();
    rmSync(path, { force: true });
  };
}

/** Whether the process of a run still lives; what a dead one has left behind is cleared away. */
export function isRunHeld(folder: string, jobId: JobId): boolean {
  const path = lockPath(folder, jobId);
  if (!existsSync(path)) return false;
  const lock = new Database(path);
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch {
    return true;
  } finally {
    lock.close();
  }
  rmSync(path, { force: true });
  return false;
}
