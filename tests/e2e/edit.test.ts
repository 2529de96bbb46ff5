import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, dataFolderWithTinyModel } from './bridge';
import { canvas, compareOutside, coverage, fetchBytes, finished, generate, layers, paint, PATIENT, screenButton, TINY_REQUEST } from './edit-page';
import { seriousProblems } from './accessibility';
import { launchStudio, screenshot, type Studio } from './launch';

const SIDE = 128;

describe('the Edit screen in the real window', () => {
  let studio: Studio;
  const data = dataFolderWithTinyModel();
  const complaints: string[] = [];
  const open = async (): Promise<Studio> => {
    const opened = await launchStudio({ dataDir: data.dataDir, args: ['--lang=en-US'] });
    opened.window.on('console', (message) => { if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text()); });
    opened.window.on('pageerror', (error) => complaints.push(error.message));
    opened.window.setDefaultTimeout(15_000);
    await screenButton(opened.window, 'Edit').waitFor();
    return opened;
  };
  beforeAll(async () => {
    studio = await open();
    await finished(studio.window, { kind: 'txt2img', ...TINY_REQUEST, seed: 1, width: SIDE, height: SIDE, hires: false });
  });
  afterAll(async () => {
    await studio.close();
    data.remove();
  });

  it('opens a picture of the gallery', async () => {
    const { window } = studio;
    await window.getByRole('region', { name: 'Pictures made so far' }).getByRole('button', { name: 'a test, picture 1' }).click();
    await window.getByRole('toolbar', { name: 'Picture actions' }).getByRole('button', { name: 'Edit' }).click();
    await canvas(window).waitFor();
    await window.getByText(`${String(SIDE)} × ${String(SIDE)} · saved`).waitFor();
    expect(await layers(window).count()).toBe(1);
  });

  it('refuses an empty mask at the button and sends nothing', async () => {
    const { window } = studio;
    const before = (await ask(window, 'jobs.snapshot', null)).jobs.length;
    await window.getByLabel('What should the marked part become?').fill('a red apple');
    await window.keyboard.press('Control+Enter');
    await window.getByRole('alert').filter({ hasText: 'Nothing is marked' }).waitFor();
    expect((await ask(window, 'jobs.snapshot', null)).jobs).toHaveLength(before);
  });

  it('paints a stroke, takes it back and brings it again', async () => {
    const { window } = studio;
    await window.getByRole('textbox', { name: 'Size', exact: true }).fill('24');
    await paint(window);
    await expect.poll(() => coverage(window), PATIENT).toBeGreaterThan(3);
    const covered = await coverage(window);
    await canvas(window).press('Control+z');
    await expect.poll(() => coverage(window), PATIENT).toBe(0);
    await canvas(window).press('Control+Shift+Z');
    await expect.poll(() => coverage(window), PATIENT).toBe(covered);
    await screenshot(window, 'edit-stroke');
  });

  it('keeps the mask while other screens are shown', async () => {
    const { window } = studio;
    const covered = await coverage(window);
    await screenButton(window, 'Create').click();
    await screenButton(window, 'Models').click();
    await screenButton(window, 'Edit').click();
    await expect.poll(() => coverage(window), PATIENT).toBe(covered);
  });

  it('repaints what is marked, shows what changed, and accepts as one step', async () => {
    const { window } = studio;
    await window.getByRole('button', { name: 'Model and seed' }).click();
    await window.getByRole('combobox', { name: 'Model' }).click();
    await window.getByRole('option', { name: 'tiny-sd15' }).click();
    await window.getByRole('textbox', { name: 'Steps' }).fill('2');
    await generate(window).click();
    await window.getByRole('button', { name: 'Result 1 of 1' }).waitFor({ timeout: 60_000 });
    await window.getByRole('button', { name: 'What changed' }).click();
    await window.getByText(/\d+% of this part differs/).waitFor();
    await screenshot(window, 'edit-changed');
    await window.getByRole('button', { name: 'Accept', exact: true }).click();
    await expect.poll(() => layers(window).count(), PATIENT).toBe(2);
    await canvas(window).press('Control+z');
    await expect.poll(() => layers(window).count(), PATIENT).toBe(1);
    await canvas(window).press('Control+Shift+Z');
    await expect.poll(() => layers(window).count(), PATIENT).toBe(2);
  });

  it('sent the picture as it was, and left every pixel outside of the feathered mask', async () => {
    const { window } = studio;
    const job = (await ask(window, 'jobs.snapshot', null)).jobs.at(-1);
    const request = job?.request;
    if (job === undefined || request?.kind !== 'inpaint') throw new Error('The last job is no repaint.');
    const [original] = request.parentImageIds;
    const pixels = async (path: string) => sharp(await fetchBytes(window, path)).removeAlpha().raw().toBuffer();
    const [source, after, gallery] = await Promise.all([`/asset/${request.sourceAssetId}`, `/image/${String(job.imageIds[0])}`, `/image/${String(original)}`].map(pixels));
    const mask = await sharp(await fetchBytes(window, `/asset/${request.maskAssetId}`)).greyscale().raw().toBuffer();
    if (source === undefined || after === undefined) throw new Error('A picture is missing.');
    expect(source.equals(gallery ?? Buffer.alloc(0))).toBe(true);
    const found = compareOutside({ width: request.width, height: request.height, rgb: source, mask, maskBlur: request.maskBlur }, after);
    expect(found.changedOutside).toBe(0);
    expect(found.outside).toBeGreaterThan(500);
    expect(found.changed).toBeGreaterThan(500);
  });

  it.each(['Light', 'Dark'])('has nothing serious for axe to find, in %s', async (theme) => {
    const { window } = studio;
    await screenButton(window, 'Settings').click();
    await window.getByText(theme, { exact: true }).click();
    await expect.poll(() => window.locator('html').getAttribute('data-mantine-color-scheme')).toBe(theme.toLowerCase());
    await screenButton(window, 'Edit').click();
    await canvas(window).waitFor();
    expect(await seriousProblems(window)).toEqual([]);
    await screenshot(window, `edit-${theme.toLowerCase()}`);
  });

  it('paints by keyboard alone', async () => {
    const { window } = studio;
    await window.getByRole('button', { name: 'Clear', exact: true }).click();
    await expect.poll(() => coverage(window), PATIENT).toBe(0);
    await window.getByRole('textbox', { name: 'Width', exact: true }).first().fill('64');
    await window.getByRole('textbox', { name: 'Height', exact: true }).first().fill('64');
    await canvas(window).focus();
    await window.keyboard.press('r');
    await window.keyboard.press('ArrowLeft');
    await window.keyboard.press('Enter');
    await expect.poll(() => coverage(window), PATIENT).toBe(25);
    await window.keyboard.press('i');
    await expect.poll(() => coverage(window), PATIENT).toBe(75);
    await window.keyboard.press('Control+z');
    await expect.poll(() => coverage(window), PATIENT).toBe(25);
  });

  it('has everything again after a restart, the way back included', async () => {
    await studio.close();
    studio = await open();
    const { window } = studio;
    await screenButton(window, 'Edit').click();
    await expect.poll(() => coverage(window), PATIENT).toBe(25);
    expect(await layers(window).count()).toBe(2);
    expect(await window.getByLabel('What should the marked part become?').inputValue()).toBe('a red apple');
    await canvas(window).focus();
    // The rectangle, the clearing, and then the accepted result.
    for (let i = 0; i < 3; i++) await window.keyboard.press('Control+z');
    await expect.poll(() => layers(window).count(), PATIENT).toBe(1);
    await expect.poll(() => coverage(window), PATIENT).toBeGreaterThan(3);
    await window.keyboard.press('Control+Shift+Z');
    await expect.poll(() => layers(window).count(), PATIENT).toBe(2);
  });

  it('extends the picture, which grows when the result is accepted', async () => {
    const { window } = studio;
    await window.getByRole('radio', { name: 'Extend' }).click();
    await window.getByRole('textbox', { name: 'Right' }).fill('64');
    await window.getByText('The picture becomes 192 × 128.').waitFor();
    await generate(window).click();
    await window.getByRole('button', { name: 'Result 1 of 1' }).waitFor({ timeout: 60_000 });
    await screenshot(window, 'edit-extend');
    await window.getByRole('button', { name: 'Accept', exact: true }).click();
    await window.getByText('192 × 128 · saved').waitFor();
    expect(await layers(window).count()).toBe(3);
  });

  it('speaks Dutch when asked to', async () => {
    const { window } = studio;
    await screenButton(window, 'Settings').click();
    await window.getByText('Nederlands', { exact: true }).click();
    await screenButton(window, 'Bewerken').click();
    await window.getByRole('radio', { name: 'Uitbreiden' }).waitFor();
    await screenshot(window, 'edit-dutch');
    await screenButton(window, 'Instellingen').click();
    await window.getByText('English', { exact: true }).click();
  });

  it('kept to the page’s content policy and threw nothing', () => {
    expect(complaints).toEqual([]);
  });
});
