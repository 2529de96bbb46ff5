import type { LedgerRow } from '../../../shared/credits';
import type { JobId } from '../../../shared/ids';
import type { Credits } from './credits';
import { countRunPictures } from './job-pictures';
import type { Ledger } from './ledger';
import { isRunHeld } from './run-lock';

/** What a crash had left open, and how it was closed. */
export interface Reconciled {
  readonly settled: number;
  readonly released: number;
}

interface Account {
  readonly ledger: Ledger;
  readonly credits: Credits;
}

/** One of the open reservations, as far as closing it goes. */
interface OpenJob {
  readonly jobId: JobId;
  readonly since: number;
  readonly savedIn: string | null;
}

function openJobs(ledger: Ledger): readonly OpenJob[] {
  const toJob = ({ jobId, at, detail }: LedgerRow): readonly OpenJob[] => (jobId === null ? [] : [{ jobId, since: at, savedIn: detail.reason === 'job' ? (detail.savedIn ?? null) : null }]);
  return ledger.openReservations().flatMap(toJob);
}

async function closeAll({ credits }: Account, jobs: readonly OpenJob[], count: (job: OpenJob) => Promise<number>): Promise<Reconciled> {
  const result = { settled: 0, released: 0 };
  for (const job of jobs) {
    const closing = credits.close(job.jobId, { pictures: await count(job), seconds: null, isRecovered: true });
    if (closing?.kind === 'settle') result.settled += 1;
    if (closing?.kind === 'release') result.released += 1;
  }
  return result;
}

/**
 * Closes the reservations of a studio that ended without closing them: pictures that are there are paid, the rest is
 * given back. Called once at start, when no job is running and the gallery has read its folder.
 * @param countPictures how many pictures of a job were kept, in the gallery or its trash
 * @param waiting jobs that go on later (see jobs/restore-queue.ts): their accounts stay open
 */
export function reconcile(account: Account, countPictures: (jobId: JobId) => Promise<number>, waiting: ReadonlySet<JobId> = new Set()): Promise<Reconciled> {
  const own = openJobs(account.ledger).filter(({ jobId, savedIn }) => savedIn === null && !waiting.has(jobId));
  return closeAll(account, own, ({ jobId }) => countPictures(jobId));
}

/**
 * The same for runs of the command line whose process is gone; one that is still at work is left alone. Whoever opens
 * the ledger next may call it, at any time.
 * @param runs the folder of their locks
 */
export function reconcileRuns(account: Account, runs: string): Promise<Reconciled> {
  const dead = openJobs(account.ledger).filter(({ jobId, savedIn }) => savedIn !== null && !isRunHeld(runs, jobId));
  return closeAll(account, dead, ({ savedIn, ...job }) => countRunPictures({ ...job, savedIn: savedIn ?? '' }));
}
