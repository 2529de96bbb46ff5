/**
 * The program that a plain Electron runs when it is given a folder: it reads the folder's package.json, takes over
 * name, version and path, and starts its `main`. Packed into `default_app.asar` of a runtime that was made here.
 * It is an ES module that awaits the application, because Electron holds back `ready` until its entry has loaded, and
 * an application must register its own schemes before `ready`.
 */
import { app, dialog } from 'electron';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);
const given = process.argv.slice(1);
const modules = [];
let folder;
for (let i = 0; i < given.length; i += 1) {
  const arg = given[i];
  // `-r MODULE` is Electron's own option; Playwright starts its loader by it.
  if (arg === '-r' || arg === '--require') modules.push(given[(i += 1)]);
  else if (!arg.startsWith('-')) {
    folder = resolve(arg);
    break;
  }
}

try {
  for (const name of modules) require(resolve(name));
  if (folder === undefined) throw new Error('Expected the folder of an application as argument but received none.');
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true });
  if (manifest.version) app.setVersion(manifest.version);
  app.setName(manifest.productName ?? manifest.name);
  app.setAppPath(folder);
  await import(pathToFileURL(join(folder, manifest.main ?? 'index.js')).href);
} catch (caught) {
  console.error(caught instanceof Error ? caught.message : String(caught));
  if (process.platform !== 'linux') dialog.showErrorBox('Palimpsest', String(caught));
  app.exit(1);
}
