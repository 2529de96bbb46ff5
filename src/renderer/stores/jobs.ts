import { createStore, type StoreApi } from 'zustand/vanilla';
import { StudioError } from '../../shared/errors';
import { JobId } from '../../shared/ids';
import { applyJobEvent, isTerminal, newJob, type AskedRequest, type Job, type JobEvent } from '../../shared/job';
import type { StudioApi } from '../studio-api';

export interface JobsState {
  /** In the order they were asked for. */
  readonly jobs: readonly Job[];
  readonly isLoaded: boolean;
  /** Events that came before the snapshot; replayed on top of it. */
  readonly early: readonly JobEvent[];
}

export interface JobsStore extends StoreApi<JobsState> {
  load(): Promise<void>;
  /** Inserts the job, under an id that is given or new, then submits it. A refusal ends the job as failed and is not thrown. */
  submit(request: AskedRequest, id?: JobId): JobId;
  /** @throws StudioError when main refuses. */
  cancel(id: JobId): Promise<void>;
  /** Lets a paused job take its turn. @throws StudioError when main refuses. */
  resume(id: JobId): Promise<void>;
  /** Takes an ended job off the screen. */
  dismiss(id: JobId): void;
  apply(event: JobEvent): void;
}

/** Folds one event into the list; an unknown job enters with its `queued` event and at no other. */
export function foldJobs(jobs: readonly Job[], event: JobEvent): readonly Job[] {
  const known = jobs.some((job) => job.id === event.jobId);
  if (known) return jobs.map((job) => (job.id === event.jobId ? applyJobEvent(job, event) : job));
  if (event.type !== 'queued') return jobs;
  return [...jobs, applyJobEvent(newJob(event.jobId, event.request), event)];
}

/** At work or next in line. */
export const activeJobs = (jobs: readonly Job[]): readonly Job[] => jobs.filter((job) => !isTerminal(job.state) && job.state !== 'paused');

/** Kept from an earlier life of the studio. */
export const pausedJobs = (jobs: readonly Job[]): readonly Job[] => jobs.filter((job) => job.state === 'paused');

export const runningJob = (jobs: readonly Job[]): Job | null => jobs.find((job) => job.state === 'running') ?? null;

/** The jobs the strip shows as tiles: everything under way, and failures until they are dismissed; a folder's files have their own screen. */
export const visibleJobs = (jobs: readonly Job[]): readonly Job[] =>
  jobs.filter((job) => job.request.kind !== 'resizeFile' && (!isTerminal(job.state) || job.state === 'failed'));

export const newJobId = (): JobId => JobId.parse(crypto.randomUUID());

export function createJobsStore(api: StudioApi): JobsStore {
  const store = createStore<JobsState>(() => ({ jobs: [], isLoaded: false, early: [] }));

  const apply = (event: JobEvent): void => {
    store.setState((state) => ({
      jobs: foldJobs(state.jobs, event),
      early: state.isLoaded ? state.early : [...state.early, event],
    }));
  };

  const fail = (id: JobId, caught: unknown): void => {
    const error = StudioError.fromCaught(caught).toData();
    store.setState((state) => ({
      jobs: state.jobs.map((job) => (job.id === id && !isTerminal(job.state) ? { ...job, state: 'failed', error } : job)),
    }));
  };

  return {
    ...store,
    apply,
    async load() {
      const snapshot = await api.request('jobs.snapshot', null);
      store.setState((state) => {
        const known = new Set(snapshot.jobs.map((job) => job.id));
        const own = state.jobs.filter((job) => !known.has(job.id));
        const late = state.early.filter((event) => event.sequence > snapshot.sequence && known.has(event.jobId));
        return { jobs: late.reduce(foldJobs, [...snapshot.jobs, ...own]), isLoaded: true, early: [] };
      });
    },
    submit(request, id = newJobId()) {
      store.setState((state) => ({ jobs: [...state.jobs, newJob(id, request)] }));
      api.request('jobs.submit', { jobId: id, request }).catch((caught: unknown) => { fail(id, caught); });
      return id;
    },
    async cancel(id) {
      await api.request('jobs.cancel', { jobId: id });
    },
    async resume(id) {
      await api.request('jobs.resume', { jobId: id });
    },
    dismiss(id) {
      store.setState((state) => ({ jobs: state.jobs.filter((job) => job.id !== id || !isTerminal(job.state)) }));
    },
  };
}
