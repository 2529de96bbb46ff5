import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FAMILIES } from '../../../src/main/engine/models/family';
import { familyOfLabel, PRICE_FAMILIES } from '../../../src/shared/pricing/families';
import { formatCredits, toMilliCredits } from '../../../src/shared/pricing/money';
import { chargeOf, priceOf, type PriceRequest } from '../../../src/shared/pricing/price-of';
import { priceRequestOfUpscale } from '../../../src/shared/pricing/price-request';
import { PRICE_TOOLS, tablesInForce, type PriceTable } from '../../../src/shared/pricing/price-table';
import { chargingTables, shippedTable, shippedTables } from '../../support/price-tables';

const dreamstudio = shippedTable('dreamstudio-2023');

const ask = (change: Partial<PriceRequest>): PriceRequest => ({
  tool: 'txt2img',
  family: 'sd1',
  modelName: 'a model',
  width: 512,
  height: 512,
  numInferenceSteps: 30,
  isEnlarged: false,
  ...change,
});
const milli = (change: Partial<PriceRequest>, table: PriceTable = dreamstudio): number | null => priceOf(ask(change), table)?.milliCredits ?? null;

describe('DreamStudio 2023', () => {
  // The pricing page's formula, in thousandths; the second number is what two digits show. 3.165 shows as 3.17.
  it.each([
    [512, 30, 200, '0.20'],
    [768, 30, 908, '0.91'],
    [1024, 30, 1899, '1.90'],
    [1024, 50, 3165, '3.17'],
  ])('Stable Diffusion 1.5 at %i x same, %i steps', (side, numInferenceSteps, expected, shown) => {
    expect(milli({ width: side, height: side, numInferenceSteps })).toBe(expected);
    expect(formatCredits(expected)).toBe(shown);
  });

  it.each([
    [10, 1353, 1.35, 2],
    [30, 1600, 1.6, 1],
    [40, 1800, 1.8, 1],
    [50, 2000, 2.0, 1],
    [100, 3113, 3.1, 1],
    [150, 4527, 4.5, 1],
  ])('Stable Diffusion XL at %i steps, whatever the size', (numInferenceSteps, expected, published, digits) => {
    expect(milli({ family: 'sdxl', numInferenceSteps })).toBe(expected);
    expect(milli({ family: 'sdxl', numInferenceSteps, width: 1536, height: 640 })).toBe(expected);
    expect((expected / 1000).toFixed(digits)).toBe(published.toFixed(digits));
  });

  it('prices the upscalers', () => {
    expect(milli({ tool: 'upscale' })).toBe(200);
    expect(milli({ tool: 'upscale', modelName: 'SD x4 latent upscaler' })).toBe(8000);
    expect(milli({ tool: 'upscale', modelName: 'SD x4 latent upscaler', width: 513 })).toBe(12_000);
  });

  it('prices an enlargement by the upscaler and by what goes in', () => {
    const price = (upscalerName: string, side: number): number | null => priceOf(priceRequestOfUpscale({ upscalerName, width: side, height: side }), dreamstudio)?.milliCredits ?? null;
    expect([price('Real-ESRGAN x4plus', 64), price('Real-ESRGAN x4plus', 2048), price('SD x4 latent', 512), price('SD x4 latent', 520)]).toEqual([200, 200, 8000, 12_000]);
  });

  it('adds the upscaler to a picture that is enlarged at once', () => {
    expect(priceOf(ask({ isEnlarged: true }), dreamstudio)).toEqual({ milliCredits: 400, label: 'Stable Diffusion 1.5 and 2.1 + Real-ESRGAN x2', isStandIn: false });
  });

  it('has a floor where the formula falls below zero', () => {
    expect(milli({ width: 408, height: 408 })).toBe(10);
    expect(milli({ family: 'palimpsest', width: 128, height: 128 })).toBe(10);
    expect(priceOf(ask({ family: 'palimpsest' }), dreamstudio)?.isStandIn).toBe(true);
  });
});

describe('DreamStudio 2022', () => {
  // The table of its Credits + Billing page, one digit; the fit is within a tenth everywhere.
  it.each([
    [512, 512, 50, 1.0],
    [512, 768, 50, 2.4],
    [512, 1024, 50, 3.8],
    [768, 768, 50, 4.6],
    [768, 1024, 100, 13.2],
    [1024, 1024, 150, 28.2],
  ])('%i x %i, %i steps', (width, height, numInferenceSteps, published) => {
    const price = (milli({ width, height, numInferenceSteps }, shippedTable('dreamstudio-2022')) ?? 0) / 1000;
    expect(Math.abs(price - published)).toBeLessThanOrEqual(0.015 * published + 0.05);
  });
});

describe('the other lists', () => {
  it.each([
    ['stability-2025', { family: 'sd3', modelName: 'Stable Diffusion 3.5 Large' }, 6500],
    ['stability-2025', { family: 'sd3', modelName: 'stable-diffusion-3.5-large-turbo' }, 4000],
    ['stability-2025', { family: 'sd3', modelName: 'Stable Diffusion 3.5 Medium' }, 3500],
    ['stability-2025', { family: 'sd1' }, 3000],
    ['stability-2025', { tool: 'inpaint' }, 5000],
    ['stability-2025', { tool: 'outpaint' }, 4000],
    ['stability-2025', { tool: 'upscale' }, 2000],
    ['cometapi-2025', { family: 'sd3', modelName: 'SD 3.5 Large' }, 20_800],
    ['cometapi-2025', { family: 'sd3', modelName: 'SD 3.5 Large Turbo' }, 12_800],
    ['cometapi-2025', { family: 'sd3', modelName: 'SD 3.5 Medium' }, 11_200],
    ['cometapi-2025', { family: 'sd3', modelName: 'SD 3' }, 11_200],
    ['cometapi-2025', { family: 'sdxl' }, 1600],
    ['cometapi-2025', { tool: 'upscale' }, null],
    ['midjourney-2025', {}, null],
    ['dall-e-3-2025', {}, null],
  ] as const)('%s %o', (id, change, expected) => {
    expect(milli(change, shippedTable(id))).toBe(expected);
  });

  it('have a fee where pictures have no price', () => {
    expect(shippedTables().flatMap(({ provider, monthlyFee }) => (monthlyFee === null ? [] : [[provider, monthlyFee]])).sort()).toEqual([['dall-e-3', 20], ['midjourney', 10]]);
  });

  it('are named after their files, once each', () => {
    const ids = shippedTables().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(shippedTable(id).id).toBe(id);
  });
});

describe('any price', () => {
  const request = fc.record({
    tool: fc.constantFrom(...PRICE_TOOLS),
    family: fc.constantFrom(...PRICE_FAMILIES),
    modelName: fc.string({ maxLength: 20 }),
    width: fc.integer({ min: 1, max: 4096 }),
    height: fc.integer({ min: 1, max: 4096 }),
    numInferenceSteps: fc.integer({ min: 1, max: 150 }),
    isEnlarged: fc.boolean(),
  });

  it('is a whole number of thousandths, at least the floor, for everything the studio can charge', () => {
    fc.assert(
      fc.property(request, fc.constantFrom(...chargingTables()), (asked, table) => {
        const { milliCredits } = chargeOf(asked, table);
        expect(Number.isSafeInteger(milliCredits)).toBe(true);
        expect(milliCredits).toBeGreaterThanOrEqual(toMilliCredits(table.floor, table.unit));
      }),
    );
  });

  it('never falls when the picture gets larger', () => {
    fc.assert(
      fc.property(request, fc.integer({ min: 0, max: 512 }), (asked, more) => {
        expect(chargeOf({ ...asked, width: asked.width + more }, dreamstudio).milliCredits).toBeGreaterThanOrEqual(chargeOf(asked, dreamstudio).milliCredits);
      }),
    );
  });
});

describe('tables in force', () => {
  const on = (day: string, tables: readonly PriceTable[] = shippedTables()): readonly string[] => tablesInForce(tables, day).map(({ id }) => id).sort();

  it('are the newest of each provider that has begun', () => {
    expect(on('2021-12-31')).toEqual([]);
    expect(on('2023-07-25')).toEqual(['dreamstudio-2022']);
    expect(on('2023-07-26')).toEqual(['dreamstudio-2023']);
    expect(on('2026-01-01')).toEqual(['cometapi-2025', 'dall-e-3-2025', 'dreamstudio-2023', 'midjourney-2025', 'stability-2025']);
  });

  it('give way to a later table of the same date', () => {
    expect(on('2024-01-01', [dreamstudio, { ...dreamstudio, id: 'mine' }])).toEqual(['mine']);
  });
});

describe('families', () => {
  it('knows every label of the engine, and prices what it does not know', () => {
    expect(Object.values(FAMILIES).map(({ id, label }) => [id, familyOfLabel(label)])).toEqual(Object.values(FAMILIES).map(({ id }) => [id, id]));
    expect(familyOfLabel('Something newer')).toBe('other');
  });
});

describe('formatted credits', () => {
  it.each([
    [0, '0.00'],
    [5, '0.01'],
    [4, '0.00'],
    [1899, '1.90'],
    [-200, '-0.20'],
    [-4, '0.00'],
    [1_234_567, '1234.57'],
  ])('%i', (amount, text) => {
    expect(formatCredits(amount)).toBe(text);
  });
});

describe('a picture made in several passes', () => {
  it('costs each of them, the enlargement once', () => {
    const once = { tool: 'inpaint', family: 'sd1', modelName: 'Tiny', width: 512, height: 512, numInferenceSteps: 30, isEnlarged: false } as const;
    const price = (request: Parameters<typeof priceOf>[0]): number => priceOf(request, dreamstudio)?.milliCredits ?? Number.NaN;
    expect(price({ ...once, passes: 6 })).toBe(6 * price(once));
    expect(price({ ...once, isEnlarged: true, passes: 6 }) - price({ ...once, isEnlarged: true })).toBe(5 * price(once));
  });
});
