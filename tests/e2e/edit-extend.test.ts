import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from './bridge';
import { canvas, fetchBytes, generate, layers, pastePicture, screenButton } from './edit-page';
import { launchStudio, screenshot, type Studio } from './launch';

const LONG = { timeout: 240_000 } as const;

describe('a large extension with the built-in model', () => {
  let studio: Studio;
  const dataDir = mkdtempSync(join(tmpdir(), 'palimpsest-e2e-'));
  beforeAll(async () => {
    studio = await launchStudio({ dataDir, args: ['--lang=en-US'] });
    studio.window.setDefaultTimeout(15_000);
    await studio.window.getByText('Palimpsest Draw').first().waitFor();
    await screenButton(studio.window, 'Edit').click();
    // A red disc on a soft green ground: what a pass has seen shows in what it draws.
    const picture = await sharp(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="128" height="128"><rect width="128" height="128" fill="#9fd8a8"/><circle cx="64" cy="64" r="40" fill="#d43c3c"/></svg>')).png().toBuffer();
    await studio.window.getByRole('heading', { name: 'Edit a picture' }).waitFor();
    await pastePicture(studio, picture);
    await canvas(studio.window).waitFor();
  });
  afterAll(async () => {
    await studio.close();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  });

  it('says in how many parts it is made, before and while it is made', async () => {
    const { window } = studio;
    await window.getByRole('radio', { name: 'Extend' }).click();
    await window.getByRole('textbox', { name: 'Right' }).fill('128');
    await window.getByRole('textbox', { name: 'Bottom' }).fill('128');
    await window.getByText('The picture becomes 256 × 256. Made in 8 parts').waitFor();
    await generate(window).click();
    await expect.poll(async () => {
      const { jobs } = await ask(window, 'jobs.snapshot', null);
      return jobs.at(-1)?.progress?.pass?.count ?? null;
    }, { timeout: 60_000, interval: 50 }).toBe(8);
  });

  it('is one job with one price, and one result that keeps the picture as it was', LONG, async () => {
    const { window } = studio;
    await window.getByRole('button', { name: 'Result 1 of 1' }).waitFor(LONG);
    await screenshot(window, 'edit-extend-passes');
    const [job] = (await ask(window, 'jobs.snapshot', null)).jobs;
    if (job?.request.kind !== 'inpaint') throw new Error('An inpainting job was expected.');
    expect(job.request.passes).toHaveLength(8);
    const [settled] = await ask(window, 'credits.ledger', { limit: 1, before: null });
    const once = await ask(window, 'credits.price', { request: { ...job.request, passes: job.request.passes?.slice(0, 1) } });
    expect(settled).toMatchObject({ kind: 'settle', pictures: 1, price: 8 * once.unitPrice });
    const after = await sharp(await fetchBytes(window, `/image/${String(job.imageIds[0])}`)).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    expect([after.info.width, after.info.height]).toEqual([256, 256]);
    // Far from the seam nothing has changed; of the far corner, nothing is left of the grey that stood for "unknown".
    const at = (x: number, y: number): readonly number[] => [0, 1, 2].map((k) => after.data[(y * 256 + x) * 3 + k] ?? 0);
    expect([at(64, 64), at(4, 4)]).toEqual([[0xd4, 0x3c, 0x3c], [0x9f, 0xd8, 0xa8]]);
    let grey = 0;
    for (let y = 160; y < 256; y++) for (let x = 160; x < 256; x++) if (at(x, y).every((value) => Math.abs(value - 0x80) < 3)) grey++;
    expect(grey).toBeLessThan(96 * 96 * 0.05);
  });

  it('is taken over like any other', async () => {
    const { window } = studio;
    await window.getByRole('button', { name: 'Accept', exact: true }).click();
    await window.getByText('256 × 256 · saved').waitFor();
    expect(await layers(window).count()).toBe(2);
    await screenshot(window, 'edit-extend-accepted');
  });
});
