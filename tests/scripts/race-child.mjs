// One of two processes that want the same folder at the same time: `node race-child.mjs FOLDER NAME`.
import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolderOnce } from '../../scripts/lib/make-once.mjs';

const [folder = '', name = ''] = process.argv.slice(2);
const isBuilder = await makeFolderOnce({
  folder,
  isWhole: async (path) => existsSync(join(path, 'last')),
  build: async (temporary) => {
    appendFileSync(`${folder}.builds`, `${name}\n`);
    writeFileSync(join(temporary, 'first'), name);
    await new Promise((done) => setTimeout(done, 400));
    writeFileSync(join(temporary, 'last'), name);
  },
});
process.stdout.write(JSON.stringify({ isBuilder, isWhole: existsSync(join(folder, 'first')) && existsSync(join(folder, 'last')) }));
