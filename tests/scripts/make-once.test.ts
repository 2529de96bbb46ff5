import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolderOnce, withLock } from '../../scripts/lib/make-once.mjs';

const child = join(import.meta.dirname, 'race-child.mjs');
let root: string;
let folder: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'palimpsest-once-'));
  folder = join(root, 'wanted');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const start = async (name: string): Promise<{ isBuilder: boolean; isWhole: boolean }> => {
  const { stdout } = await promisify(execFile)(process.execPath, [child, folder, name]);
  return JSON.parse(stdout);
};

const isWhole = (path: string): Promise<boolean> => Promise.resolve(existsSync(join(path, 'last')));
const build = (temporary: string): Promise<void> => Promise.resolve(writeFileSync(join(temporary, 'last'), 'new'));

/** The id of a process that has ended. */
const deadPid = (): number => spawnSync(process.execPath, ['-e', '']).pid;

describe('making a folder once', () => {
  it('builds once when three processes ask at the same time, and all of them find it whole', async () => {
    const results = await Promise.all([start('a'), start('b'), start('c')]);
    expect(results.map((result) => result.isWhole)).toEqual([true, true, true]);
    expect(results.filter((result) => result.isBuilder)).toHaveLength(1);
    expect(readFileSync(`${folder}.builds`, 'utf8').trim().split('\n')).toHaveLength(1);
    expect(readdirSync(root).sort()).toEqual(['wanted', 'wanted.builds']);
  });

  it('leaves neither folder nor lock behind when the build fails', async () => {
    const failing = makeFolderOnce({ folder, isWhole, build: () => Promise.reject(new Error('no network')) });
    await expect(failing).rejects.toThrow('no network');
    expect(readdirSync(root)).toEqual([]);
  });

  it('replaces a damaged folder', async () => {
    mkdirSync(folder);
    writeFileSync(join(folder, 'first'), 'half');
    expect(await makeFolderOnce({ folder, isWhole, build })).toBe(true);
    expect(readdirSync(folder)).toEqual(['last']);
    expect(readdirSync(root)).toEqual(['wanted']);
  });

  it('takes over the lock of a process that has ended', async () => {
    writeFileSync(`${folder}.lock`, JSON.stringify({ pid: deadPid(), host: hostname() }));
    expect(await makeFolderOnce({ folder, isWhole, build })).toBe(true);
  });

  it('takes over a lock that nobody touched for long, whoever owns it', async () => {
    const lock = `${folder}.lock`;
    writeFileSync(lock, JSON.stringify({ pid: 1, host: 'another machine' }));
    const longAgo = new Date(Date.now() - 60_000);
    utimesSync(lock, longAgo, longAgo);
    expect(await withLock(lock, () => Promise.resolve('mine'))).toBe('mine');
  });

  it('waits for a lock whose owner runs, and says so once', async () => {
    const lock = `${folder}.lock`;
    writeFileSync(lock, JSON.stringify({ pid: process.pid, host: hostname() }));
    let waits = 0;
    setTimeout(() => rmSync(lock), 600);
    const begin = performance.now();
    await withLock(lock, () => Promise.resolve(), () => (waits += 1));
    expect(performance.now() - begin).toBeGreaterThan(500);
    expect(waits).toBe(1);
  });
});
