import { randomUUID } from 'node:crypto';
import { link, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { storageError } from './storage-error';

/** A rename is durable only when the folder that holds the name is flushed too; Windows cannot and need not do it. */
export async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Removes what a failed write left; the failure itself is what the caller hears about. */
async function discard(path: string): Promise<void> {
  await rm(path, { force: true }).catch(() => undefined);
}

/** Writes and flushes a new file; never an existing one. A failure removes what was written. */
export async function writeStaged(path: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(path, 'wx').catch((caught: unknown) => {
    throw storageError(caught, path, 'write');
  });
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } catch (caught) {
    await discard(path);
    throw storageError(caught, path, 'write');
  } finally {
    await handle.close();
  }
}

/**
 * Moves a finished file to its place without ever replacing another: a hard link fails where the name is taken.
 * @returns the path it got; " (2)", " (3)" … are added before the extension until a free name is found.
 */
export async function moveIntoPlace(staged: string, wanted: string): Promise<string> {
  const dot = wanted.lastIndexOf('.');
  try {
    for (let attempt = 1; ; attempt++) {
      const path = attempt === 1 ? wanted : `${wanted.slice(0, dot)} (${attempt})${wanted.slice(dot)}`;
      try {
        await link(staged, path);
      } catch (caught) {
        const code = caught instanceof Error && 'code' in caught ? caught.code : '';
        if (code === 'EEXIST') continue;
        // File systems without hard links (exFAT, some network shares): a rename is the next best atomic step.
        if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'EOPNOTSUPP') throw caught;
        await rename(staged, path);
        await flushFolder(dirname(path));
        return path;
      }
      await rm(staged, { force: true });
      await flushFolder(dirname(path));
      return path;
    }
  } catch (caught) {
    throw storageError(caught, wanted, 'write');
  }
}

/** Replaces a file's content in one step: whoever reads it sees the old text or the new, never half. */
export async function writeAtomically(path: string, content: string | Uint8Array): Promise<void> {
  const staged = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
  await writeStaged(staged, typeof content === 'string' ? Buffer.from(content, 'utf8') : content);
  try {
    await rename(staged, path);
    await flushFolder(dirname(path));
  } catch (caught) {
    await discard(staged);
    throw storageError(caught, path, 'write');
  }
}

/** The path itself, or with " (2)", " (3)" … behind it where that is taken. */
export async function freePath(wanted: string): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    const path = attempt === 1 ? wanted : `${wanted} (${attempt})`;
    const isTaken = await stat(path).then(() => true, () => false);
    if (!isTaken) return path;
  }
}
