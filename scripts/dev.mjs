/** `npm run dev`: the studio with a page that reloads as its sources change, in the Electron that is found here. */
import { join } from 'node:path';
import { findElectron, sandboxArgs } from './electron-runtime.mjs';
import { ensureInstalled } from './lib/fresh.mjs';
import { ROOT, run } from './lib/run.mjs';
import { runMain } from './lib/say.mjs';

runMain(async () => {
  await ensureInstalled();
  const { executable } = await findElectron();
  const tool = join(ROOT, 'node_modules/electron-vite/bin/electron-vite.js');
  const noSandbox = sandboxArgs().length > 0 ? ['--noSandbox'] : [];
  const { code } = await run(process.execPath, [tool, 'dev', ...noSandbox], { env: { ELECTRON_EXEC_PATH: executable }, stdio: 'inherit' });
  return code;
});
