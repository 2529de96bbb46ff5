import type { JobId } from '../../../shared/ids';
import type { Ledger } from '../credits/ledger';
import type { KeptJob, QueueFile } from './queue-file';

/** A job of an earlier life of the studio that still has pictures to make. */
export interface RestoredJob extends KeptJob {
  /** How many of its pictures are there already, in the gallery or its trash. */
  readonly made: number;
}

/**
 * The jobs that wait for the person to run or remove them. Their reservations stay open, so `reconcile` must leave them
 * alone; whatever else is in the file has ended without the file being told, and is taken out of it.
 */
export async function restoreQueue(parts: { readonly queueFile: QueueFile; readonly ledger: Ledger }, countPictures: (jobId: JobId) => Promise<number>): Promise<readonly RestoredJob[]> {
  const { queueFile, ledger } = parts;
  const restored: RestoredJob[] = [];
  for (const job of queueFile.jobs()) {
    const isReserved = ledger.reservationOf(job.jobId) !== null;
    // Resampling is free and opens no account.
    const isOpen = isReserved ? ledger.closingOf(job.jobId) === null : job.request.kind === 'resize';
    const made = isOpen ? await countPictures(job.jobId) : 0;
    if (isOpen && made < job.request.count) restored.push({ ...job, made });
    else await queueFile.remove(job.jobId);
  }
  return restored;
}
