import { StudioError } from '../../../shared/errors';
import type { GenerationRequest } from '../../../shared/generation';
import type { ImageId, JobId } from '../../../shared/ids';
import { isEnd, type JobEvent } from '../../../shared/job';
import type { ModelSummary } from '../../../shared/model';
import { priceRequestOf } from '../../../shared/pricing/price-request';
import type { StudioEvents } from '../events';
import type { Credits } from './credits';
import type { JobOrder } from './job-rows';

interface Account {
  pictures: number;
  startedAt: number | null;
  peakMemoryBytes: number;
}

/** Opens an account for each job before it starts and closes it when it has ended. */
export interface JobAccounts {
  /** @throws StudioError `insufficient-credits` */
  open(job: { readonly jobId: JobId; readonly request: GenerationRequest; readonly model: ModelSummary }): void;
  /** The same for work that is priced by itself. @throws StudioError `insufficient-credits` */
  openOrder(order: JobOrder): void;
  /** Follows a job of an earlier life, whose reservation is still open. */
  reopen(jobId: JobId, pictures: number): void;
  /** Gives everything back for a job that never came into the queue. */
  abandon(jobId: JobId): void;
  /** Follows the queue: counts finished pictures, and closes at the end. Never throws, so that no job hangs on its account. */
  hear(event: JobEvent): void;
}

export interface JobAccountsDependencies {
  readonly credits: Credits;
  readonly events: StudioEvents;
  /** What a finished picture's recipe says of memory; 0 where it says nothing. */
  readonly peakMemoryOf: (imageId: ImageId) => number;
  readonly now?: () => number;
}

export function createJobAccounts({ credits, events, peakMemoryOf, now = Date.now }: JobAccountsDependencies): JobAccounts {
  const accounts = new Map<JobId, Account>();

  function close(jobId: JobId): void {
    const account = accounts.get(jobId);
    if (account === undefined) return;
    accounts.delete(jobId);
    const seconds = account.startedAt === null ? 0 : Math.max(0, Math.round(now() - account.startedAt) / 1000);
    try {
      const { pictures: made, peakMemoryBytes } = account;
      const row = credits.close(jobId, { pictures: made, seconds, peakMemoryBytes, isRecovered: false });
      if (row === null) return;
      const { pictures, price, charged } = row;
      events.emit('credits.event', { type: 'closed', jobId, pictures, price, charged, state: credits.state() });
    } catch (caught) {
      // The reservation stays open; the next start closes it by what lies in the gallery.
      const error = StudioError.fromCaught(caught);
      console.error('[credits]', error.cause ?? error);
      events.emit('credits.event', { type: 'failed', jobId, message: `The credit ledger could not be written (${error.message}); the next start makes up for it.` });
    }
  }

  function reserve(order: JobOrder): void {
    credits.reserve(order);
    accounts.set(order.jobId, { pictures: 0, startedAt: null, peakMemoryBytes: 0 });
    events.emit('credits.event', { type: 'changed', state: credits.state() });
  }

  return {
    open: ({ jobId, request, model }) => {
      reserve({ jobId, modelId: request.modelId, request: priceRequestOf(request, model), count: request.count });
    },
    openOrder: reserve,
    reopen: (jobId, pictures) => {
      accounts.set(jobId, { pictures, startedAt: null, peakMemoryBytes: 0 });
    },
    abandon: close,
    hear: (event) => {
      const account = accounts.get(event.jobId);
      if (account === undefined) return;
      if (event.type === 'started') account.startedAt = now();
      if (event.type === 'imageFinished') {
        account.pictures += 1;
        account.peakMemoryBytes = Math.max(account.peakMemoryBytes, peakMemoryOf(event.imageId));
      }
      if (isEnd(event)) close(event.jobId);
    },
  };
}
