import type { JobId } from '../../../shared/ids';
import type { Credits } from './credits';
import type { Ledger } from './ledger';

/** What a crash had left open, and how it was closed. */
export interface Reconciled {
  readonly settled: number;
  readonly released: number;
}

/**
 * Closes the reservations of a program that ended without closing them: pictures that are there are paid, the rest is
 * given back. Called once at start, when no job is running and the gallery has read its folder.
 * @param countPictures how many pictures of a job were kept, in the gallery or its trash
 * @param waiting jobs that go on later (see jobs/restore-queue.ts): their accounts stay open
 */
export async function reconcile(
  parts: { readonly ledger: Ledger; readonly credits: Credits },
  countPictures: (jobId: JobId) => Promise<number>,
  waiting: ReadonlySet<JobId> = new Set(),
): Promise<Reconciled> {
  const result = { settled: 0, released: 0 };
  for (const { jobId } of parts.ledger.openReservations()) {
    if (jobId === null || waiting.has(jobId)) continue;
    const pictures = await countPictures(jobId);
    const closing = parts.credits.close(jobId, { pictures, seconds: null, isRecovered: true });
    if (closing?.kind === 'settle') result.settled += 1;
    if (closing?.kind === 'release') result.released += 1;
  }
  return result;
}
