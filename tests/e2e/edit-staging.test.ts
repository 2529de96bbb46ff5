import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, dataFolderWithTinyModel } from './bridge';
import { canvas, coverage, finished, generate, layers, paint, PATIENT, screenButton, TINY_REQUEST } from './edit-page';
import { launchStudio, screenshot, type Studio } from './launch';

const SIDE = 128;

describe('results that wait to be chosen from', () => {
  let studio: Studio;
  const data = dataFolderWithTinyModel();
  const open = async (): Promise<Studio> => {
    const opened = await launchStudio({ dataDir: data.dataDir, args: ['--lang=en-US'] });
    opened.window.setDefaultTimeout(15_000);
    await screenButton(opened.window, 'Edit').waitFor();
    return opened;
  };
  const kill = async (): Promise<void> => {
    const main = studio.app.process();
    const ended = new Promise((resolve) => main.once('exit', resolve));
    main.kill('SIGKILL');
    await ended;
  };
  const result = (index: number, count: number) => studio.window.getByRole('button', { name: `Result ${String(index)} of ${String(count)}` });

  beforeAll(async () => {
    studio = await open();
    const { window } = studio;
    await finished(window, { kind: 'txt2img', ...TINY_REQUEST, seed: 1, width: SIDE, height: SIDE, hires: false });
    await window.getByRole('region', { name: 'Pictures made so far' }).getByRole('button', { name: 'a test, picture 1' }).click();
    await window.getByRole('toolbar', { name: 'Picture actions' }).getByRole('button', { name: 'Edit' }).click();
    await canvas(window).waitFor();
    await window.getByLabel('What should the marked part become?').fill('a red apple');
    await window.getByRole('textbox', { name: 'Size', exact: true }).fill('24');
    await paint(window);
  });
  afterAll(async () => {
    await studio.close();
    data.remove();
  });

  it('are there again after a kill -9, one discarded before not', async () => {
    await expect.poll(() => coverage(studio.window), PATIENT).toBeGreaterThan(3);
    await generate(studio.window).click();
    await result(1, 1).waitFor({ timeout: 60_000 });
    await studio.window.getByRole('button', { name: 'More', exact: true }).click();
    await result(2, 2).waitFor({ timeout: 60_000 });
    await result(1, 2).click();
    await studio.window.getByRole('button', { name: 'Discard', exact: true }).click();
    await result(1, 1).waitFor();
    await studio.window.getByText('· saved').waitFor();
    await kill();
    studio = await open();
    await screenButton(studio.window, 'Edit').click();
    await result(1, 1).waitFor();
    await screenshot(studio.window, 'edit-staging-again');
  });

  it('can be compared, asked for more of, and accepted where they belong', async () => {
    const { window } = studio;
    await window.getByRole('button', { name: 'What changed' }).click();
    await window.getByText(/of this part differs/).waitFor();
    await window.getByRole('button', { name: 'More', exact: true }).click();
    await result(2, 2).waitFor({ timeout: 60_000 });
    const images = await ask(window, 'gallery.list', { limit: 10, before: null });
    const edits = images.filter(({ recipe }) => recipe?.kind === 'inpaint');
    expect(new Set(edits.map(({ recipe }) => recipe?.seed)).size).toBe(3);
    expect(edits.map(({ recipe }) => recipe?.edit?.at)).toEqual([{ x: 0, y: 0 }, { x: 0, y: 0 }, { x: 0, y: 0 }]);
    await window.getByRole('button', { name: 'Accept', exact: true }).click();
    await expect.poll(() => layers(window).count(), PATIENT).toBe(2);
    await window.getByText('· saved').waitFor();
    await kill();
    studio = await open();
    await screenButton(studio.window, 'Edit').click();
    await canvas(studio.window).waitFor();
    await expect.poll(() => layers(studio.window).count(), PATIENT).toBe(2);
    expect(await studio.window.getByRole('button', { name: /^Result/ }).count()).toBe(0);
  });

  it('come into the strip although the studio fell over while they were made', async () => {
    // Enough steps that the kill comes before the end.
    await studio.window.getByRole('button', { name: /^Model and seed/ }).click();
    await studio.window.getByRole('textbox', { name: 'Steps' }).fill('150');
    await generate(studio.window).click();
    await expect.poll(async () => (await ask(studio.window, 'jobs.snapshot', null)).jobs.at(-1)?.state, { timeout: 30_000, interval: 20 }).toBe('running');
    await kill();
    studio = await open();
    await screenButton(studio.window, 'Edit').click();
    await studio.window.getByRole('button', { name: 'Run it now' }).click();
    await result(1, 1).waitFor({ timeout: 60_000 });
  });
});
