/**
 * Cold start, in the real window: from launching the process to a prompt that takes keys, and to the first picture of
 * the built-in model. Prints medians of several starts, each with a fresh data folder. Needs a built studio and a display.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from 'playwright-core';
import { findElectron, sandboxArgs } from '../scripts/electron-runtime.mjs';
import { ROOT } from '../scripts/lib/run.mjs';

const RUNS = 3;

/** @param {string} executable */
async function measure(executable) {
  const dataDir = mkdtempSync(join(tmpdir(), 'palimpsest-bench-'));
  const started = performance.now();
  const app = await _electron.launch({
    executablePath: executable,
    args: [...sandboxArgs(), ROOT, '--data-dir', dataDir],
    env: { ...process.env, DBUS_SESSION_BUS_ADDRESS: 'disabled:' },
  });
  try {
    const page = await app.firstWindow();
    const prompt = page.getByRole('textbox').first();
    await prompt.fill('a red apple');
    const usable = performance.now() - started;
    await page.getByText(/Palimpsest Draw/).first().waitFor();
    await page.evaluate(() => {
      const place = /** @type {any} */ (window);
      place.firstPicture = new Promise((resolve) => place.studio.on('gallery.event', resolve));
    });
    await page.keyboard.press('Control+Enter');
    await page.evaluate(() => /** @type {any} */ (window).firstPicture);
    return { usable, picture: performance.now() - started };
  } finally {
    await app.close();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

/** @param {readonly number[]} values */
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
/** @param {number} ms */
const seconds = (ms) => `${(ms / 1000).toFixed(2)} s`;

const { executable, version } = await findElectron();
const runs = [];
for (let i = 0; i < RUNS; i++) runs.push(await measure(executable));
console.log(`Electron ${version}, ${RUNS} cold starts, median`);
console.log(`  to a usable window       ${seconds(median(runs.map((run) => run.usable)))}`);
console.log(`  to the first picture     ${seconds(median(runs.map((run) => run.picture)))}`);
