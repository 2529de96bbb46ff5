import type { Budget, CreditLimit, CreditsState, PriceQuote } from '../credits';
import type { MilliCredits } from './money';
import { chargeOf, type PriceRequest } from './price-of';
import type { PriceTable } from './price-table';

type Wallet = Pick<CreditsState, 'balance' | 'usedToday' | 'usedThisMonth'> & { readonly plan: { readonly budget: Budget } };

interface Limit {
  readonly name: CreditLimit;
  /** Price of one picture as this limit counts it. */
  readonly unit: MilliCredits;
  readonly left: MilliCredits;
  /** From so much left on downwards there is a warning. */
  readonly warnBelow: MilliCredits;
  readonly isHard: boolean;
}

function limitsOf({ balance, usedToday, usedThisMonth, plan: { budget } }: Wallet, unitPrice: MilliCredits): readonly Limit[] {
  const warnBelow = (limit: MilliCredits): MilliCredits => limit - Math.floor((limit * budget.warnAtPercent) / 100);
  const budgetLimit = (name: CreditLimit, limit: MilliCredits | null, used: MilliCredits): readonly Limit[] =>
    limit === null ? [] : [{ name, unit: unitPrice, left: Math.max(0, limit - used), warnBelow: warnBelow(limit), isHard: budget.isHardStop }];
  return [
    ...(balance === null ? [] : [{ name: 'balance', unit: unitPrice, left: balance, warnBelow: 0, isHard: true } as const]),
    ...budgetLimit('day', budget.perDay, usedToday),
    ...budgetLimit('month', budget.perMonth, usedThisMonth),
  ];
}

/** How much of a limit is left to spend, never below zero; 0 where there is no such limit. */
export function leftWithin({ balance, usedToday, usedThisMonth, plan: { budget } }: Wallet, limit: CreditLimit): MilliCredits {
  if (limit === 'balance') return balance ?? 0;
  const [most, used] = limit === 'day' ? [budget.perDay, usedToday] : [budget.perMonth, usedThisMonth];
  return Math.max(0, (most ?? 0) - used);
}

const howMany = ({ left, unit }: Limit, count: number): number => (unit === 0 ? count : Math.min(count, Math.floor(left / unit)));

/**
 * What a request costs under the present plan, and how many of its pictures fit the balance and the budget.
 * Pure: the button and the ledger ask it alike.
 */
export function quote(job: { readonly request: PriceRequest; readonly count: number }, wallet: Wallet, table: PriceTable): PriceQuote {
  const { count } = job;
  const { milliCredits: unitPrice, label, isStandIn } = chargeOf(job.request, table);
  const limits = limitsOf(wallet, unitPrice);
  const tightest = limits.filter(({ isHard }) => isHard).reduce<Limit | null>((least, limit) => (howMany(limit, count) < (least === null ? count : howMany(least, count)) ? limit : least), null);
  const unitCharge = wallet.balance === null ? 0 : unitPrice;
  const isNear = ({ left, unit, warnBelow }: Limit): boolean => left - unit * count < warnBelow || left < unit * count;
  return {
    unitPrice,
    unitCharge,
    count,
    totalPrice: unitPrice * count,
    totalCharge: unitCharge * count,
    fits: tightest === null ? count : howMany(tightest, count),
    heldBackBy: tightest?.name ?? null,
    warnings: limits.filter(isNear).map(({ name }) => name),
    label,
    isStandIn,
    table: { id: table.id, name: table.name, effectiveFrom: table.effectiveFrom },
  };
}
