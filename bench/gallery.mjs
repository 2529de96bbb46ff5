/**
 * The gallery over 100,000 small pictures, in the real window and over its own bridge: import rate, index size, opening
 * to the first thumbnails, searches, sorts, memory. `GALLERY_PICTURES=10000` for a quicker run; `GALLERY_LIBRARY=DIR`
 * keeps the library for the next one. Needs a built studio and a display. (Scrolling is measured by gallery-scroll.mjs.)
 */
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron } from 'playwright-core';
import { findElectron, sandboxArgs } from '../scripts/electron-runtime.mjs';
import { ROOT } from '../scripts/lib/run.mjs';
import { makeLibrary } from '../scripts/make-library.mjs';

const COUNT = Number(process.env['GALLERY_PICTURES'] ?? 100_000);
const kept = process.env['GALLERY_LIBRARY'];
const dataDir = kept === undefined ? mkdtempSync(join(tmpdir(), 'palimpsest-bench-')) : resolve(kept);

/** What people type; each is asked cold (a term that was not asked before) and mixed with the others. */
const SEARCHES = [
  'fox', 'owl castle', '"dragon and a ship"', 'prompt:river -photograph', 'model:sdxl', 'model:dream comet', 'size:48x48', 'rating>=4', 'date:2025-11', 'date>2026-01 queen',
  'seed>4000000000', 'has:mask', 'steps:20..25 cfg>7', 'kind:txt2img sampler:euler', 'shape:portrait lighthouse', 'watercolour at dawn', 'wood', 'violin,storm', 'prompt:violin,storm', '-fox',
  'bytes<1500', 'etching "after rain"', 'folder:2024-07', 'negative:blurry garden', 'tag:none', 'model:"juggernaut xl" robot', 'name:market', 'label:red', 'origin:palimpsest apple', 'horse in moonlight',
];
const SORTS = ['created', 'modified', 'name', 'rating', 'pixels', 'bytes', 'model', 'seed', 'prompt'];

/** @param {readonly number[]} values @param {number} share */
const quantile = (values, share) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;
/** @param {string} name @param {string} value */
const tell = (name, value) => console.log(`  ${name.padEnd(48)}${value}`);
/** @param {number} value */
const ms = (value) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;

/** @param {string} executable */
async function launch(executable) {
  const app = await _electron.launch({ executablePath: executable, args: [...sandboxArgs(), ROOT, '--data-dir', dataDir], env: { ...process.env, DBUS_SESSION_BUS_ADDRESS: 'disabled:' } });
  const page = await app.firstWindow();
  await page.waitForLoadState('load');
  return { app, page };
}

/** Resolves when every file has been looked at. @param {import('playwright-core').Page} page */
const indexed = (page) =>
  page.evaluate(
    () =>
      new Promise((done) => {
        const stop = /** @type {any} */ (window).studio.on('gallery.event', (/** @type {any} */ event) => {
          if (event.type !== 'indexing' || event.done < event.total) return;
          stop();
          done(event.total);
        });
      }),
  );

/** From asking for the first page to so many decoded thumbnails. @param {import('playwright-core').Page} page @param {number} size */
const firstThumbnails = (page, size) =>
  page.evaluate(async (side) => {
    const started = performance.now();
    const query = { text: '', boardId: null, sort: { by: 'created', isDescending: true } };
    const { studio } = /** @type {any} */ (window);
    const [{ value }] = await Promise.all([studio.request('gallery.page', { query, offset: 0, limit: 100 }), studio.request('gallery.aspects', { query })]);
    const answered = performance.now() - started;
    await Promise.all(
      value.images.slice(0, 40).map(async (/** @type {any} */ image) => {
        const picture = new Image();
        picture.src = `/thumb/${image.id}?size=${side}&v=${image.modifiedAt}`;
        await picture.decode();
      }),
    );
    return { answered, thumbnails: performance.now() - started };
  }, size);

/** Milliseconds of each question and the first hundred pictures of its answer. @param {import('playwright-core').Page} page @param {readonly unknown[]} queries */
const ask = (page, queries) =>
  page.evaluate(async (list) => {
    const times = [];
    for (const query of list) {
      const started = performance.now();
      await /** @type {any} */ (window).studio.request('gallery.page', { query, offset: 0, limit: 100 });
      times.push(performance.now() - started);
    }
    return times;
  }, queries);

/** Resident megabytes by kind of process. @param {import('playwright-core').ElectronApplication} app */
async function memory(app) {
  const metrics = await app.evaluate(({ app: electron }) => electron.getAppMetrics().map(({ type, name, memory: { workingSetSize } }) => ({ type, name, mb: workingSetSize / 1024 })));
  /** @param {(metric: { type: string, name?: string | undefined }) => boolean} wanted */
  const sum = (wanted) => metrics.filter(wanted).reduce((total, { mb }) => total + mb, 0);
  return { mainAndPage: sum(({ type }) => type === 'Browser' || type === 'Tab'), library: sum(({ name }) => name === 'Palimpsest library'), helper: sum(({ name }) => name === 'Palimpsest helper') };
}

const query = (/** @type {string} */ text, by = 'created', isDescending = true) => ({ text, boardId: null, sort: { by, isDescending } });

const { executable, version } = await findElectron();
try {
  if (!existsSync(join(dataDir, 'pictures'))) await makeLibrary(dataDir, COUNT);
  for (const name of ['library.db', 'library.db-wal', 'library.db-shm']) rmSync(join(dataDir, name), { force: true });
  rmSync(join(dataDir, 'cache'), { recursive: true, force: true });
  console.log(`Electron ${version}, ${COUNT} pictures`);

  const importing = performance.now();
  const first = await launch(executable);
  await indexed(first.page);
  const seconds = (performance.now() - importing) / 1000;
  tell('import, start of the window included', `${seconds.toFixed(1)} s, ${Math.round(COUNT / seconds)} pictures a second`);
  await first.app.close();
  tell('index', `${Math.round(statSync(join(dataDir, 'library.db')).size / COUNT)} bytes a picture`);

  const second = await launch(executable);
  const cold = await firstThumbnails(second.page, 256);
  tell('open, no thumbnail made yet: page answered', ms(cold.answered));
  tell('open, no thumbnail made yet: 40 thumbnails', ms(cold.thumbnails));
  await indexed(second.page);
  const warm = [];
  for (let run = 0; run < 5; run += 1) warm.push((await firstThumbnails(second.page, 256)).thumbnails);
  tell('open again: 40 thumbnails, median of 5', ms(quantile(warm, 0.5)));
  const searches = await ask(second.page, SEARCHES.map((text) => query(text)));
  tell(`search, ${SEARCHES.length} cold ones: median, p95, worst`, [0.5, 0.95, 1].map((share) => ms(quantile(searches, share))).join(', '));
  const again = await ask(second.page, SEARCHES.map((text) => query(text, 'rating')));
  tell('the same in another order: median, p95, worst', [0.5, 0.95, 1].map((share) => ms(quantile(again, share))).join(', '));
  const sorts = await ask(second.page, SORTS.map((by) => query('', by, false)));
  tell('sort of all, first time: median, worst', [0.5, 1].map((share) => ms(quantile(sorts, share))).join(', '));
  await second.app.close();

  const third = await launch(executable);
  const open = await firstThumbnails(third.page, 256);
  tell('open after a restart, thumbnails kept: page answered', ms(open.answered));
  tell('open after a restart, thumbnails kept: 40 shown', ms(open.thumbnails));
  await indexed(third.page);
  await ask(third.page, Array.from({ length: 50 }, (_, n) => query(SEARCHES[n % SEARCHES.length] ?? '', SORTS[n % SORTS.length])));
  const { mainAndPage, library, helper } = await memory(third.app);
  tell('memory: main + page, library, helper', `${Math.round(mainAndPage)} MB, ${Math.round(library)} MB, ${Math.round(helper)} MB`);
  await third.app.close();
} finally {
  if (kept === undefined) rmSync(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}
