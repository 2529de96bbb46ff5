import { mkdir, readdir, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { StudioError } from '../../../shared/errors';
import type { ResizePlan } from '../../../shared/resize/plan-resize';
import { problemInWords } from '../../../shared/resize/words';

const MB = 1_000_000;
/** Unfinished work is kept for this long. */
const KEPT_MS = 14 * 24 * 3600 * 1000;

/** @throws StudioError `storage-failed` when the work would not fit on the disk */
export async function requireRoom(folder: string, { workBytes }: ResizePlan): Promise<void> {
  await mkdir(folder, { recursive: true });
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free >= workBytes) return;
  const facts = { neededMb: Math.ceil(workBytes / MB), freeMb: Math.floor(free / MB) };
  throw new StudioError('storage-failed', problemInWords({ code: 'disk-full', isBlocking: true, facts }), { details: { reason: 'ENOSPC', ...facts } });
}

/** Clears what nobody has gone on with for two weeks. */
export async function clearOldWork(folder: string, now: number): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    const info = await stat(path).catch(() => null);
    if (info !== null && now - info.mtimeMs > KEPT_MS) await rm(path, { recursive: true, force: true });
  }
}
