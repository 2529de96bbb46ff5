import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { withLock } from './make-once.mjs';
import { lastLine, npm, ROOT, run } from './run.mjs';
import { say, Sentence } from './say.mjs';

/** @param {string} text */
const sha256 = (text) => createHash('sha256').update(text).digest('hex');

/** One lock per checkout, outside node_modules because an install replaces that folder. */
const lockFile = (/** @type {string} */ what) => join(tmpdir(), `palimpsest-${what}-${sha256(ROOT).slice(0, 12)}.lock`);

/**
 * @typedef {{ packages: Record<string, { version?: string, integrity?: string, optional?: boolean, peer?: boolean, devOptional?: boolean }> }} Lockfile
 */

/**
 * Whether what is installed is what the lockfile asks for. Compared by content, because a checkout changes times and an
 * install changes neither.
 * @param {Lockfile} wanted package-lock.json
 * @param {Lockfile} installed node_modules/.package-lock.json, which npm writes after each install
 */
export function isInstalledAsLocked(wanted, installed) {
  const isSame = Object.entries(installed.packages).every(([path, { version }]) => wanted.packages[path]?.version === version);
  const isComplete = Object.entries(wanted.packages).every(
    ([path, entry]) => path === '' || entry.optional || entry.devOptional || installed.packages[path] !== undefined,
  );
  return isSame && isComplete;
}

async function needsInstall() {
  const installed = join(ROOT, 'node_modules/.package-lock.json');
  if (!existsSync(installed)) return true;
  const [wanted, present] = await Promise.all([readFile(join(ROOT, 'package-lock.json'), 'utf8'), readFile(installed, 'utf8')]);
  return !isInstalledAsLocked(JSON.parse(wanted), JSON.parse(present));
}

/**
 * Installs from the lockfile when node_modules is missing or not what the lockfile asks for.
 * @throws {Sentence} when npm fails
 */
export async function ensureInstalled() {
  if (!(await needsInstall())) return;
  await withLock(lockFile('install'), async () => {
    if (!(await needsInstall())) return;
    say('Installing packages from the lockfile (once, a minute or two) ...');
    const result = await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
    if (result.code !== 0) throw new Sentence(`The packages could not be installed from the lockfile: ${lastLine(result)}`);
  });
}

const OUTPUTS = ['out/main/main.js', 'out/main/engine-host.js', 'out/main/cli.js', 'out/preload/index.cjs', 'out/renderer/index.html'];
const STAMP = join(ROOT, 'out/.sources');

/** @returns {Promise<string>} one hash over every file the build reads */
async function sourcesHash() {
  const entries = await readdir(join(ROOT, 'src'), { recursive: true, withFileTypes: true });
  const sources = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const files = [...sources, ...['electron.vite.config.ts', 'package.json', 'package-lock.json'].map((name) => join(ROOT, name))].sort();
  const parts = await Promise.all(files.map(async (file) => `${relative(ROOT, file)} ${sha256(await readFile(file, 'latin1'))}`));
  return sha256(parts.join('\n'));
}

/**
 * The bundler's reason, which stands on the lines after "error during build:".
 * @param {import('./run.mjs').RunResult} result
 */
function buildError(result) {
  const lines = `${result.stdout}\n${result.stderr}`.replace(/\u001b\[\d+m/g, '').split('\n');
  const from = lines.findIndex((line) => line.includes('error during build'));
  const reason = lines.slice(from + 1).filter((line) => line.trim() !== '').slice(0, 2).join(' ').trim();
  return from < 0 || reason === '' ? lastLine(result) : reason;
}

/** @param {string} hash */
async function isBuilt(hash) {
  const isThere = OUTPUTS.every((path) => existsSync(join(ROOT, path)));
  return isThere && existsSync(STAMP) && (await readFile(STAMP, 'utf8')) === hash;
}

/**
 * Builds `out/` when it is missing or older than the sources.
 * @throws {Sentence} when the build fails
 */
export async function ensureBuilt() {
  const hash = await sourcesHash();
  if (await isBuilt(hash)) return;
  await withLock(lockFile('build'), async () => {
    if (await isBuilt(hash)) return;
    say('Building the studio ...');
    const result = await run(process.execPath, [join(ROOT, 'node_modules/electron-vite/bin/electron-vite.js'), 'build', '--logLevel', 'warn']);
    if (result.code !== 0) throw new Sentence(`The studio could not be built: ${buildError(result)}`);
    await writeFile(STAMP, hash);
  });
}
