import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../src/main/app/database/database';
import { createMarksStore, openMarksDatabase } from '../../../src/main/app/gallery/marks-database';
import { verifyIndex } from '../../../src/main/app/gallery/verify-index';
import { OWN_ROOT } from '../../../src/shared/ids';
import { openTestGallery } from '../../support/open-gallery';
import { tempFolder } from '../../support/temp-folder';

/** How many times; each is a real process ended by SIGKILL. GALLERY_KILLS=200 is the full number. */
const KILLS = Number(process.env['GALLERY_KILLS'] ?? 10);

/** Inside the project, so that the bundle finds its packages. */
const BUNDLE = resolve(import.meta.dirname, `../../../node_modules/.cache/gallery-child-${process.pid}`);

beforeAll(async () => {
  await mkdir(BUNDLE, { recursive: true });
  await build({
    configFile: false,
    logLevel: 'silent',
    build: { ssr: resolve(import.meta.dirname, 'gallery-child.ts'), outDir: BUNDLE, emptyOutDir: true, target: 'node20', rollupOptions: { output: { format: 'es', entryFileNames: 'child.mjs' } } },
  });
}, 300_000);
afterAll(() => rm(BUNDLE, { recursive: true, force: true }));

/** Starts the child and kills it at a random moment of its work. @returns the lines that it had said */
function liveAndDie(dataDir: string, life: number): Promise<readonly string[]> {
  return new Promise((settle, reject) => {
    const child = spawn(process.execPath, [join(BUNDLE, 'child.mjs'), dataDir, String(life)], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    let complaint = '';
    let isDying = false;
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (isDying || !said.includes('ready')) return;
      isDying = true;
      setTimeout(() => child.kill('SIGKILL'), Math.random() * 700);
    });
    child.on('error', reject);
    // The last line may be cut; then it was not said.
    child.on('close', (_code, signal) => (signal === 'SIGKILL' ? settle(said.slice(0, said.lastIndexOf('\n')).split('\n')) : reject(new Error(`the child ended by itself: ${complaint}`))));
  });
}

interface Promises {
  readonly there: Set<string>;
  readonly trashed: Set<string>;
  readonly ratings: Map<string, number>;
  readonly boarded: Set<string>;
}

function note(lines: readonly string[], { there, trashed, ratings, boarded }: Promises): void {
  for (const [what, id = '', value] of lines.map((line) => line.split(' '))) {
    if (what === 'made' || what === 'restored') {
      there.add(id);
      trashed.delete(id);
    }
    if (what === 'rated') ratings.set(id, Number(value));
    if (what === 'boarded') boarded.add(id);
    if (what === 'trashed') {
      there.delete(id);
      trashed.add(id);
    }
  }
  // What was begun after the last word may be done or not: throwing away and restoring.
  const last = lines.at(-1)?.split(' ')[1];
  if (last !== undefined) {
    there.delete(last);
    trashed.delete(last);
  }
}

describe('a library killed at any moment', () => {
  it(`has every finished picture, rating and board, shows no half file, and equals a rebuild, ${KILLS} kills later`, async () => {
    const dataDir = tempFolder();
    const promises: Promises = { there: new Set(), trashed: new Set(), ratings: new Map(), boarded: new Set() };
    let words = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      const lines = await liveAndDie(dataDir, kill);
      words += lines.length;
      note(lines, promises);
      const { library, gallery, folders, close } = await openTestGallery(dataDir);
      await library.settle(null);
      const images = new Map((await library['gallery.page']({ query: { text: '', boardId: null, sort: { by: 'created', isDescending: true } }, offset: 0, limit: 100_000 })).images.map((image) => [String(image.id), image]));
      expect([...promises.there].filter((id) => !images.has(id))).toEqual([]);
      const inTrash = new Set((await gallery.listTrash()).map(({ id }) => String(id)));
      expect([...promises.trashed].filter((id) => !inTrash.has(id))).toEqual([]);
      expect([...promises.ratings].filter(([id, rating]) => images.has(id) && images.get(id)?.marks.rating !== rating)).toEqual([]);
      const [board] = await library['boards.list'](null);
      const onBoard = new Set<string>(board === undefined ? [] : await library['gallery.ids']({ query: { text: '', boardId: board.id, sort: { by: 'created', isDescending: true } }, offset: 0, limit: 100_000 }));
      expect([...promises.boarded].filter((id) => images.has(id) && !onBoard.has(id))).toEqual([]);
      // The child plays another program, too, whose half written files are listed and not shown.
      const problems = await library['gallery.problems'](null);
      expect(problems.filter(({ file }) => !file.includes('import-'))).toEqual([]);
      expect(readdirSync(folders.staging)).toEqual([]);
      await close();
      const { database } = openDatabase(folders.database, () => new Date());
      const { database: marks } = openMarksDatabase(folders.marks, () => new Date());
      const verdict = await verifyIndex(database, createMarksStore(marks), [{ id: OWN_ROOT, path: folders.pictures }]);
      expect(verdict).toEqual({ pictures: images.size, problems: problems.length, differences: [], words: 0 });
      database.close();
      marks.close();
    }
    // Otherwise no kill ever hit work, and this proves nothing.
    expect(words).toBeGreaterThan(KILLS * 3);
    expect([...promises.there].length).toBeGreaterThan(KILLS / 2);
  }, 120_000 + KILLS * 20_000);
});
