import { describe, expect, it } from 'vitest';
import { draftOf, isSamePlan, planOf } from '../../../src/renderer/features/credits/plan-draft';
import { DEFAULT_PLAN } from '../../../src/shared/credits';

const PLAN = { ...DEFAULT_PLAN, plan: 'custom', customAllowance: 12_500, timeZone: 'Europe/Amsterdam', budget: { perDay: 500, perMonth: null, isHardStop: false, warnAtPercent: 90 } } as const;

describe('the plan form', () => {
  it('shows a plan in credits and gives back the same', () => {
    expect(draftOf(PLAN)).toMatchObject({ allowance: 12.5, perDay: 0.5, perMonth: '', warnAtPercent: 90 });
    expect(planOf(draftOf(PLAN))).toEqual(PLAN);
    expect(planOf(draftOf(DEFAULT_PLAN))).toEqual(DEFAULT_PLAN);
  });

  it('takes an empty budget as no limit, and an empty allowance or day as unfinished', () => {
    const draft = draftOf(PLAN);
    expect(planOf({ ...draft, perDay: '' })?.budget.perDay).toBeNull();
    for (const change of [{ allowance: '' }, { refillDay: '' }, { refillDay: 32 }, { warnAtPercent: '' }, { perDay: -1 }] as const) expect(planOf({ ...draft, ...change })).toBeNull();
  });

  it('keeps thousandths and no more', () => {
    expect(planOf({ ...draftOf(PLAN), perDay: 0.0125 })?.budget.perDay).toBe(13);
  });

  it('tells a change from none', () => {
    expect(isSamePlan(PLAN, { ...PLAN })).toBe(true);
    expect(isSamePlan(PLAN, { ...PLAN, budget: { ...PLAN.budget, perDay: 501 } })).toBe(false);
  });
});
