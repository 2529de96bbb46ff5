import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadPriceTables } from '../../../src/main/app/credits/price-tables';
import { openCredits } from '../../../src/main/app/credits/open-credits';
import { PRICES_FOLDER, shippedTable, shippedTables } from '../../support/price-tables';
import { tempFolder } from '../../support/temp-folder';
import { anOrder } from './open-account';

const mine = { ...shippedTable('dreamstudio-2023'), id: 'mine', name: 'Mine', effectiveFrom: '2026-01-01', rules: [{ label: 'Everything', tools: ['txt2img'], families: ['sdxl'], formula: { kind: 'flat', amount: 7 } }] };

function withOwn(files: Readonly<Record<string, unknown>>): string {
  const own = join(tempFolder(), 'prices');
  mkdirSync(own);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(own, name), typeof content === 'string' ? content : JSON.stringify(content));
  return own;
}

describe('price tables', () => {
  it('are the shipped ones where the user has none', async () => {
    const { tables, problems } = await loadPriceTables({ shipped: PRICES_FOLDER, own: join(tempFolder(), 'nothing') });
    expect(tables.map(({ id }) => id).sort()).toEqual(shippedTables().map(({ id }) => id).sort());
    expect(problems).toEqual([]);
  });

  it('of the user replace a shipped one of their id, and the charge follows them', async () => {
    const own = withOwn({ 'mine.json': mine, 'stability.json': { ...shippedTable('stability-2025'), name: 'Corrected' } });
    const account = await openCredits({ ledger: ':memory:', shippedPrices: PRICES_FOLDER, ownPrices: own, now: () => Date.parse('2026-11-24T12:00:00Z') });
    expect(account.credits.quote(anOrder().request, 2)).toMatchObject({ unitPrice: 7000, totalPrice: 14_000, table: { id: 'mine' } });
    expect(account.credits.tables().map(({ name }) => name)).toEqual(['Mine', 'CometAPI', 'Corrected', 'DALL-E 3 in ChatGPT Plus', 'Midjourney']);
    account.close();
  });

  it.each([
    ['that is no JSON', '{ "version": 1, ', /broken\.json/],
    ['with a negative price', { ...mine, floor: -1 }, /floor/],
    ['with an unknown field', { ...mine, discount: 5 }, /discount/],
    ['without a source', { ...mine, sources: [] }, /sources/],
    ['with no real date', { ...mine, effectiveFrom: '2026-02-30' }, /effectiveFrom/],
  ])('of the user %s are left out and named', async (_what, content, problem) => {
    const { tables, problems } = await loadPriceTables({ shipped: PRICES_FOLDER, own: withOwn({ 'broken.json': content }) });
    expect(tables).toHaveLength(shippedTables().length);
    expect(problems).toEqual([expect.stringMatching(problem)]);
  });

  it('that ship broken stop the program, by name', async () => {
    await expect(loadPriceTables({ shipped: withOwn({ 'bad.json': '{}' }), own: '' })).rejects.toThrow(/bad\.json cannot be used/);
  });

  it('that cannot price what is asked are named instead of charging something', async () => {
    const account = await openCredits({ ledger: ':memory:', shippedPrices: PRICES_FOLDER, ownPrices: withOwn({ 'mine.json': mine }), now: () => Date.parse('2026-11-24T12:00:00Z') });
    expect(() => account.credits.reserve(anOrder({ request: { ...anOrder().request, tool: 'upscale' } }))).toThrow('price table mine');
    account.close();
  });
});
