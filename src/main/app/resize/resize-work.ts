import { mkdir, readdir, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { StudioError } from '../../../shared/errors';
import type { ResizePlan, ResizeProblem } from '../../../shared/resize/plan-resize';
import { problemInWords } from '../../../shared/resize/words';

const MB = 1_000_000;
/** Unfinished work is kept for this long. */
const KEPT_MS = 14 * 24 * 3600 * 1000;

/** Whether the work would not fit on the disk. */
export async function roomProblem(folder: string, { workBytes }: ResizePlan): Promise<ResizeProblem | null> {
  await mkdir(folder, { recursive: true });
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  return free >= workBytes ? null : { code: 'disk-full', isBlocking: true, facts: { neededMb: Math.ceil(workBytes / MB), freeMb: Math.floor(free / MB) } };
}

/** @throws StudioError `storage-failed` when the work would not fit on the disk */
export async function requireRoom(folder: string, plan: ResizePlan): Promise<void> {
  const problem = await roomProblem(folder, plan);
  if (problem !== null) throw new StudioError('storage-failed', problemInWords(problem), { details: { reason: 'ENOSPC', ...problem.facts } });
}

/** Clears what nobody has gone on with for two weeks. */
export async function clearOldWork(folder: string, now: number): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    const info = await stat(path).catch(() => null);
    if (info !== null && now - info.mtimeMs > KEPT_MS) await rm(path, { recursive: true, force: true });
  }
}
