import { mkdir, open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { randomUUID } from 'node:crypto';

const BEAT_MS = 2_000;
const STALE_MS = 20_000;
const POLL_MS = 200;

/** @param {number} ms */
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/** @param {unknown} caught */
const codeOf = (caught) => (caught instanceof Error && 'code' in caught ? caught.code : undefined);

/**
 * Runs `work` while no other process holds the lock file. A lock is stale when its process on this machine is gone, or
 * when it was not touched for 20 s (its owner touches it every 2 s). Two waiters may in a rare moment both take a stale
 * lock; whoever uses the lock must therefore also publish atomically, as `makeFolderOnce` does.
 * @template T
 * @param {string} lockFile
 * @param {() => Promise<T>} work
 * @param {() => void} [onWait] called once when another process holds the lock
 * @returns {Promise<T>}
 */
export async function withLock(lockFile, work, onWait) {
  await mkdir(dirname(lockFile), { recursive: true });
  let hasWaited = false;
  while (!(await tryLock(lockFile))) {
    if (await isStale(lockFile)) {
      await rm(lockFile, { force: true });
      continue;
    }
    if (!hasWaited) onWait?.();
    hasWaited = true;
    await sleep(POLL_MS);
  }
  const beat = setInterval(() => void utimes(lockFile, new Date(), new Date()).catch(() => undefined), BEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    await rm(lockFile, { force: true });
  }
}

/** @param {string} lockFile */
async function tryLock(lockFile) {
  try {
    const file = await open(lockFile, 'wx');
    await file.writeFile(JSON.stringify({ pid: process.pid, host: hostname() }));
    await file.close();
    return true;
  } catch (caught) {
    if (codeOf(caught) === 'EEXIST') return false;
    throw caught;
  }
}

/** @param {string} lockFile */
async function isStale(lockFile) {
  try {
    const [{ mtimeMs }, text] = await Promise.all([stat(lockFile), readFile(lockFile, 'utf8')]);
    if (Date.now() - mtimeMs > STALE_MS) return true;
    // An empty file is a lock whose owner is about to write its name.
    if (text === '') return false;
    const owner = JSON.parse(text);
    return owner.host === hostname() && !isRunning(owner.pid);
  } catch {
    // It vanished or is half written: look again.
    return false;
  }
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (caught) {
    return codeOf(caught) === 'EPERM';
  }
}

/**
 * Makes a folder exactly once however many processes ask for it: built in a temporary folder beside it and renamed
 * into place, so that it is either whole or absent.
 * @param {object} request
 * @param {string} request.folder absolute path of the wanted folder
 * @param {(folder: string) => Promise<boolean>} request.isWhole tells a good folder from a damaged one
 * @param {(temporary: string) => Promise<void>} request.build fills the empty temporary folder
 * @param {() => void} [request.onWait] called when another process is building it
 * @returns {Promise<boolean>} whether this call built it
 */
export async function makeFolderOnce({ folder, isWhole, build, onWait }) {
  if (await isWhole(folder)) return false;
  return withLock(
    `${folder}.lock`,
    async () => {
      if (await isWhole(folder)) return false;
      const temporary = `${folder}.${randomUUID()}.tmp`;
      await mkdir(temporary, { recursive: true });
      try {
        await build(temporary);
        return await publish(temporary, { folder, isWhole });
      } finally {
        await rm(temporary, { recursive: true, force: true });
      }
    },
    onWait,
  );
}

/**
 * @param {string} temporary
 * @param {{ folder: string, isWhole: (folder: string) => Promise<boolean> }} target
 */
async function publish(temporary, { folder, isWhole }) {
  try {
    await rename(temporary, folder);
    return true;
  } catch (caught) {
    if (codeOf(caught) !== 'ENOTEMPTY' && codeOf(caught) !== 'EEXIST') throw caught;
    if (await isWhole(folder)) return false;
    // What lies there is damaged: move it aside in one step, then take its place.
    const aside = `${folder}.${randomUUID()}.tmp`;
    await rename(folder, aside);
    await rename(temporary, folder);
    await rm(aside, { recursive: true, force: true });
    return true;
  }
}
