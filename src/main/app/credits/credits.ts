import { allowanceOf, type CreditsPlan, type CreditsState, type LedgerRow, type PriceQuote } from '../../../shared/credits';
import { StudioError } from '../../../shared/errors';
import type { JobId } from '../../../shared/ids';
import { quote } from '../../../shared/pricing/fit';
import type { PriceRequest } from '../../../shared/pricing/price-of';
import { CHARGING_PROVIDER, tablesInForce, type PriceTable } from '../../../shared/pricing/price-table';
import { closeJob, reserveJob, type JobOrder, type JobOutcome } from './job-rows';
import type { Ledger } from './ledger';
import { changePlan, isRefillDue, momentOf, planOf, refill, type Moment } from './plan-month';

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
  /** One sentence per price table of the user's that was left out, and one for a damaged ledger. */
  readonly problems: readonly string[];
}

export interface CreditsDependencies {
  readonly ledger: Ledger;
  /** All tables, shipped ones first, the user's own behind them. */
  readonly tables: readonly PriceTable[];
  readonly now: () => number;
  readonly problems?: readonly string[];
}

/** The one that is charged by, then those that price a picture, then those that ask a fee for a month. */
const rankOf = ({ provider, monthlyFee }: PriceTable): number => (provider === CHARGING_PROVIDER ? 0 : monthlyFee === null ? 1 : 2);

/** Tables in force on a day, the one that is charged by first. */
const tablesOn = (tables: readonly PriceTable[], day: string): readonly PriceTable[] => [...tablesInForce(tables, day)].sort((a, b) => rankOf(a) - rankOf(b));

function chargingTable(tables: readonly PriceTable[], day: string): PriceTable {
  // A clock before the first table still charges by something.
  const table = [...tablesOn(tables, day), ...tables].find(({ provider }) => provider === CHARGING_PROVIDER);
  if (table !== undefined) return table;
  throw new StudioError('internal', `Expected a price table of ${CHARGING_PROVIDER} but found none; install the program again.`);
}

function stateAt(ledger: Ledger, { day, plan, period }: Moment): CreditsState {
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

export function createCredits({ ledger, tables, now, problems = [] }: CreditsDependencies): Credits {
  const momentNow = (): Moment => momentOf(planOf(ledger), now());
  /** Looks first, because most looks find nothing due and need no lock. */
  function refresh(): Moment {
    const moment = momentNow();
    if (isRefillDue(ledger, moment)) ledger.atomically(() => isRefillDue(ledger, moment) && refill(ledger, moment));
    return moment;
  }
  return {
    problems,
    state: () => stateAt(ledger, refresh()),
    tables: () => tablesOn(tables, momentNow().day),
    quote: (request, count) => {
      const moment = refresh();
      return quote({ request, count }, stateAt(ledger, moment), chargingTable(tables, moment.day));
    },
    reserve: (order) =>
      ledger.atomically(() => {
        const moment = momentNow();
        if (isRefillDue(ledger, moment)) refill(ledger, moment);
        return reserveJob(ledger, order, { moment, state: stateAt(ledger, moment), table: chargingTable(tables, moment.day) });
      }),
    close: (jobId, outcome) => ledger.atomically(() => closeJob(ledger, { jobId, outcome, moment: momentNow() })),
    setPlan: (plan) => {
      ledger.atomically(() => changePlan(ledger, { before: planOf(ledger), moment: momentOf(plan, now()) }));
      return stateAt(ledger, refresh());
    },
  };
}
