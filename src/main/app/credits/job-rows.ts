import { allowanceOf, isMonthly, type CreditsState, type LedgerRow, type PriceQuote } from '../../../shared/credits';
import { StudioError } from '../../../shared/errors';
import type { JobId } from '../../../shared/ids';
import { leftWithin, quote } from '../../../shared/pricing/fit';
import { formatCredits } from '../../../shared/pricing/money';
import type { PriceRequest } from '../../../shared/pricing/price-of';
import type { PriceTable } from '../../../shared/pricing/price-table';
import type { Ledger } from './ledger';
import type { Moment } from './plan-month';

/** What a job asks for, as far as its account is concerned. */
export interface JobOrder {
  readonly jobId: JobId;
  /** As recipes record it. */
  readonly modelId: string;
  readonly request: PriceRequest;
  readonly count: number;
  /** Absolute folder of the pictures of a command line run, which belong to no gallery; absent for the studio's own jobs. */
  readonly savedIn?: string;
}

/** How a job ended. */
export interface JobOutcome {
  /** Pictures that were kept; only these are paid. */
  readonly pictures: number;
  /** How long it ran; null when a crash swallowed it. */
  readonly seconds: number | null;
  /** The most the engine held for one of its pictures; absent where nobody looked. */
  readonly peakMemoryBytes?: number;
  readonly isRecovered: boolean;
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

/** Where and when a job reserves. */
export interface Counter {
  readonly moment: Moment;
  readonly state: CreditsState;
  readonly table: PriceTable;
}

/** Appends the reservation of a job. @throws StudioError `insufficient-credits` or, for a job id used before, `invalid-request` */
export function reserveJob(ledger: Ledger, { jobId, modelId, request, count, savedIn }: JobOrder, { moment, state, table }: Counter): PriceQuote {
  if (ledger.reservationOf(jobId) !== null) throw new StudioError('invalid-request', `Expected a new job id but received ${jobId} again.`);
  const asked = quote({ request, count }, state, table);
  if (asked.fits < count) throw refusal(asked, leftWithin(state, asked.heldBackBy ?? 'balance'));
  const { modelName, tool, family, width, height, numInferenceSteps, isEnlarged, passes } = request;
  const { unitPrice, unitCharge } = asked;
  ledger.append({
    at: moment.at,
    day: moment.day,
    kind: 'reserve',
    amount: 0 - asked.totalCharge,
    price: asked.totalPrice,
    pictures: count,
    jobId,
    detail: { reason: 'job', facts: { tool, family, modelId, modelName, width, height, numInferenceSteps, isEnlarged, unitPrice, unitCharge, priceTable: table.id, ...(passes !== undefined && { passes }) }, ...(savedIn !== undefined && { savedIn }) },
  });
  return asked;
}

/** Appends the one row that closes a job; null where there is nothing open to close. */
export function closeJob(ledger: Ledger, { jobId, outcome, moment: { at, day, plan } }: { readonly jobId: JobId; readonly outcome: JobOutcome; readonly moment: Moment }): LedgerRow | null {
  const reserve = ledger.reservationOf(jobId);
  if (reserve?.detail.reason !== 'job' || ledger.closingOf(jobId) !== null) return null;
  const { unitPrice, unitCharge } = reserve.detail.facts;
  const pictures = Math.min(outcome.pictures, reserve.pictures);
  const charged = pictures * unitCharge;
  const { seconds, peakMemoryBytes, isRecovered } = outcome;
  const memory = peakMemoryBytes === undefined || peakMemoryBytes === 0 ? {} : { peakMemoryBytes };
  const row = ledger.append({
    at,
    day,
    kind: pictures === 0 ? 'release' : 'settle',
    amount: 0 - reserve.amount - charged,
    price: pictures * unitPrice,
    charged,
    pictures,
    jobId,
    detail: isRecovered ? { reason: 'recovered' } : { reason: pictures === 0 ? 'not-used' : 'finished', seconds, ...memory },
  });
  // A reservation made under a larger plan must not lift the balance above what this one grants.
  const allowance = allowanceOf(plan);
  const excess = isMonthly(plan) && allowance !== null ? ledger.sums().balance - allowance : 0;
  if (excess > 0) ledger.append({ at, day, kind: 'adjust', amount: -excess, detail: { reason: 'expired' } });
  return row;
}

