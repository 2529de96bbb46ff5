import { allowanceOf, DEFAULT_PLAN, isMonthly, type CreditsPlan, type CreditsState, type LedgerDetail, type LedgerRow, type PriceQuote } from '../../../shared/credits';
import { StudioError } from '../../../shared/errors';
import type { JobId, ModelId } from '../../../shared/ids';
import { quote } from '../../../shared/pricing/fit';
import { formatCredits } from '../../../shared/pricing/money';
import type { PriceRequest } from '../../../shared/pricing/price-of';
import { CHARGING_PROVIDER, tablesInForce, type PriceTable } from '../../../shared/pricing/price-table';
import { createCalendar } from './calendar';
import type { Ledger } from './ledger';

/** What a job asks for, as far as its account is concerned. */
export interface JobOrder {
  readonly jobId: JobId;
  readonly modelId: ModelId;
  readonly request: PriceRequest;
  readonly count: number;
}

/** How a job ended. */
export interface JobOutcome {
  /** Pictures that were kept; only these are paid. */
  readonly pictures: number;
  /** How long it ran; null when a crash swallowed it. */
  readonly seconds: number | null;
  readonly isRecovered: boolean;
}

/** Plans, balance and the accounts of jobs, over the ledger. */
export interface Credits {
  /** The state as of now; grants a refill that has come due. */
  state(): CreditsState;
  /** Tables in force today, the one that is charged by first. */
  tables(): readonly PriceTable[];
  quote(request: PriceRequest, count: number): PriceQuote;
  /**
   * Holds what a job may cost, before it starts.
   * @throws StudioError `insufficient-credits` saying how many pictures do fit; `invalid-request` for a job id used before
   */
  reserve(order: JobOrder): PriceQuote;
  /** Settles what was kept and gives back the rest; null where the job has no open reservation, so that twice does no harm. */
  close(jobId: JobId, outcome: JobOutcome): LedgerRow | null;
  setPlan(plan: CreditsPlan): CreditsState;
}

export interface CreditsDependencies {
  readonly ledger: Ledger;
  /** All tables, shipped ones first, the user's own behind them. */
  readonly tables: readonly PriceTable[];
  readonly now: () => number;
}

const REMEDIES = {
  balance: (left: string) => `${left} credits are left`,
  day: (left: string) => `today's budget has ${left} credits left`,
  month: (left: string) => `this month's budget has ${left} credits left`,
} as const;

function refusal({ unitPrice, count, fits, heldBackBy, totalPrice }: PriceQuote, left: number): StudioError {
  const limit = heldBackBy ?? 'balance';
  const what = count === 1 ? 'This picture costs' : `These ${count} pictures cost`;
  const remedy = fits === 0 ? 'none fits; change the plan or the budget' : `ask for ${fits} instead, or change the plan or the budget`;
  return new StudioError('insufficient-credits', `${what} ${formatCredits(totalPrice)} credits and ${REMEDIES[limit](formatCredits(left))}: ${remedy}.`, {
    details: { limit, fits, count, unitPrice, totalPrice, left },
  });
}

/** Now, in the plan's own calendar. */
interface Moment {
  readonly at: number;
  readonly day: string;
  readonly plan: CreditsPlan;
  readonly period: { readonly from: string; readonly next: string } | null;
}

export function createCredits({ ledger, tables, now }: CreditsDependencies): Credits {
  const planNow = (): CreditsPlan => {
    const detail: LedgerDetail | undefined = ledger.lastPlanRow()?.detail;
    return detail?.reason === 'plan' ? detail.plan : DEFAULT_PLAN;
  };
  const momentOf = (plan: CreditsPlan): Moment => {
    const at = now();
    const calendar = createCalendar(plan.timeZone);
    return { at, plan, day: calendar.dayOf(at), period: isMonthly(plan) ? calendar.periodOf(at, plan.refillDay) : null };
  };
  /** Months only move on: a clock that was set back, or a flight west, grants nothing twice. */
  const isRefillDue = ({ period }: Moment): boolean => period !== null && period.from > (ledger.lastPeriod() ?? '');

  /** One refill, however many months were skipped; what was not used expires, what running jobs hold counts already. */
  function refill({ at, day, plan, period }: Moment): void {
    if (period === null) return;
    const { balance, reserved } = ledger.sums();
    if (balance > 0) ledger.append({ at, day, kind: 'adjust', amount: -balance, detail: { reason: 'expired' } });
    const granted = Math.max(0, (allowanceOf(plan) ?? 0) - reserved);
    ledger.append({ at, day, kind: 'grant', amount: granted, period: period.from, detail: { reason: 'refill' } });
  }

  function refresh(): Moment {
    const moment = momentOf(planNow());
    if (isRefillDue(moment)) ledger.atomically(() => isRefillDue(moment) && refill(moment));
    return moment;
  }

  function stateAt({ day, plan, period }: Moment): CreditsState {
    const { rows, balance, reserved, reservedPrice } = ledger.sums();
    const allowance = allowanceOf(plan);
    const month = day.slice(0, 7);
    return {
      plan,
      balance: allowance === null ? null : balance,
      reserved,
      allowance,
      period,
      today: day,
      usedToday: ledger.usedBetween(day, day).price + reservedPrice,
      usedThisMonth: ledger.usedBetween(`${month}-01`, `${month}-31`).price + reservedPrice,
      chargedThisPeriod: period === null ? 0 : ledger.usedBetween(period.from, period.next).charged,
      rows,
    };
  }

  const tablesToday = (day: string): readonly PriceTable[] => {
    const inForce = tablesInForce(tables, day);
    return [...inForce.filter(({ provider }) => provider === CHARGING_PROVIDER), ...inForce.filter(({ provider }) => provider !== CHARGING_PROVIDER)];
  };
  function chargingTable(day: string): PriceTable {
    const table = tablesToday(day).find(({ provider }) => provider === CHARGING_PROVIDER) ?? tables.find(({ provider }) => provider === CHARGING_PROVIDER);
    if (table !== undefined) return table;
    throw new StudioError('internal', `Expected a price table of ${CHARGING_PROVIDER} but found none; install the program again.`);
  }

  return {
    state: () => stateAt(refresh()),
    tables: () => tablesToday(momentOf(planNow()).day),
    quote: (request, count) => {
      const moment = refresh();
      return quote({ request, count }, stateAt(moment), chargingTable(moment.day));
    },
    reserve: (order) =>
      ledger.atomically(() => {
        const moment = momentOf(planNow());
        if (isRefillDue(moment)) refill(moment);
        if (ledger.reservationOf(order.jobId) !== null) throw new StudioError('invalid-request', `Expected a new job id but received ${order.jobId} again.`);
        return reserveNow(ledger, order, { moment, state: stateAt(moment), table: chargingTable(moment.day) });
      }),
    close: (jobId, outcome) => ledger.atomically(() => closeNow(ledger, { jobId, outcome, moment: momentOf(planNow()) })),
    setPlan: (plan) => {
      ledger.atomically(() => changePlan(ledger, { before: planNow(), moment: momentOf(plan) }));
      return stateAt(refresh());
    },
  };
}

function reserveNow(ledger: Ledger, { jobId, modelId, request, count }: JobOrder, { moment, state, table }: { readonly moment: Moment; readonly state: CreditsState; readonly table: PriceTable }): PriceQuote {
  const asked = quote({ request, count }, state, table);
  if (asked.fits < count) throw refusal(asked, leftOf(asked, state));
  const { modelName, tool, family, width, height, numInferenceSteps, isEnlarged } = request;
  const { unitPrice, unitCharge } = asked;
  ledger.append({
    at: moment.at,
    day: moment.day,
    kind: 'reserve',
    amount: 0 - asked.totalCharge,
    price: asked.totalPrice,
    pictures: count,
    jobId,
    detail: { reason: 'job', facts: { tool, family, modelId, modelName, width, height, numInferenceSteps, isEnlarged, unitPrice, unitCharge, priceTable: table.id } },
  });
  return asked;
}

function leftOf({ heldBackBy }: PriceQuote, { balance, plan: { budget }, usedToday, usedThisMonth }: CreditsState): number {
  if (heldBackBy === 'day') return Math.max(0, (budget.perDay ?? 0) - usedToday);
  if (heldBackBy === 'month') return Math.max(0, (budget.perMonth ?? 0) - usedThisMonth);
  return balance ?? 0;
}

function closeNow(ledger: Ledger, { jobId, outcome, moment: { at, day, plan } }: { readonly jobId: JobId; readonly outcome: JobOutcome; readonly moment: Moment }): LedgerRow | null {
  const reserve = ledger.reservationOf(jobId);
  if (reserve?.detail.reason !== 'job' || ledger.closingOf(jobId) !== null) return null;
  const { unitPrice, unitCharge } = reserve.detail.facts;
  const pictures = Math.min(outcome.pictures, reserve.pictures);
  const charged = pictures * unitCharge;
  const { seconds, isRecovered } = outcome;
  const row = ledger.append({
    at,
    day,
    kind: pictures === 0 ? 'release' : 'settle',
    amount: 0 - reserve.amount - charged,
    price: pictures * unitPrice,
    charged,
    pictures,
    jobId,
    detail: isRecovered ? { reason: 'recovered' } : { reason: pictures === 0 ? 'not-used' : 'finished', seconds },
  });
  // A reservation made under a larger plan must not lift the balance above what this one grants.
  const allowance = allowanceOf(plan);
  const excess = isMonthly(plan) && allowance !== null ? ledger.sums().balance - allowance : 0;
  if (excess > 0) ledger.append({ at, day, kind: 'adjust', amount: -excess, detail: { reason: 'expired' } });
  return row;
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
function changePlan(ledger: Ledger, { before, moment: { at, day, plan, period } }: { readonly before: CreditsPlan; readonly moment: Moment }): void {
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
