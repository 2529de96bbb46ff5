import { allowanceOf, DEFAULT_PLAN, isMonthly, type CreditsPlan, type LedgerDetail } from '../../../shared/credits';
import { createCalendar } from './calendar';
import type { Ledger } from './ledger';

/** Now, in the plan's own calendar. */
export interface Moment {
  readonly at: number;
  readonly day: string;
  readonly plan: CreditsPlan;
  readonly period: { readonly from: string; readonly next: string } | null;
}

/** The plan that holds; a new ledger has the default. */
export function planOf(ledger: Ledger): CreditsPlan {
  const detail: LedgerDetail | undefined = ledger.lastPlanRow()?.detail;
  return detail?.reason === 'plan' ? detail.plan : DEFAULT_PLAN;
}

/** @param at milliseconds since the epoch */
export function momentOf(plan: CreditsPlan, at: number): Moment {
  const calendar = createCalendar(plan.timeZone);
  return { at, plan, day: calendar.dayOf(at), period: isMonthly(plan) ? calendar.periodOf(at, plan.refillDay) : null };
}

/** Months only move on: a clock that was set back, or a flight west, grants nothing twice. */
export const isRefillDue = (ledger: Ledger, { period }: Moment): boolean => period !== null && period.from > (ledger.lastPeriod() ?? '');

/** One refill, however many months were skipped; what was not used expires, what running jobs hold counts already. */
export function refill(ledger: Ledger, { at, day, plan, period }: Moment): void {
  if (period === null) return;
  const { balance, reserved } = ledger.sums();
  if (balance > 0) ledger.append({ at, day, kind: 'adjust', amount: -balance, detail: { reason: 'expired' } });
  const granted = Math.max(0, (allowanceOf(plan) ?? 0) - reserved);
  ledger.append({ at, day, kind: 'grant', amount: granted, period: period.from, detail: { reason: 'refill' } });
}

const isSameGrant = (a: CreditsPlan, b: CreditsPlan): boolean =>
  a.plan === b.plan && a.refillDay === b.refillDay && a.customAllowance === b.customAllowance && a.customRefill === b.customRefill;

/** Flying over the date line is no more than this. */
const TWO_DAYS_MS = 2 * 86_400_000;
const EVER = '9999-12-31';

/** What was paid since the month began that the former plan was in; a new refill day does not make it forgotten. */
function spentThisMonth(ledger: Ledger, before: CreditsPlan, at: number): number {
  const { from } = createCalendar(before.timeZone).periodOf(at, before.refillDay);
  const last = ledger.lastPeriod();
  const since = last === null || from > last ? from : (ledger.firstPeriodSinceRefill() ?? from);
  // Without an end: days that a wrong clock or another time zone has put ahead of us were paid all the same.
  return ledger.usedBetween(since < from ? since : from, EVER).charged;
}

/** The row that carries a new plan also brings the balance to what that plan leaves, so that changing to and fro gains nothing. */
export function changePlan(ledger: Ledger, { before, moment: { at, day, plan, period } }: { readonly before: CreditsPlan; readonly moment: Moment }): void {
  const last = ledger.lastPeriod();
  const { balance, reserved } = ledger.sums();
  const allowance = allowanceOf(plan);
  // A clock that once stood far ahead has left a month to come; choosing the plan again puts that right.
  const isAhead = period !== null && last !== null && last > createCalendar(plan.timeZone).dayOf(at + TWO_DAYS_MS);
  const isUnchanged = isSameGrant(before, plan) && !isAhead && (period === null || last !== null);
  const spent = period === null ? 0 : spentThisMonth(ledger, before, at);
  const target = allowance === null || isUnchanged ? balance : Math.max(0, allowance - spent - reserved);
  const month = period === null || isUnchanged ? null : isAhead || last === null || period.from > last ? period.from : last;
  ledger.append({ at, day, kind: 'adjust', amount: target - balance, ...(month === null ? {} : { period: month }), detail: { reason: 'plan', plan } });
}
