import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousProblems } from './accessibility';
import { ask } from './bridge';
import { screenButton } from './edit-page';
import { grid, paintedPng } from './gallery-pictures';
import { launchStudio, screenshot, type Studio } from './launch';

/** The built-in model draws on the processor. */
const WORK = { timeout: 180_000 } as const;

describe('the Resize screen in the real window', () => {
  let studio: Studio;
  const folder = mkdtempSync(join(tmpdir(), 'palimpsest-resize-'));
  const panel = () => studio.window.getByRole('complementary', { name: 'Resize settings' });

  beforeAll(async () => {
    studio = await launchStudio({ args: ['--lang=en-US'] });
    studio.window.setDefaultTimeout(15_000);
    await studio.window.getByText('Palimpsest Draw').first().waitFor({ state: 'attached' });
  });
  afterAll(async () => {
    await studio.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('enlarges a picture that was just made, after showing what will come', async () => {
    const { window } = studio;
    await window.getByLabel('What should the picture show?').fill('a red apple');
    await window.getByRole('textbox', { name: 'Steps' }).fill('3');
    await window.getByRole('button', { name: /^(Generate|Add to queue)/ }).click();
    await window.getByRole('img', { name: 'Picture made from the prompt: a red apple' }).waitFor(WORK);
    const [made] = await ask(window, 'gallery.list', { limit: 1, before: null });
    if (made === undefined) throw new Error('the picture is not in the gallery');
    const [width, height] = [made.width * 2, made.height * 2];

    await window.getByRole('main').getByRole('button', { name: 'Resize', exact: true }).click();
    const plan = panel().getByRole('status');
    await plan.getByText(/^×\d by .+, then 50 % resample$|^×2 by /).waitFor();
    await plan.getByText('not timed on this machine yet').waitFor();
    const preview = window.getByRole('img', { name: 'Preview of the chosen part' });
    await preview.waitFor(WORK);
    await expect.poll(() => preview.evaluate((img) => (img as HTMLImageElement).naturalWidth), WORK).toBe(320);
    expect(await seriousProblems(window)).toEqual([]);
    await screenshot(window, 'resize-one');

    await panel().getByRole('button', { name: /^Resize/ }).click();
    await window.getByText(`Done: ${String(width)} × ${String(height)}`).waitFor(WORK);
    await screenshot(window, 'resize-done');
    const [larger] = await ask(window, 'gallery.list', { limit: 1, before: null });
    expect([larger?.width, larger?.height, larger?.id === made.id]).toEqual([width, height, false]);
  });

  it('knows after one run how long the next one takes here', async () => {
    await panel().getByRole('status').getByText(/about .+ here/).waitFor();
  });

  it('takes many pictures from the gallery', async () => {
    const { window } = studio;
    await screenButton(window, 'Gallery').click();
    const tiles = grid(window).getByRole('option');
    await tiles.nth(1).waitFor();
    await tiles.nth(0).click();
    await screenshot(window, 'resize-from-gallery');
    await tiles.nth(1).click({ modifiers: ['Control'] });
    await window.getByRole('complementary', { name: 'Details' }).getByRole('button', { name: 'Resize' }).click();
    await panel().getByText(/^2 files of /).waitFor();
    await panel().getByRole('button', { name: 'Not these' }).click();
  });

  it('works through a folder and tells of the file that cannot be read', async () => {
    const { window, app } = studio;
    const source = join(folder, 'holiday');
    mkdirSync(source);
    for (const [number, name] of ['one', 'two'].entries()) writeFileSync(join(source, `${name}.png`), await paintedPng(number, 120));
    writeFileSync(join(source, 'torn.png'), (await paintedPng(9, 120)).subarray(0, 60));
    await app.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
    }, source);
    await window.getByRole('button', { name: 'Choose a folder' }).click();
    await panel().getByText('3 files of holiday').waitFor();
    await screenshot(window, 'resize-chosen');
    await panel().getByRole('button', { name: 'Start', exact: true }).click();
    const run = window.getByRole('button', { name: /^holiday/ });
    await run.filter({ hasText: 'Finished' }).filter({ hasText: 'one failed' }).waitFor(WORK);
    const files = window.getByRole('list', { name: 'Files of holiday' });
    const torn = files.getByRole('listitem').filter({ hasText: 'torn.png' });
    await torn.filter({ hasText: 'Failed' }).filter({ hasText: /torn\.png.*\./ }).waitFor();
    await screenshot(window, 'resize-many');
    expect(await seriousProblems(window)).toEqual([]);

    const [done] = await ask(window, 'resizeFolder.list', null);
    expect(done?.counts).toMatchObject({ done: 2, failed: 1 });
    const { width } = await sharp(join(done?.outputFolder ?? '', 'one-2x.png')).metadata();
    expect(width).toBe(240);
  });
});
