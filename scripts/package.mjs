/** `npm run package`: the studio as a folder in `dist/`, made offline with the Electron that is found here. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findElectron } from './electron-runtime.mjs';
import { ensureBuilt, ensureInstalled } from './lib/fresh.mjs';
import { lastLine, ROOT, run } from './lib/run.mjs';
import { runMain, say, Sentence } from './lib/say.mjs';

runMain(async () => {
  await ensureInstalled();
  await ensureBuilt();
  const { folder, version, source } = await findElectron();
  say(`Packaging with Electron ${version} (${source}) ...`);
  const builder = fileURLToPath(import.meta.resolve('electron-builder/cli.js'));
  const args = ['--dir', '--publish', 'never', `--config.electronDist=${folder}`, `--config.electronVersion=${version}`];
  const result = await run(process.execPath, [builder, ...args]);
  if (result.code !== 0) {
    const reason = `${result.stdout}\n${result.stderr}`.split('\n').find((line) => line.includes('⨯')) ?? lastLine(result);
    throw new Sentence(`The studio could not be packaged: ${reason.trim()}`);
  }
  const made = readdirSync(join(ROOT, 'dist'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name } of made) process.stdout.write(`${join(ROOT, 'dist', name)}\n`);
});
