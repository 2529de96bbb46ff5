import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Locator } from 'playwright-core';
import { dataFolderWithTinyModel } from './bridge';
import { canvas, finished, screenButton, TINY_REQUEST } from './edit-page';
import { seriousProblems } from './accessibility';
import { launchStudio, screenshot, type Studio } from './launch';

describe('the command palette in the real window', () => {
  let studio: Studio;
  const data = dataFolderWithTinyModel();
  const search = (): Locator => studio.window.getByRole('combobox', { name: 'Search the commands' });
  const options = (): Locator => studio.window.getByRole('option');
  const open = async (): Promise<void> => {
    await studio.window.keyboard.press('Control+k');
    await search().waitFor();
  };
  const run = async (text: string): Promise<void> => {
    await open();
    await search().fill(text);
    await studio.window.keyboard.press('Enter');
    await search().waitFor({ state: 'detached' });
  };

  beforeAll(async () => {
    studio = await launchStudio({ dataDir: data.dataDir, args: ['--lang=en-US'] });
    studio.window.setDefaultTimeout(15_000);
    await screenButton(studio.window, 'Edit').waitFor();
    await finished(studio.window, { kind: 'txt2img', ...TINY_REQUEST, seed: 1, width: 128, height: 128, hires: false });
    await studio.window.getByRole('region', { name: 'Pictures made so far' }).getByRole('button', { name: 'a test, picture 1' }).click();
  });
  afterAll(async () => {
    await studio.close();
    data.remove();
  });

  it('lists what can be done, with its key, and finds it by some of its letters', async () => {
    await open();
    await options().filter({ hasText: 'Go to Models' }).filter({ hasText: 'Ctrl' }).waitFor();
    expect(await options().filter({ hasText: 'Mask brush' }).count()).toBe(0);
    expect(await seriousProblems(studio.window)).toEqual([]);
    await screenshot(studio.window, 'palette-dark');
    await search().fill('gomod');
    expect(await options().first().innerText()).toContain('Go to Models');
    await search().fill('mask brush');
    await options().first().filter({ hasText: 'not now' }).waitFor();
    expect(await options().first().getAttribute('aria-disabled')).toBe('true');
    await screenshot(studio.window, 'palette-search');
    await search().fill('qqqq');
    await studio.window.getByText('No command goes by that name.').waitFor();
    await studio.window.keyboard.press('Control+k');
    await search().waitFor({ state: 'detached' });
  });

  it('goes to a screen, changes the theme and opens the picture for editing', async () => {
    const { window } = studio;
    await run('theme light');
    await expect.poll(() => window.locator('html').getAttribute('data-mantine-color-scheme')).toBe('light');
    await open();
    expect(await seriousProblems(window)).toEqual([]);
    await screenshot(window, 'palette-light');
    await window.keyboard.press('Escape');
    await run('edit this');
    await canvas(window).waitFor();
  });

  it('takes tools and wishes from any screen, and marks what cannot be done now', async () => {
    const { window } = studio;
    await run('go to create');
    await run('tool lasso');
    await expect.poll(() => window.getByRole('button', { name: 'Lasso', exact: true }).getAttribute('aria-pressed')).toBe('true');
    await run('remove');
    await expect.poll(() => window.getByRole('radio', { name: 'Remove' }).getAttribute('aria-checked')).toBe('true');
    await open();
    await search().fill('accept');
    const accept = options().filter({ hasText: 'Accept the result' });
    expect(await accept.getAttribute('aria-disabled')).toBe('true');
    await window.keyboard.press('Escape');
  });

  it('gives the focus back to where it was, and the prompt has a key of its own', async () => {
    const { window } = studio;
    await window.keyboard.press('Control+l');
    const prompt = window.locator('textarea#edit-prompt');
    await expect.poll(() => prompt.evaluate((field) => field === document.activeElement)).toBe(true);
    await open();
    await window.keyboard.press('Escape');
    await expect.poll(() => prompt.evaluate((field) => field === document.activeElement)).toBe(true);
  });
});
