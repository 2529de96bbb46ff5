import { isTerminal, type Job } from '../../shared/job';
import { progressFraction } from './progress';

/** Something worth saying aloud about a job. */
export type JobNews = { readonly job: Job } & (
  | { readonly type: 'started' | 'finished' | 'failed' | 'cancelled' }
  | { readonly type: 'progress'; readonly fraction: number }
);

/** Every quarter is enough: a voice that reads each step would drown everything else. */
const QUARTERS = 4;

const quarterOf = (job: Job): number => (job.progress === null ? 0 : Math.floor(progressFraction(job.progress) * QUARTERS));

function newsOfJob(before: Job | undefined, job: Job): JobNews | null {
  // A run over files tells of them itself: a hundred thousand voices and toasts would drown everything else.
  if (job.request.kind === 'resizeFile') return null;
  if (before !== undefined && isTerminal(before.state)) return null;
  if (job.state === 'succeeded') return { type: 'finished', job };
  if (job.state === 'failed' || job.state === 'cancelled') return { type: job.state, job };
  if (job.state !== 'running') return null;
  if (before?.state !== 'running') return { type: 'started', job };
  const quarter = quarterOf(job);
  return quarter > quarterOf(before) && quarter < QUARTERS ? { type: 'progress', job, fraction: quarter / QUARTERS } : null;
}

/** What happened between two states of the list, in its order. */
export function newsBetween(before: readonly Job[], after: readonly Job[]): readonly JobNews[] {
  if (before === after) return [];
  // The files of a folder, a thousand perhaps, are told on their own screen.
  return after.filter(({ request }) => request.kind !== 'resizeFile').flatMap((job) => newsOfJob(before.find((other) => other.id === job.id), job) ?? []);
}
