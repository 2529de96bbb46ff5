/**
 * The canvas under a real pointer, in a real window: 5,000 moves of a stroke on a 4096 x 4096 picture, then 1,000 strokes.
 * Prints how long a move takes until it is drawn and until its frame is painted, and what memory does. Needs a display.
 */
import { createServer } from 'node:http';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { _electron } from 'playwright-core';
import { findElectron, sandboxArgs } from '../scripts/electron-runtime.mjs';
import { ROOT } from '../scripts/lib/run.mjs';

const MOVES = Number(process.env['CANVAS_BENCH_MOVES'] ?? 5000);
const STROKES = Number(process.env['CANVAS_BENCH_STROKES'] ?? 1000);
const WIDTHS = [64, 256];
/** The load the machine was under: numbers of a busy machine say little. */
const load = () => loadavg()[0]?.toFixed(1);

const HTML = `<!doctype html><meta charset="utf-8"><title>Canvas</title>
<style>html, body { margin: 0; height: 100%; background: #222 } #canvas { position: absolute; inset: 0; outline: none }</style>
<div id="canvas"></div><script type="module" src="harness.js"></script>`;

const MAIN = `const { app, BrowserWindow } = require('electron');
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1440, height: 900, webPreferences: { sandbox: true, contextIsolation: true } });
  return window.loadURL(process.env.CANVAS_BENCH_URL);
});`;

/** @param {string} folder */
async function buildHarness(folder) {
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'warn',
    build: {
      outDir: folder,
      emptyOutDir: false,
      target: 'chrome130',
      rollupOptions: {
        input: join(ROOT, 'bench/canvas-harness.ts'),
        output: { entryFileNames: 'harness.js' },
      },
    },
  });
}

/** @param {string} folder */
async function serve(folder) {
  const server = createServer((request, response) => {
    const isScript = request.url?.startsWith('/harness.js') === true;
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    response.end(isScript ? readFileSync(join(folder, 'harness.js')) : HTML);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return { url: `http://127.0.0.1:${address.port}/`, close: () => server.close() };
}

/** @param {readonly number[]} values @param {number} part */
const quantile = (values, part) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ??
  Number.NaN;
/** @param {readonly number[]} values */
const shown = (values) =>
  `p50 ${quantile(values, 0.5).toFixed(2)} ms, p95 ${quantile(values, 0.95).toFixed(2)} ms, p99 ${quantile(values, 0.99).toFixed(2)} ms`;

/** One long stroke on a spiral that stays in the window. @param {import('playwright-core').Page} page @param {number} moves */
async function drag(page, moves) {
  const at = (/** @type {number} */ i) => {
    const angle = i / 40;
    const radius = 40 + 300 * ((i % 1000) / 1000);
    return /** @type {const} */ ([700 + radius * Math.cos(angle), 430 + radius * Math.sin(angle)]);
  };
  await page.mouse.move(...at(0));
  await page.mouse.down();
  for (let i = 1; i <= moves; i++) await page.mouse.move(...at(i));
  await page.mouse.up();
}

/** MiB of the page: its heap, and its whole process as the system counts it, canvases included. @param {import('playwright-core').Page} page */
const memory = async (page) => {
  const { heap, kept } = await page.evaluate(async () => {
    const place = /** @type {any} */ (window);
    // What one round frees may let another go, and canvases go with the frame after.
    for (let round = 0; round < 4; round++) {
      place.gc?.();
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return { heap: place.performance.memory.usedJSHeapSize / 2 ** 20, kept: place.harness.kept };
  });
  const process = await app.evaluate((electron) => electron.app.getAppMetrics().find(({ type }) => type === 'Tab')?.memory.workingSetSize ?? 0);
  return { heap, process: process / 1024, ...kept };
};
const folder = mkdtempSync(join(tmpdir(), 'palimpsest-canvas-'));
const appFolder = mkdtempSync(join(tmpdir(), 'palimpsest-canvas-app-'));
writeFileSync(
  join(appFolder, 'package.json'),
  JSON.stringify({ name: 'canvas-bench', version: '0.0.0', main: 'main.cjs' }),
);
writeFileSync(join(appFolder, 'main.cjs'), MAIN);
await buildHarness(folder);
const server = await serve(folder);
const { executable, version } = await findElectron();
const app = await _electron.launch({
  executablePath: executable,
  args: [...sandboxArgs(), '--js-flags=--expose-gc', '--enable-precise-memory-info', appFolder],
  env: { ...process.env, DBUS_SESSION_BUS_ADDRESS: 'disabled:', CANVAS_BENCH_URL: server.url },
});
try {
  const page = await app.firstWindow();
  page.on('pageerror', (problem) => console.error(problem));
  await page.waitForFunction(() => /** @type {any} */ (window).harness !== undefined);
  await page.waitForTimeout(1000);
  console.log(`Electron ${version}, picture 4096 x 4096, window 1440 x 900, load ${load()} at the start`);
  for (const width of WIDTHS) {
    await page.evaluate((wanted) => {
      const { harness, times } = /** @type {any} */ (window);
      harness.look({ brush: { ...harness.view.brush, width: wanted } });
      for (const list of Object.values(times)) list.length = 0;
    }, width);
    await drag(page, Math.ceil(MOVES / WIDTHS.length));
    // The last frame is still on its way.
    await page.waitForTimeout(300);
    const times = await page.evaluate(() => /** @type {any} */ (window).times);
    console.log(`  brush ${width} px, ${times.handled.length} moves seen`);
    console.log(`    pointer to drawn     ${shown(times.handled)}`);
    console.log(`    pointer to painted   ${shown(times.painted)}`);
    console.log(`    pen lifted: handled  ${times.lifted.at(-1).toFixed(1)} ms, painted ${times.liftPainted.at(-1)?.toFixed(1)} ms`);
  }
  await drag(page, 20);
  let done = 0;
  for (const strokes of [0, Math.min(100, STROKES), STROKES]) {
    for (; done < strokes; done++) await drag(page, 4 + (done % 5));
    const { heap, process, journalBytes, entries } = await memory(page);
    console.log(`  memory after ${strokes} strokes: heap ${heap.toFixed(1)} MiB, process ${process.toFixed(0)} MiB, old tiles ${(journalBytes / 2 ** 20).toFixed(1)} MiB, ${entries} undo entries`);
  }
  console.log(`  load ${load()} at the end`);
} finally {
  await app.close();
  server.close();
  for (const place of [folder, appFolder])
    rmSync(place, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}
