import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ModelId } from '../../src/shared/ids';
import { DEFAULT_CHOICE } from '../../src/shared/moderation/moderation';
import { decodeImage } from '../../src/main/engine/image/codec';
import { findMark } from '../../src/main/engine/watermark/marks';
import { aJobId, aRequest } from '../support/samples';
import { seriousProblems } from './accessibility';
import { ask } from './bridge';
import { launchStudio, screenshot, type Studio } from './launch';

const TINY = resolve(import.meta.dirname, '../fixtures/models/tiny-sd15');

/** A data folder with one tiny model under three names, each under another licence. */
function dataFolderWithLicences(): string {
  const dataDir = mkdtempSync(join(tmpdir(), 'palimpsest-e2e-'));
  const models = join(dataDir, 'models');
  mkdirSync(models);
  const put = (name: string, file: string, text: string): void => {
    cpSync(TINY, join(models, name), { recursive: true });
    writeFileSync(join(models, name, file), text);
  };
  put('tiny-rail', 'README.md', '---\nlicense: creativeml-openrail-m\n---\n# Tiny\n');
  writeFileSync(join(models, 'tiny-rail', 'LICENSE.md'), 'CreativeML Open RAIL-M\ndated August 22, 2022\n\nSection I: PREAMBLE\n');
  put('tiny-community', 'LICENSE.md', 'STABILITY AI COMMUNITY LICENSE AGREEMENT\nLast Updated: July 5, 2024\n');
  put('tiny-unknown', 'NOTES.txt', 'Nobody says.');
  return dataDir;
}

const prompt = (window: Page) => window.getByLabel('What should the picture show?');
const stage = (window: Page) => window.getByRole('region', { name: 'Picture', exact: true });
const dialog = (window: Page) => window.getByRole('dialog', { name: /^Before you use/ });
const images = (window: Page) => ask(window, 'gallery.list', { limit: 10, before: null });
const show = (window: Page, screen: string) => window.getByRole('button', { name: screen, exact: true }).click();

async function chooseModel(window: Page, name: string): Promise<void> {
  await show(window, 'Create');
  await window.getByRole('complementary', { name: 'Picture settings' }).getByRole('combobox', { name: 'Model' }).click();
  await window.getByRole('option', { name }).click();
}

async function generate(window: Page, text: string): Promise<void> {
  await prompt(window).fill(text);
  await window.getByRole('textbox', { name: 'Steps' }).fill('2');
  await prompt(window).press('Control+Enter');
}

describe('licences and checks in the real window', () => {
  let studio: Studio;
  const dataDir = dataFolderWithLicences();
  beforeAll(async () => {
    studio = await launchStudio({ dataDir, args: ['--lang=en-US'] });
    studio.window.setDefaultTimeout(15_000);
    await prompt(studio.window).waitFor();
    await chooseModel(studio.window, 'tiny-rail');
  });
  afterAll(async () => {
    await studio.close();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  });

  it('ask at the first use, in plain words, and make nothing until then', async () => {
    const { window } = studio;
    await generate(window, 'a red apple');
    await dialog(window).waitFor();
    const text = await dialog(window).innerText();
    expect(text).toContain('CreativeML OpenRAIL-M');
    expect(text).toContain('Harm or exploit children in any way.');
    expect(text).toContain('The pictures you make are yours');
    await dialog(window).getByRole('button', { name: 'Read the whole text' }).click();
    await screenshot(window, 'licence-dialog');
    expect(await seriousProblems(window)).toEqual([]);
    await dialog(window).getByRole('button', { name: 'Not now' }).last().click();
    await dialog(window).waitFor({ state: 'hidden' });
    expect([await images(window), (await ask(window, 'credits.get', null)).state.rows]).toEqual([[], 0]);
  });

  it('go on where it was asked once it is agreed to, and keep when', async () => {
    const { window } = studio;
    await generate(window, 'a red apple');
    await dialog(window).getByRole('button', { name: 'I agree' }).click();
    await expect.poll(() => images(window).then(({ length }) => length), { timeout: 60_000 }).toBe(1);
    const [image] = await images(window);
    expect(image?.recipe?.licences).toEqual([{ part: 'model', name: 'tiny-rail', licence: 'openrail-m' }]);
    const kept = JSON.parse(readFileSync(join(dataDir, 'licences.json'), 'utf8')) as { readonly acceptances: readonly unknown[] };
    expect(kept.acceptances).toHaveLength(1);
    expect(kept.acceptances[0]).toMatchObject({ model: 'user:tiny-rail', licence: 'openrail-m', textHash: expect.stringMatching(/^[0-9a-f]{64}$/) as string, at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string });
  });

  it('stand in the recipe, and before the picture leaves', async () => {
    const { window } = studio;
    const recipe = window.getByRole('region', { name: 'Recipe' });
    if (!(await recipe.isVisible())) await window.getByRole('button', { name: 'Recipe' }).click();
    expect(await recipe.innerText()).toContain('tiny-rail (model): CreativeML OpenRAIL-M');
    expect(await recipe.innerText()).toContain('The picture is yours.');
    await window.getByRole('button', { name: 'Save as…' }).click();
    await window.getByText('Made with tiny-rail: some uses are ruled out (CreativeML OpenRAIL-M).').waitFor();
    await screenshot(window, 'licence-recipe');
    await window.keyboard.press('Escape');
  });

  it('ask for nothing where nobody stated terms, and say so', async () => {
    const { window } = studio;
    await chooseModel(window, 'tiny-unknown');
    await generate(window, 'a green apple');
    await expect.poll(() => images(window).then(({ length }) => length), { timeout: 60_000 }).toBe(2);
    await show(window, 'Models');
    const card = window.getByRole('listitem').filter({ hasText: 'tiny-unknown' });
    await card.getByText('Models of this family usually come under the CreativeML OpenRAIL-M.').waitFor();
    await screenshot(window, 'licence-models');
    await card.getByRole('combobox').click();
    await window.getByRole('option', { name: 'CC BY-NC 4.0' }).click();
    await card.getByText('Allowed as long as you earn nothing by it.').waitFor();
  });

  it('refuse a company above the threshold, and tell why', async () => {
    const { window } = studio;
    await show(window, 'Settings');
    await window.getByRole('combobox', { name: 'You use the studio as' }).click();
    await window.getByRole('option', { name: 'Company, above US$1 million a year' }).click();
    await show(window, 'Models');
    await window.getByRole('listitem').filter({ hasText: 'tiny-community' }).getByText('you need an Enterprise licence from Stability AI').waitFor();
    await chooseModel(window, 'tiny-community');
    await generate(window, 'a blue apple');
    await window.getByRole('heading', { name: 'The licence does not allow this' }).waitFor();
    await stage(window).getByText('tiny-community comes under the Stability AI Community License. Not allowed above US$1 million of revenue a year').waitFor();
    await screenshot(window, 'licence-refused');
    expect(await images(window)).toHaveLength(2);
    await ask(window, 'settings.set', { userProfile: 'personal' });
  });

  it('blur what the picture check fires at, keep it whole, and show it when asked', async () => {
    await studio.close();
    writeFileSync(join(dataDir, 'settings.json'), JSON.stringify({ moderation: { choices: { personal: { ...DEFAULT_CHOICE, thresholds: { porn: 0.5, hentai: 0.5, sexy: 0 } } }, rules: null } }));
    studio = await launchStudio({ dataDir, args: ['--lang=en-US'] });
    const { window } = studio;
    window.setDefaultTimeout(15_000);
    await prompt(window).waitFor();
    await chooseModel(window, 'tiny-rail');
    await generate(window, 'a naked apple');
    await window.getByText('Word list: Nudity (“naked”)').waitFor();
    // A limit of nothing: the tiny model's pictures show nothing, so every one fires.
    await window.getByText('Blurred by your picture check: Sexy.').waitFor({ timeout: 60_000 });
    await screenshot(window, 'veiled');
    const [image] = await images(window);
    expect(image?.recipe?.moderation).toMatchObject({ prompt: [{ rule: 'nudity', word: 'naked' }], picture: { classifier: 'nsfw-mobilenet-v2' } });
    expect(image?.recipe?.moderation?.picture?.fired.length).toBeGreaterThan(0);
    await window.getByRole('button', { name: 'Show it' }).click();
    const picture = window.getByRole('img', { name: 'Picture made from the prompt: a naked apple' });
    expect(await picture.evaluate((img) => getComputedStyle(img).filter)).toBe('none');
    await window.getByRole('button', { name: 'Blur it again' }).click();
    expect(await picture.evaluate((img) => getComputedStyle(img).filter)).toContain('blur');
  });

  it('refuse a prompt by the word list when asked to, and charge nothing', async () => {
    const { window } = studio;
    await show(window, 'Settings');
    await window.getByText('Refuse', { exact: true }).click();
    await window.getByRole('button', { name: 'Change the list' }).click();
    const rule = window.getByRole('listitem', { name: 'Nudity' });
    await rule.getByRole('textbox', { name: 'Fires at one of these words' }).fill('naked, turnip*');
    await window.getByRole('button', { name: 'Done' }).click();
    await window.getByText('changed by you').waitFor();
    await screenshot(window, 'moderation-settings');
    expect(await seriousProblems(window)).toEqual([]);
    const { rows } = (await ask(window, 'credits.get', null)).state;
    await show(window, 'Create');
    await generate(window, 'two TURNIPS');
    await stage(window).getByText('the rule “Nudity” found “turnip*”. Nothing was charged').waitFor();
    await screenshot(window, 'prompt-blocked');
    expect((await ask(window, 'credits.get', null)).state.rows).toBe(rows);
  });

  it('put the watermark in when asked to', async () => {
    const { window } = studio;
    await ask(window, 'settings.set', { provenance: { watermark: true, sourceType: true } });
    const before = (await images(window)).length;
    await ask(window, 'jobs.submit', { jobId: aJobId(), request: aRequest({ modelId: ModelId.parse('user:tiny-rail'), width: 256, height: 256 }) });
    await expect.poll(() => images(window).then(({ length }) => length), { timeout: 60_000 }).toBe(before + 1);
    const [image] = await images(window);
    const { picturesFolder } = await ask(window, 'app.info', null);
    const { width, height, data } = await decodeImage(join(picturesFolder, new Date(image?.createdAt ?? 0).toISOString().slice(0, 7), image?.fileName ?? ''));
    expect(findMark({ width, height, data })?.name).toBe('Palimpsest');
  });

  it('are read in About, the makers of everything that ships', async () => {
    const { window } = studio;
    await show(window, 'Settings');
    await window.getByRole('button', { name: 'Read them' }).click();
    const about = window.getByRole('dialog', { name: 'Licences and notices' });
    await about.getByRole('button', { name: 'Libraries' }).click();
    await about.getByRole('cell', { name: 'onnxruntime-node' }).waitFor();
    await screenshot(window, 'about-notices');
    await about.getByRole('button', { name: 'classifiers/nsfw-mobilenet-v2: NOTICE.md' }).click();
    await about.getByText('Copyright (c) 2019 Infinite Red, Inc.').waitFor();
    expect(await seriousProblems(window)).toEqual([]);
  });
});
