import { CreditsPlan, type CreditsPlan as Plan } from '../../../shared/credits';

/** The plan as it is being filled in: numbers in whole credits, empty while a field is. */
export interface PlanDraft extends Pick<Plan, 'plan' | 'customRefill' | 'timeZone'> {
  readonly allowance: number | '';
  readonly refillDay: number | '';
  readonly perDay: number | '';
  readonly perMonth: number | '';
  readonly isHardStop: boolean;
  readonly warnAtPercent: number | '';
}

const MILLI = 1000;
/** Ten million credits are more than anyone spends and less than what a sum cannot hold. */
export const MOST_CREDITS = 10_000_000;

const toField = (amount: number | null): number | '' => (amount === null ? '' : amount / MILLI);
const toAmount = (field: number | ''): number | null => (field === '' ? null : Math.round(field * MILLI));

export const draftOf = ({ plan, customAllowance, customRefill, refillDay, timeZone, budget }: Plan): PlanDraft => ({
  plan,
  customRefill,
  timeZone,
  allowance: toField(customAllowance),
  refillDay,
  perDay: toField(budget.perDay),
  perMonth: toField(budget.perMonth),
  isHardStop: budget.isHardStop,
  warnAtPercent: budget.warnAtPercent,
});

/** The plan that a filled-in form means; null while a field holds nothing that can be used. */
export function planOf({ plan, customRefill, timeZone, allowance, refillDay, perDay, perMonth, isHardStop, warnAtPercent }: PlanDraft): Plan | null {
  const parsed = CreditsPlan.safeParse({
    plan,
    customAllowance: toAmount(allowance),
    customRefill,
    refillDay,
    timeZone,
    budget: { perDay: toAmount(perDay), perMonth: toAmount(perMonth), isHardStop, warnAtPercent },
  });
  return parsed.success ? parsed.data : null;
}

export const isSamePlan = (a: Plan, b: Plan): boolean => JSON.stringify(CreditsPlan.parse(a)) === JSON.stringify(CreditsPlan.parse(b));
