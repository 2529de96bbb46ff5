/**
 * `npm run screenshots`: the pictures of the README, taken in the real window with the built-in model. Needs a display
 * (under Linux without one: `xvfb-run -a npm run screenshots`).
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findElectron, sandboxArgs } from './electron-runtime.mjs';
import { ensureBuilt, ensureInstalled } from './lib/fresh.mjs';
import { ROOT } from './lib/run.mjs';
import { runMain, say } from './lib/say.mjs';

const FOLDER = join(ROOT, 'docs', 'images');
const PROMPTS = ['a red apple', 'a green heart', 'a rocket', 'an owl', 'a pizza', 'a blue car', 'a rainbow', 'a cat face'];

/** @typedef {import('playwright-core').Page} Page */

/** @param {Page} page @param {string} name */
async function shoot(page, name) {
  await page.screenshot({ path: join(FOLDER, `${name}.png`) });
  say(`docs/images/${name}.png`);
}

/** Resolves when the next picture is in the gallery. @param {Page} page */
const nextPicture = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        /** @type {any} */ (window).studio.on('gallery.event', (/** @type {{ type: string }} */ event) => {
          if (event.type === 'added') resolve(null);
        });
      }),
  );

/** @param {Page} page @param {string} text */
async function generate(page, text) {
  await page.getByRole('textbox').first().fill(text);
  const made = nextPicture(page);
  await page.keyboard.press('Control+Enter');
  await made;
}

/** @param {Page} page @param {object} patch */
async function changeSettings(page, patch) {
  await page.evaluate((change) => /** @type {any} */ (window).studio.request('settings.set', change), patch);
  await page.reload();
  await page.getByRole('textbox').first().waitFor();
  await page.waitForTimeout(1500);
}

/** @param {Page} page @param {object} patch */
async function changeDraft(page, patch) {
  const draft = await page.evaluate(async () => (await /** @type {any} */ (window).studio.request('settings.get', null)).value.draft);
  await changeSettings(page, { draft: { ...draft, ...patch } });
}

/** @param {Page} page @param {string} name of the rail's entry */
async function screen(page, name) {
  await page.getByRole('navigation').first().getByRole('button', { name }).click();
  await page.mouse.move(700, 5);
  await page.waitForTimeout(1500);
}

/** @param {Page} page */
async function edit(page) {
  await page.getByRole('button', { name: /^(Edit|Bewerken)/ }).first().click();
  await page.getByRole('main').getByRole('button').filter({ has: page.locator('img') }).first().click();
  const box = await page.locator('canvas').first().boundingBox();
  if (box === null) return;
  await page.waitForTimeout(1500);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  for (const row of [-60, -30, 0, 30]) {
    await page.mouse.move(x - 70, y + row);
    await page.mouse.down();
    for (let i = 1; i <= 14; i++) await page.mouse.move(x - 70 + i * 10, y + row);
    await page.mouse.up();
  }
  await page.waitForTimeout(1000);
}

runMain(async () => {
  await ensureInstalled();
  await ensureBuilt();
  const { _electron } = await import('playwright-core');
  const { executable } = await findElectron();
  const dataDir = mkdtempSync(join(tmpdir(), 'palimpsest-screenshots-'));
  mkdirSync(FOLDER, { recursive: true });
  const app = await _electron.launch({
    executablePath: executable,
    args: [...sandboxArgs(), ROOT, '--data-dir', dataDir, '--lang=en-US'],
    env: { ...process.env, DBUS_SESSION_BUS_ADDRESS: 'disabled:' },
  });
  try {
    const page = await app.firstWindow();
    // The models are read after the window is drawn; without one there is nothing to generate with.
    await page.getByText(/Palimpsest Draw/).first().waitFor();
    for (const text of PROMPTS) await generate(page, text);
    await page.waitForTimeout(1500);
    await shoot(page, 'create-dark');
    // Many steps, so that there is time to look.
    await changeDraft(page, { numInferenceSteps: 120, prompt: 'a birthday cake' });
    const made = nextPicture(page);
    await page.keyboard.press('Control+Enter');
    await page.waitForTimeout(2500);
    await shoot(page, 'running');
    await made;
    await edit(page);
    await shoot(page, 'edit');
    await screen(page, 'Gallery');
    await shoot(page, 'gallery');
    await screen(page, 'Resize');
    await page.getByRole('main').getByRole('button').filter({ has: page.locator('img') }).nth(2).click();
    // The part that is previewed is worked out.
    await page.getByRole('slider').first().waitFor();
    await page.waitForTimeout(1500);
    await shoot(page, 'resize');
    await screen(page, 'Credits');
    await shoot(page, 'credits');
    await changeSettings(page, { theme: 'light', language: 'nl' });
    await shoot(page, 'create-light-nl');
  } finally {
    await app.close();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
});
