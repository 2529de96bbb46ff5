import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_PLAN } from '../../../src/shared/credits';
import { quote } from '../../../src/shared/pricing/fit';
import { shippedTable } from '../../support/price-tables';

const table = shippedTable('dreamstudio-2023');
/** 2.00 credits a picture. */
const request = { tool: 'txt2img', family: 'sdxl', modelName: 'SDXL', width: 1024, height: 1024, numInferenceSteps: 50, isEnlarged: false } as const;
const wallet = (change: { balance?: number | null; perDay?: number | null; perMonth?: number | null; isHardStop?: boolean; used?: number }) => ({
  balance: change.balance ?? null,
  usedToday: change.used ?? 0,
  usedThisMonth: change.used ?? 0,
  plan: { budget: { ...DEFAULT_PLAN.budget, perDay: change.perDay ?? null, perMonth: change.perMonth ?? null, isHardStop: change.isHardStop ?? true } },
});
const brief = (count: number, given: Parameters<typeof wallet>[0]) => {
  const { fits, heldBackBy, warnings, totalPrice, totalCharge } = quote({ request, count }, wallet(given), table);
  return { fits, heldBackBy, warnings, totalPrice, totalCharge };
};

describe('what fits', () => {
  it('is everything, for nothing, under Unlimited, at its list price all the same', () => {
    expect(brief(4, {})).toEqual({ fits: 4, heldBackBy: null, warnings: [], totalPrice: 8000, totalCharge: 0 });
  });

  it('says how many of a batch the balance allows', () => {
    expect(brief(4, { balance: 8000 })).toMatchObject({ fits: 4, heldBackBy: null, totalCharge: 8000 });
    expect(brief(4, { balance: 7999 })).toMatchObject({ fits: 3, heldBackBy: 'balance', warnings: ['balance'] });
    expect(brief(4, { balance: 1999 })).toMatchObject({ fits: 0, heldBackBy: 'balance' });
  });

  it('is held back by the tightest hard limit, at list prices even where nothing is charged', () => {
    expect(brief(4, { perDay: 10_000, used: 5000 })).toMatchObject({ fits: 2, heldBackBy: 'day' });
    expect(brief(4, { balance: 2000, perDay: 10_000, perMonth: 9000, used: 5000 })).toMatchObject({ fits: 1, heldBackBy: 'balance' });
    expect(brief(4, { perDay: 4000, used: 9000 })).toMatchObject({ fits: 0, heldBackBy: 'day' });
  });

  it('only warns without a hard stop, and from the mark on', () => {
    expect(brief(4, { perDay: 4000, isHardStop: false })).toMatchObject({ fits: 4, heldBackBy: null, warnings: ['day'] });
    expect(brief(1, { perMonth: 10_000, used: 6000 })).toMatchObject({ warnings: [] });
    expect(brief(1, { perMonth: 10_000, used: 6001 })).toMatchObject({ warnings: ['month'] });
  });

  it('never promises more than the limits hold, and never refuses what they would hold', () => {
    const amount = fc.option(fc.integer({ min: 0, max: 30_000 }), { nil: null });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), amount, amount, (count, balance, perDay) => {
        const { fits } = brief(count, { balance, perDay });
        const isAllowed = (pictures: number): boolean => pictures * 2000 <= Math.min(balance ?? Infinity, perDay ?? Infinity);
        expect(isAllowed(fits)).toBe(true);
        expect(fits === count || !isAllowed(fits + 1)).toBe(true);
      }),
    );
  });
});
