import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_PLAN } from '../../src/shared/credits';
import { seriousProblems } from './accessibility';
import { ask, dataFolderWithTinyModel } from './bridge';
import { launchStudio, screenshot, type Studio } from './launch';
import { seedLedger } from './seed-ledger';

const open = async (dataDir: string): Promise<Studio> => {
  const studio = await launchStudio({ dataDir, args: ['--lang=en-US'] });
  studio.window.setDefaultTimeout(10_000);
  await studio.window.getByRole('button', { name: /^Generate/ }).waitFor();
  return studio;
};
const show = (window: Page, name: string) => window.getByRole('button', { name, exact: true }).click();
const tab = (window: Page, name: string) => window.getByRole('tab', { name }).click();

describe('prices in the real window', () => {
  let studio: Studio;
  const data = dataFolderWithTinyModel();
  beforeAll(async () => {
    studio = await open(data.dataDir);
    await studio.window.getByRole('complementary', { name: 'Picture settings' }).getByRole('combobox', { name: 'Model' }).click();
    await studio.window.getByRole('option', { name: 'tiny-sd15' }).click();
  });
  afterAll(async () => {
    await studio.close();
    data.remove();
  });
  const generate = () => studio.window.getByRole('button', { name: /^(Generate|Add to queue)/ });
  const choosePlan = async (name: string, allowance?: string): Promise<void> => {
    const { window } = studio;
    await show(window, 'Credits');
    await tab(window, 'Plan and budget');
    await window.getByRole('radio', { name: new RegExp(`^${name}`) }).click();
    if (allowance !== undefined) await window.getByRole('textbox', { name: 'Allowance, credits' }).fill(allowance);
    await window.getByRole('button', { name: 'Save', exact: true }).click();
    await window.getByText('The plan is saved').last().waitFor();
    await show(window, 'Create');
  };

  it('stand on the button before, and follow the form', async () => {
    const { window } = studio;
    await expect.poll(() => generate().innerText()).toContain('Free · would be 0.01');
    await window.getByRole('textbox', { name: 'Steps' }).fill('150');
    await window.getByRole('textbox', { name: 'Width' }).fill('512');
    await window.getByRole('textbox', { name: 'Height' }).fill('512');
    // 512 x 512 in 30 steps is 0.20.
    await expect.poll(() => generate().innerText()).toContain('would be 1.00');
    await window.getByRole('textbox', { name: 'Width' }).fill('64');
    await window.getByRole('textbox', { name: 'Height' }).fill('64');
    await window.getByRole('textbox', { name: 'Steps' }).fill('2');
    await expect.poll(() => generate().innerText()).toContain('would be 0.01');
  });

  it('stand with the picture after, and in the ledger', async () => {
    const { window } = studio;
    await choosePlan('Lite');
    await window.getByText('100.00 credits left').waitFor();
    expect(await generate().innerText()).toContain('0.01 credits');
    await window.getByRole('textbox', { name: 'What should the picture show?' }).fill('a red apple');
    await generate().click();
    await window.getByText('99.99 credits left').waitFor({ timeout: 60_000 });
    await window.getByText('· cost 0.01').waitFor();
    await expect.poll(() => window.getByRole('status').allInnerTexts()).toContainEqual(expect.stringMatching(/Picture finished: a red apple\. It cost 0\.01 credits\./));
    const recipe = window.getByRole('region', { name: 'Recipe' });
    if (!(await recipe.isVisible())) await window.getByRole('button', { name: 'Recipe' }).click();
    expect(await recipe.innerText()).toMatch(/Charged\s+0\.01 credits[\s\S]*Stability AI today\s+\$0\.03[\s\S]*Midjourney\s+\$10\.00 a month[\s\S]*Here\s+.*about/);
    await screenshot(window, 'credits-after');
    await show(window, 'Credits');
    await tab(window, 'Ledger');
    const rows = window.getByRole('table', { name: 'Ledger' }).getByRole('row');
    await expect.poll(() => rows.allInnerTexts()).toEqual([
      expect.stringContaining('Balance'),
      expect.stringMatching(/Settled\s+the job ended/),
      expect.stringMatching(/Held\s+tiny-sd15, 64 × 64, 2 steps/),
      expect.stringMatching(/plan: Lite/),
    ]);
    await window.getByRole('button', { name: 'Check the chain' }).click();
    await window.getByText('The chain is whole: all 3 rows are as they were written.').waitFor();
  });

  it('say how many of a batch fit, and make just those', async () => {
    const { window } = studio;
    await choosePlan('Custom', '0.03');
    await window.getByRole('radiogroup', { name: 'How many' }).getByText('4', { exact: true }).click();
    // One of the three was spent before: changing plans gains nothing.
    await window.getByText('2 of 4 pictures fit: 0.02 credits are left.').waitFor();
    await screenshot(window, 'credits-short');
    await window.getByRole('button', { name: 'Make 2' }).click();
    await window.getByText('0.00 credits left').waitFor({ timeout: 60_000 });
    await expect.poll(async () => (await ask(window, 'gallery.list', { limit: 10, before: null })).length).toBe(3);
  });

  it('refuse what does not fit, say why, and lead to the plan', async () => {
    const { window } = studio;
    await window.getByRole('radiogroup', { name: 'How many' }).getByText('1', { exact: true }).click();
    await window.getByText('This picture does not fit: 0.00 credits are left, and it costs 0.01.').first().waitFor();
    await generate().click();
    await window.getByRole('heading', { name: 'Not enough credits' }).waitFor();
    expect(await window.getByRole('region', { name: 'Picture', exact: true }).innerText()).toContain('0.00 credits are left, and it costs 0.01');
    await screenshot(window, 'credits-refused');
    expect(await ask(window, 'gallery.list', { limit: 10, before: null })).toHaveLength(3);
    await window.getByRole('region', { name: 'Picture', exact: true }).getByRole('button', { name: 'Plan and budget' }).click();
    await window.getByRole('radio', { name: /^Unlimited/ }).waitFor();
    await choosePlan('Unlimited');
    await expect.poll(() => generate().innerText()).toContain('Free');
    await window.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(async () => (await ask(window, 'gallery.list', { limit: 10, before: null })).length, { timeout: 60_000 }).toBe(4);
    expect(await ask(window, 'credits.verify', null)).toMatchObject({ ok: true });
  });

  it('stop at the budget of a day, under every plan', async () => {
    const { window } = studio;
    await show(window, 'Credits');
    await tab(window, 'Plan and budget');
    await window.getByRole('textbox', { name: 'A day, credits' }).fill('0.04');
    await window.getByRole('button', { name: 'Save', exact: true }).click();
    await show(window, 'Create');
    await window.getByText('This picture does not fit: today’s budget has 0.00 credits left, and it costs 0.01.').first().waitFor();
  });

  it('stand on the button of the Edit screen too', async () => {
    const { window } = studio;
    await ask(window, 'credits.setPlan', DEFAULT_PLAN);
    await window.getByRole('region', { name: 'Pictures made so far' }).getByRole('button', { name: /picture 1$/ }).click();
    await window.getByRole('button', { name: 'Edit', exact: true }).last().click();
    await window.getByRole('complementary', { name: 'Edit settings' }).waitFor();
    await expect.poll(() => generate().innerText()).toContain('Free · would be');
    await screenshot(window, 'credits-edit');
  });
});

describe('the Credits screen with weeks of work behind it', () => {
  let studio: Studio;
  const data = dataFolderWithTinyModel();
  beforeAll(async () => {
    seedLedger(data.dataDir, 75);
    studio = await open(data.dataDir);
    await show(studio.window, 'Credits');
  });
  afterAll(async () => {
    await studio.close();
    data.remove();
  });
  const section = () => studio.window.getByRole('tabpanel');

  it('tells what the same would have cost elsewhere, for any span', async () => {
    const { window } = studio;
    await section().getByText('This year', { exact: true }).click();
    const usage = await ask(window, 'credits.usage', { from: `${new Date().getFullYear()}-01-01`, to: new Date().toISOString().slice(0, 10) });
    const table = section().getByRole('table').first();
    await expect.poll(() => table.getByRole('row').count()).toBe(1 + 1 + usage.comparisons.length);
    const text = await table.innerText();
    for (const { name } of usage.comparisons) expect(text).toContain(name);
    expect(text).toMatch(/of memory at most, about [\d.,]+ k?Wh/);
    expect(await section().innerText()).toContain('assumed 65 W');
  });

  it('draws days, models and tools, each of them a table for those who listen', async () => {
    const { window } = studio;
    for (const name of ['dreamshaper-8', 'juggernaut-xl', 'Picture from words', 'Repaint a part']) await section().getByRole('rowheader', { name, exact: true }).waitFor();
    await section().getByRole('button', { name: 'As a table' }).click();
    expect(await section().getByRole('table', { name: /^Per (day|month)/ }).getByRole('row').count()).toBeGreaterThan(1);
    await section().getByRole('button', { name: 'As a chart' }).click();
    await section().getByText('Credits', { exact: true }).click();
    await section().getByRole('heading', { name: /^Per (day|month)/ }).scrollIntoViewIfNeeded();
    await section().getByRole('heading', { name: 'Per tool' }).scrollIntoViewIfNeeded();
    await window.waitForTimeout(300);
    await screenshot(window, 'credits-charts');
  });

  it('scrolls through the whole ledger', async () => {
    const { window } = studio;
    await tab(window, 'Ledger');
    const table = window.getByRole('table', { name: 'Ledger' });
    await table.getByText('Held').first().waitFor();
    await screenshot(window, 'credits-ledger');
    await table.getByRole('rowgroup').evaluate((scroller) => { scroller.scrollTop = scroller.scrollHeight; });
    await table.getByRole('row').filter({ hasText: /^1[A-Z]/ }).waitFor();
    expect(await table.getByRole('row').count()).toBeLessThan(60);
  });

  it.each(['Light', 'Dark'])('has nothing serious for axe to find, in %s', async (theme) => {
    const { window } = studio;
    await show(window, 'Settings');
    await window.getByText(theme, { exact: true }).click();
    await show(window, 'Credits');
    const found: string[] = [];
    for (const name of ['Overview', 'Plan and budget', 'Ledger', 'Prices']) {
      await tab(window, name);
      await window.waitForTimeout(300);
      found.push(...(await seriousProblems(window)));
      await screenshot(window, `credits-${name.toLowerCase().replaceAll(' ', '-')}-${theme.toLowerCase()}`);
    }
    expect(found).toEqual([]);
  });

  it('fits a small window and speaks Dutch', async () => {
    const { window } = studio;
    await show(window, 'Settings');
    await window.getByText('Nederlands', { exact: true }).click();
    await studio.app.evaluate(({ BrowserWindow }) => { BrowserWindow.getAllWindows()[0]?.setSize(1024, 700); });
    await show(window, 'Credits');
    for (const name of ['Overzicht', 'Plan en budget', 'Grootboek', 'Prijzen']) {
      await tab(window, name);
      await window.waitForTimeout(300);
      expect(await window.getByRole('main').evaluate((main) => [...main.querySelectorAll('*')].filter((part) => getComputedStyle(part).overflowY === 'auto' && part.scrollWidth > part.clientWidth).length)).toBe(0);
      await screenshot(window, `credits-small-${name.toLowerCase().replaceAll(' ', '-')}`);
    }
  });
});
