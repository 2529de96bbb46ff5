import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousProblems } from './accessibility';
import { ask, dataFolderWithTinyModel } from './bridge';
import { launchStudio, screenshot, type Studio } from './launch';

const ENGLISH = ['--lang=en-US'];

const prompt = (window: Page) => window.getByLabel('What should the picture show?');
const generate = (window: Page) => window.getByRole('button', { name: /^(Generate|Add to queue)/ });
const strip = (window: Page) => window.getByRole('region', { name: 'Pictures made so far' });
const tile = (window: Page, name: string) => strip(window).getByRole('button', { name });
const inspector = (window: Page) => window.getByRole('complementary', { name: 'Picture settings' });

async function chooseTinyModel(window: Page): Promise<void> {
  await inspector(window).getByRole('combobox', { name: 'Model' }).click();
  await window.getByRole('option', { name: 'tiny-sd15' }).click();
}

describe('the Create screen in the real window', () => {
  let studio: Studio;
  const data = dataFolderWithTinyModel();
  const complaints: string[] = [];
  const open = async (): Promise<Studio> => {
    const opened = await launchStudio({ dataDir: data.dataDir, args: ENGLISH });
    opened.window.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    opened.window.setDefaultTimeout(10_000);
    await prompt(opened.window).waitFor();
    return opened;
  };
  beforeAll(async () => {
    studio = await open();
    await chooseTinyModel(studio.window);
  });
  afterAll(async () => {
    await studio.close();
    data.remove();
  });

  it('shows what is wrong at the field and sends nothing', async () => {
    const { window } = studio;
    await window.keyboard.press('Control+Enter');
    await expect.poll(() => window.getByText('Describe the picture first.').isVisible()).toBe(true);
    expect(await prompt(window).evaluate((field) => field === document.activeElement)).toBe(true);
    expect((await ask(window, 'jobs.snapshot', null)).jobs).toEqual([]);
  });

  it('turns a prompt into a picture on the stage and in the strip, with its recipe beside it', async () => {
    const { window } = studio;
    await prompt(window).fill('a red apple');
    await window.getByRole('textbox', { name: 'Steps' }).fill('3');
    await generate(window).click();
    await tile(window, 'a red apple, picture 1').waitFor({ timeout: 60_000 });
    const picture = window.getByRole('img', { name: 'Picture made from the prompt: a red apple' });
    await picture.waitFor();
    await expect.poll(() => picture.evaluate((img) => (img as HTMLImageElement).naturalWidth)).toBeGreaterThan(0);
    const [image] = await ask(window, 'gallery.list', { limit: 1, before: null });
    const recipe = window.getByRole('region', { name: 'Recipe' });
    if (!(await recipe.isVisible())) await window.getByRole('button', { name: 'Recipe' }).click();
    const text = await recipe.innerText();
    expect(text).toContain(String(image?.recipe?.seed));
    expect(text).toContain('a red apple');
    await screenshot(window, 'create-finished');
  });

  it('takes the settings of a picture over, its seed locked', async () => {
    const { window } = studio;
    const [image] = await ask(window, 'gallery.list', { limit: 1, before: null });
    await prompt(window).fill('something else');
    await window.getByRole('button', { name: 'Use these settings' }).click();
    expect(await prompt(window).inputValue()).toBe('a red apple');
    expect(await window.getByRole('textbox', { name: 'Seed' }).inputValue()).toBe(String(image?.recipe?.seed));
  });

  it('moves a picture to the trash and brings it back', async () => {
    const { window } = studio;
    await tile(window, 'a red apple, picture 1').focus();
    await window.keyboard.press('Delete');
    await window.getByRole('button', { name: 'Undo' }).click({ timeout: 10_000 });
    await tile(window, 'a red apple, picture 1').waitFor();
    expect(await ask(window, 'gallery.list', { limit: 5, before: null })).toHaveLength(1);
  });

  it('stops a running picture and leaves none behind', async () => {
    const { window } = studio;
    await prompt(window).fill('a slow picture');
    await window.getByRole('textbox', { name: 'Steps' }).fill('150');
    await window.getByRole('textbox', { name: 'Width' }).fill('256');
    await window.getByRole('textbox', { name: 'Height' }).fill('256');
    await prompt(window).press('Control+Enter');
    await window.getByText(/step \d+ of \d+/).waitFor({ timeout: 60_000 });
    await screenshot(window, 'create-running');
    await window.getByRole('button', { name: 'Cancel', exact: true }).click();
    await window.getByText('Queue empty').waitFor({ timeout: 20_000 });
    expect(await ask(window, 'gallery.list', { limit: 5, before: null })).toHaveLength(1);
  });

  it.each(['Light', 'Dark'])('has nothing serious for axe to find, in %s', async (theme) => {
    const { window } = studio;
    await window.getByRole('button', { name: 'Settings', exact: true }).click();
    await window.getByText(theme, { exact: true }).click();
    await expect.poll(() => window.locator('html').getAttribute('data-mantine-color-scheme')).toBe(theme.toLowerCase());
    const found = [...(await seriousProblems(window))];
    for (const screen of ['Models', 'Create']) {
      await window.getByRole('button', { name: screen, exact: true }).click();
      found.push(...(await seriousProblems(window)));
    }
    await screenshot(window, `create-${theme.toLowerCase()}`);
    expect(found).toEqual([]);
  });

  it('speaks Dutch when asked to', async () => {
    const { window } = studio;
    await window.getByRole('button', { name: 'Settings', exact: true }).click();
    await window.getByText('Nederlands', { exact: true }).click();
    await window.getByRole('heading', { name: 'Instellingen' }).waitFor();
    expect(await window.locator('html').getAttribute('lang')).toBe('nl');
    await window.getByText('English', { exact: true }).click();
    await window.getByRole('heading', { name: 'Settings' }).waitFor();
  });

  it('has the pictures and the form again after a restart', async () => {
    await studio.window.getByRole('button', { name: 'Create', exact: true }).click();
    await prompt(studio.window).fill('a sailboat at dawn');
    await expect.poll(async () => (await ask(studio.window, 'settings.get', null)).draft.prompt).toBe('a sailboat at dawn');
    await studio.close();
    studio = await open();
    await tile(studio.window, 'a red apple, picture 1').waitFor();
    expect(await prompt(studio.window).inputValue()).toBe('a sailboat at dawn');
    await screenshot(studio.window, 'create-restarted');
  });

  it('writes what stands under More into the recipe, and takes it over again', async () => {
    const { window } = studio;
    for (const side of ['Width', 'Height']) await window.getByRole('textbox', { name: side }).fill('64');
    await window.getByRole('textbox', { name: 'Steps' }).fill('3');
    await inspector(window).getByRole('button', { name: 'More' }).click();
    await inspector(window).getByRole('textbox', { name: 'Guided for' }).fill('60');
    await inspector(window).getByText('GPU (A1111)').click();
    await screenshot(window, 'create-more');
    await generate(window).click();
    await expect.poll(async () => (await ask(window, 'gallery.list', { limit: 9, before: null })).length, { timeout: 60_000 }).toBe(2);
    const [image] = await ask(window, 'gallery.list', { limit: 1, before: null });
    expect(image?.recipe).toMatchObject({ guidanceCutoff: 0.6, noiseSource: 'gpu' });
    await inspector(window).getByRole('button', { name: 'Back to the model’s defaults' }).click();
    expect(await inspector(window).getByRole('textbox', { name: 'Guided for' }).inputValue()).toBe('100');
    await window.getByRole('button', { name: 'Use these settings' }).click();
    expect(await inspector(window).getByRole('textbox', { name: 'Guided for' }).inputValue()).toBe('60');
  });

  it('kept to the page’s content policy all along', () => {
    expect(complaints.filter((text) => text.includes('Content Security Policy'))).toEqual([]);
  });
});
