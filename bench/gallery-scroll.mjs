/**
 * The Gallery screen on a large library, in the real window: opening it, searching, scrolling through all of it at two
 * paces and jumping about, with the time of every frame and the memory of the window's process and the main one.
 * Needs a built studio, a display and a data folder with pictures (bench/gallery-library.mjs makes one).
 * Usage: node bench/gallery-scroll.mjs --data-dir DIR [--columns N] [--layout square|justified]
 */
import { existsSync, readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { _electron } from 'playwright-core';
import { findElectron, sandboxArgs } from '../scripts/electron-runtime.mjs';
import { ROOT } from '../scripts/lib/run.mjs';

/** @typedef {import('playwright-core').Page} Page */

const { values } = parseArgs({ options: { 'data-dir': { type: 'string' }, columns: { type: 'string', default: '6' }, layout: { type: 'string', default: 'square' } } });
const dataDir = values['data-dir'];
if (dataDir === undefined) throw new Error('Name a data folder with pictures: --data-dir DIR.');

/** Pixels a second at which one still looks at the pictures, and for how long. */
const READING = { speed: 2500, seconds: 15 };
/** Frames in which the whole library goes by. */
const FLIGHT_FRAMES = 1500;
const JUMPS = 20;
const SEARCHES = ['fox', 'snow', 'rating>=4', 'seed:42', 'model:a', '"red fox"', 'size>512 -snow'];

/** @param {readonly number[]} times @param {number} share */
const quantile = (times, share) => [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;

/** @param {string} name @param {readonly number[]} times */
function report(name, times) {
  const over = times.filter((time) => time > 32).length;
  const ms = (/** @type {number} */ value) => `${value.toFixed(1).padStart(6)} ms`;
  console.log(`  ${name.padEnd(34)} p50 ${ms(quantile(times, 0.5))}  p95 ${ms(quantile(times, 0.95))}  p99 ${ms(quantile(times, 0.99))}  worst ${ms(Math.max(...times))}  over 32 ms: ${over} of ${times.length}`);
}

/** Scrolls frame by frame and answers the time of each. @param {Page} page @param {{ readonly pixels: number | null, readonly frames: number | null, readonly seconds: number | null }} how */
const scroll = (page, how) =>
  page.evaluate(
    ({ pixels, frames, seconds }) =>
      new Promise((/** @type {(times: number[]) => void} */ resolve) => {
        const grid = /** @type {HTMLElement} */ (document.querySelector('[data-gallery-grid]'));
        grid.scrollTop = 0;
        const step = frames === null ? 0 : (grid.scrollHeight - grid.clientHeight) / frames;
        const times = /** @type {number[]} */ ([]);
        const start = performance.now();
        let last = start;
        const frame = (/** @type {number} */ now) => {
          times.push(now - last);
          grid.scrollTop += pixels === null ? step : (pixels * (now - last)) / 1000;
          last = now;
          const isOver = frames === null ? now - start > (seconds ?? 0) * 1000 : times.length >= frames;
          if (isOver) resolve(times.slice(2));
          else requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
      }),
    how,
  );

/** Resolves when every tile in sight shows its picture; answers the milliseconds that took. @param {Page} page */
const untilShown = (page) =>
  page.evaluate(
    () =>
      new Promise((/** @type {(ms: number) => void} */ resolve) => {
        const start = performance.now();
        const look = () => {
          const grid = /** @type {HTMLElement} */ (document.querySelector('[data-gallery-grid]'));
          const box = grid.getBoundingClientRect();
          const tiles = [...grid.querySelectorAll('[role="option"]')].filter((tile) => {
            const { top, bottom } = tile.getBoundingClientRect();
            return bottom > box.top && top < box.bottom;
          });
          const isShown = tiles.length > 0 && tiles.every((tile) => [...tile.querySelectorAll('img')].some((image) => image.complete && image.naturalWidth > 0));
          if (isShown) resolve(performance.now() - start);
          else requestAnimationFrame(look);
        };
        look();
      }),
  );

/** @param {Page} page */
async function jumps(page) {
  const times = [];
  for (let jump = 0; jump < JUMPS; jump++) {
    // The golden ratio visits the whole library evenly, never the same place twice.
    await page.evaluate((share) => {
      const grid = /** @type {HTMLElement} */ (document.querySelector('[data-gallery-grid]'));
      grid.scrollTop = (grid.scrollHeight - grid.clientHeight) * share;
    }, (jump * 0.618034) % 1);
    await page.waitForTimeout(120);
    times.push(await untilShown(page));
  }
  return times;
}

/** Resolves when the folders have been read: the number of pictures has stood still for a while. @param {Page} page */
async function untilRead(page) {
  let [count, still] = [-1, 0];
  while (still < 5) {
    await page.waitForTimeout(1000);
    const answer = await page.evaluate(async () => /** @type {any} */ (window).studio.request('roots.list', null));
    if (!answer.ok) throw new Error(answer.error.message);
    const now = answer.value.reduce((/** @type {number} */ sum, /** @type {{ count: number }} */ root) => sum + root.count, 0);
    still = now === count ? still + 1 : 0;
    count = now;
  }
}

/** Its own pages and its part of those it shares (Linux' PSS): the sum over processes counts no page twice. @param {number} pid */
function proportionalMegabytes(pid) {
  const path = `/proc/${pid}/smaps_rollup`;
  if (!existsSync(path)) return null;
  const kilobytes = /^Pss:\s+(\d+)/m.exec(readFileSync(path, 'utf8'))?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) / 1024;
}

/** From the last key to the first answer of the search, through the page's own bridge. @param {Page} page */
async function searches(page) {
  const times = [];
  for (const text of SEARCHES) {
    times.push(
      await page.evaluate(async (query) => {
        const start = performance.now();
        await /** @type {any} */ (window).studio.request('gallery.page', { query: { text: query, boardId: null, sort: { by: 'created', isDescending: true } }, offset: 0, limit: 100 });
        return performance.now() - start;
      }, text),
    );
  }
  return times;
}

const { executable, version } = await findElectron();
const app = await _electron.launch({ executablePath: executable, args: [...sandboxArgs(), ROOT, '--data-dir', dataDir], env: { ...process.env, DBUS_SESSION_BUS_ADDRESS: 'disabled:' } });
try {
  const page = await app.firstWindow();
  await page.getByRole('navigation').first().waitFor();
  await page.evaluate((look) => /** @type {any} */ (window).studio.request('settings.set', { gallery: look }), { columns: Number(values.columns), layout: values.layout, isSidebarOpen: true, isDetailsOpen: true });
  await page.reload();
  await page.getByRole('navigation').first().waitFor();
  await untilRead(page);

  const opened = performance.now();
  await page.keyboard.press('Control+3');
  await page.getByRole('listbox').waitFor();
  await untilShown(page);
  const firstPictures = performance.now() - opened;
  const total = await page.evaluate(async () => (await /** @type {any} */ (window).studio.request('gallery.page', { query: { text: '', boardId: null, sort: { by: 'created', isDescending: true } }, offset: 0, limit: 1 })).value.total);

  console.log(`Electron ${version}, ${total} pictures, ${values.columns} columns, ${values.layout}; load of the machine ${loadavg()[0]?.toFixed(1)}`);
  console.log(`  opening, to the first thumbnails   ${firstPictures.toFixed(0)} ms`);
  report('search, to its first page', await searches(page));
  report('frames, reading', await scroll(page, { pixels: READING.speed, frames: null, seconds: READING.seconds }));
  report('frames, through the whole library', await scroll(page, { pixels: null, frames: FLIGHT_FRAMES, seconds: null }));
  report('jump, until all thumbnails are there', await jumps(page));
  const metrics = await app.evaluate(({ app: electron }) => electron.getAppMetrics().map(({ type, pid, name, memory: { workingSetSize } }) => ({ type, pid, name: name ?? '', resident: workingSetSize / 1024 })));
  const memory = metrics.map((process) => ({ ...process, share: proportionalMegabytes(process.pid) ?? process.resident }));
  for (const { type, name, resident, share } of memory) console.log(`  memory of ${`${type} ${name}`.padEnd(34)} ${share.toFixed(0).padStart(4)} MB (resident, with what processes share: ${resident.toFixed(0)} MB)`);
  const both = memory.filter(({ type }) => type === 'Browser' || type === 'Tab').reduce((sum, { share }) => sum + share, 0);
  console.log(`  main and renderer together         ${both.toFixed(0)} MB; load at the end ${loadavg()[0]?.toFixed(1)}`);
} finally {
  await app.close();
}
