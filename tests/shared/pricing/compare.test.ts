import { describe, expect, it } from 'vitest';
import { whatItWouldHaveCost, whatTheMonthWouldHaveCost } from '../../../src/shared/pricing/compare';
import { localCostOf } from '../../../src/shared/pricing/local-cost';
import { priceRequestOf, priceRequestOfRecipe } from '../../../src/shared/pricing/price-request';
import { tablesInForce } from '../../../src/shared/pricing/price-table';
import { AssetId } from '../../../src/shared/ids';
import { aModel, aRecipe, aRequest } from '../../support/samples';
import { shippedTables } from '../../support/price-tables';

const tables = tablesInForce(shippedTables(), '2026-11-24');
const SDXL = { id: 'user:xl', name: 'SDXL', family: 'Stable Diffusion XL' };

describe('what a picture would have cost', () => {
  it('is told for every provider, with the fee where there is no price', () => {
    const recipe = aRecipe({ model: SDXL, width: 1024, height: 1024, numInferenceSteps: 30 });
    const brief = whatItWouldHaveCost(recipe, tables).map(({ provider, milliCredits, monthlyFee, isStandIn }) => [provider, milliCredits, monthlyFee, isStandIn]);
    expect(brief.sort()).toEqual([
      ['cometapi', 1600, null, false],
      ['dall-e-3', null, 2_000_000, false],
      ['dreamstudio', 1600, null, false],
      ['midjourney', null, 1_000_000, false],
      ['stability', 3000, null, true],
    ]);
  });

  it('counts the enlarging that the recipe tells', () => {
    const recipe = aRecipe({ width: 512, height: 512, numInferenceSteps: 30, hires: { upscaler: 'x', scale: 2 } });
    expect(whatItWouldHaveCost(recipe, tables).find(({ provider }) => provider === 'dreamstudio')?.milliCredits).toBe(400);
  });
});

describe('what a month would have cost', () => {
  it('sums pictures, keeps fees, and counts what was not sold', () => {
    const picture = priceRequestOfRecipe(aRecipe({ model: SDXL, numInferenceSteps: 50 }));
    const work = [{ request: picture, pictures: 3 }, { request: { ...picture, tool: 'upscale' as const }, pictures: 2 }];
    const brief = whatTheMonthWouldHaveCost(work, tables).map(({ provider, milliCredits, monthlyFee, unpriced }) => [provider, milliCredits, monthlyFee, unpriced]);
    expect(brief.sort()).toEqual([
      ['cometapi', 3 * 1600, null, 2],
      ['dall-e-3', null, 2_000_000, 0],
      ['dreamstudio', 3 * 2000 + 2 * 200, null, 0],
      ['midjourney', null, 1_000_000, 0],
      ['stability', 3 * 3000 + 2 * 2000, null, 0],
    ]);
  });
});

describe('the request behind a price', () => {
  const model = aModel({ nativeSize: 512, size: { min: 256, max: 1024, multipleOf: 64 } });
  const edit = { sourceAssetId: AssetId.parse('a'.repeat(64)), strength: 0.5, documentId: null, parentImageIds: [] };
  const inpaint = { ...aRequest(), kind: 'inpaint', ...edit, maskAssetId: AssetId.parse('b'.repeat(64)), maskBlur: 4, maskedContent: 'original', matchColours: true } as const;

  it('is the size that was asked for when drawing from words', () => {
    expect(priceRequestOf(aRequest({ width: 640, height: 512 }), model)).toMatchObject({ tool: 'txt2img', width: 640, height: 512, family: 'sd1', isEnlarged: false });
  });

  it('is the size the model works at when editing', () => {
    expect(priceRequestOf({ ...inpaint, width: 700, height: 4000, onlyMaskedPadding: null }, model)).toMatchObject({ tool: 'inpaint', width: 640, height: 1024 });
    expect(priceRequestOf({ ...inpaint, width: 3000, height: 2000, onlyMaskedPadding: 32 }, model)).toMatchObject({ width: 512, height: 512 });
  });

  it('is enlarged only where the model has an upscaler', () => {
    expect(priceRequestOf(aRequest({ hires: true }), model).isEnlarged).toBe(false);
    expect(priceRequestOf(aRequest({ hires: true }), { ...model, hires: { upscaler: 'x', scale: 4 } }).isEnlarged).toBe(true);
  });
});

describe('what a picture cost here', () => {
  it('is seconds, memory and energy at a stated power', () => {
    expect(localCostOf(aRecipe({ secondsByStage: { denoising: 50, decoding: 10 }, peakMemoryBytes: 5 }), 120)).toEqual({ seconds: 60, peakMemoryBytes: 5, energyWh: 2, assumedWatts: 120 });
  });
});
