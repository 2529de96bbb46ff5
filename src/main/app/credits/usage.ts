import type { CreditsUsage, LedgerRow, UsageShare } from '../../../shared/credits';
import { whatTheMonthWouldHaveCost, type PricedWork } from '../../../shared/pricing/compare';
import type { JobFacts } from '../../../shared/pricing/job-facts';
import { ASSUMED_WATTS, energyOf } from '../../../shared/pricing/local-cost';
import { priceRequestOfFacts } from '../../../shared/pricing/price-request';
import type { PriceTable } from '../../../shared/pricing/price-table';

/** One finished job. */
export interface FinishedJob {
  readonly reserve: LedgerRow;
  readonly settle: LedgerRow;
}

const factsOf = ({ reserve }: FinishedJob): JobFacts | null => (reserve.detail.reason === 'job' ? reserve.detail.facts : null);

/** Sums per name, in order of first appearance, which is order of time. */
function sharesOf(jobs: readonly FinishedJob[], nameOf: (job: FinishedJob) => string): readonly UsageShare[] {
  const shares = new Map<string, UsageShare>();
  for (const job of jobs) {
    const name = nameOf(job);
    const { pictures, price, charged } = shares.get(name) ?? { pictures: 0, price: 0, charged: 0 };
    const { settle } = job;
    shares.set(name, { name, pictures: pictures + settle.pictures, price: price + settle.price, charged: charged + settle.charged });
  }
  return [...shares.values()];
}

function workOf(job: FinishedJob): readonly PricedWork[] {
  const facts = factsOf(job);
  const request = facts === null ? null : priceRequestOfFacts(facts);
  return request === null ? [] : [{ request, pictures: job.settle.pictures }];
}

const secondsOf = ({ settle: { detail } }: FinishedJob): number => (detail.reason === 'finished' ? (detail.seconds ?? 0) : 0);

const peakOf = ({ settle: { detail } }: FinishedJob): number => (detail.reason === 'finished' ? (detail.peakMemoryBytes ?? 0) : 0);

const sum = (jobs: readonly FinishedJob[], valueOf: (job: FinishedJob) => number): number => jobs.reduce((total, job) => total + valueOf(job), 0);

/** What was made between two days, from the ledger alone, and what it would have cost elsewhere. */
export function summariseUsage(jobs: readonly FinishedJob[], span: { readonly from: string; readonly to: string }, tables: readonly PriceTable[]): CreditsUsage {
  const seconds = sum(jobs, secondsOf);
  return {
    ...span,
    jobs: jobs.length,
    pictures: sum(jobs, ({ settle }) => settle.pictures),
    seconds,
    peakMemoryBytes: jobs.reduce((most, job) => Math.max(most, peakOf(job)), 0),
    energyWh: energyOf(seconds),
    assumedWatts: ASSUMED_WATTS,
    price: sum(jobs, ({ settle }) => settle.price),
    charged: sum(jobs, ({ settle }) => settle.charged),
    byDay: sharesOf(jobs, ({ settle }) => settle.day),
    byModel: sharesOf(jobs, (job) => factsOf(job)?.modelName ?? ''),
    byTool: sharesOf(jobs, (job) => factsOf(job)?.tool ?? ''),
    comparisons: whatTheMonthWouldHaveCost(jobs.flatMap(workOf), tables),
  };
}
