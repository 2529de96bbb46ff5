/**
 * The program that a plain Electron runs when it is given a folder: it reads the folder's package.json, takes over
 * name, version and path, and starts its `main`. Packed into `default_app.asar` of a runtime that was made here.
 * It is an ES module that awaits the application, because Electron holds back `ready` until its entry has loaded, and
 * an application must register its own schemes before `ready`.
 */
import { app } from 'electron';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Electron's own default app uses these two; its types leave them out. */
const undocumented = /** @type {{ setVersion(version: string): void, setAppPath(path: string): void }} */ (/** @type {unknown} */ (app));

/**
 * Electron's own options come before the folder; `-r MODULE` is the only one with a value (Playwright's loader uses it).
 * @param {readonly string[]} args
 */
function readArguments(args) {
  /** @type {string[]} */
  const modules = [];
  const waiting = [...args];
  for (let arg = waiting.shift(); arg !== undefined; arg = waiting.shift()) {
    if (arg === '-r' || arg === '--require') modules.push(waiting.shift() ?? '');
    else if (!arg.startsWith('-')) return { modules, folder: resolve(arg) };
  }
  throw new Error('Expected the folder of an application as argument but received none.');
}

try {
  const { modules, folder } = readArguments(process.argv.slice(1));
  const require = createRequire(import.meta.url);
  for (const name of modules) require(resolve(name));
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true });
  undocumented.setVersion(manifest.version ?? '0.0.0');
  undocumented.setAppPath(folder);
  app.setName(manifest.productName ?? manifest.name);
  await import(pathToFileURL(join(folder, manifest.main ?? 'index.js')).href);
} catch (caught) {
  console.error(caught instanceof Error ? caught.message : String(caught));
  app.exit(1);
}
