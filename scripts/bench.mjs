/** `npm run bench`: builds, then runs every benchmark in bench/. They print ratios and medians; none of them gates a test. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, run } from './lib/run.mjs';
import { runMain, say } from './lib/say.mjs';

runMain(async () => {
  await run('npx', ['electron-vite', 'build'], { cwd: ROOT });
  for (const name of readdirSync(join(ROOT, 'bench')).filter((entry) => entry.endsWith('.mjs')).sort()) {
    say(`bench/${name}`);
    await run(process.execPath, [join(ROOT, 'bench', name)], { cwd: ROOT, stdio: 'inherit' });
  }
});
