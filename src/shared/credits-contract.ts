import type { CreditsEvent, CreditsOverview, CreditsPlan, CreditsState, CreditsUsage, JobCost, LedgerRow, LedgerVerdict, PriceQuote } from './credits';
import type { GenerationRequest } from './generation';
import type { JobId } from './ids';

/** The credits' part of the contract: requests. */
export interface CreditsRequests {
  'credits.get': { input: null; output: CreditsOverview };
  /** Newest first; `before` pages on from a row's sequence. */
  'credits.ledger': { input: { limit: number; before: number | null }; output: readonly LedgerRow[] };
  /** What a request costs and how many of its pictures fit; the numbers that `jobs.submit` reserves. */
  'credits.price': { input: { request: GenerationRequest }; output: PriceQuote };
  /** The account of one job; null for a job that never reserved, such as one of another ledger. */
  'credits.job': { input: { jobId: JobId }; output: JobCost | null };
  'credits.setPlan': { input: CreditsPlan; output: CreditsState };
  /** Two local dates, YYYY-MM-DD, both included. */
  'credits.usage': { input: { from: string; to: string }; output: CreditsUsage };
  'credits.verify': { input: null; output: LedgerVerdict };
  /** Asks where by the system's dialog; `null` when the user closed it. */
  'credits.export': { input: null; output: { fileName: string } | null };
  /** Shows the folder where price tables of the user's own are looked for at the next start; makes it first. */
  'credits.openPrices': { input: null; output: null };
}

export interface CreditsTopics {
  'credits.event': CreditsEvent;
}

export const CREDITS_CHANNELS = [
  'credits.get',
  'credits.ledger',
  'credits.price',
  'credits.job',
  'credits.setPlan',
  'credits.usage',
  'credits.verify',
  'credits.export',
  'credits.openPrices',
] as const satisfies readonly (keyof CreditsRequests)[];
