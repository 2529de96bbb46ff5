import { StudioError } from '../../../shared/errors';
import type { ImageId, JobId } from '../../../shared/ids';
import { applyJobEvent, isTerminal, newJob, type Job, type JobEvent, type JobRequest } from '../../../shared/job';
import type { JobProgress } from '../../engine-protocol';
import { createJobEstimate } from './job-estimate';

/** Runs one request; reports progress and finished pictures while it does. */
export type RunRequest<R extends JobRequest = JobRequest> = (run: {
  readonly jobId: JobId;
  readonly request: R;
  /** Pictures of it that an earlier life of the studio has made; the rest is to do. */
  readonly made: number;
  readonly signal: AbortSignal;
  onProgress(progress: JobProgress): void;
  onImage(imageId: ImageId): void;
}) => Promise<{ readonly warnings: readonly string[] }>;

type Unnumbered<E> = E extends JobEvent ? Omit<E, 'jobId' | 'sequence'> : never;

const KEPT_FINISHED = 50;

/** First in, first out, one running job; paused ones stand aside. A class because it owns the order of jobs and the running one's AbortController. */
export class JobQueue {
  private jobs: readonly Job[] = [];
  private readonly controllers = new Map<JobId, AbortController>();
  private sequence = 0;
  private isRunning = false;
  private isStopped = false;
  private readonly made = new Map<JobId, number>();

  constructor(
    private readonly run: RunRequest,
    private readonly emit: (event: JobEvent) => void,
    private readonly now: () => number = Date.now,
  ) {}

  /** @throws StudioError `invalid-request` when the id was used before. */
  submit(jobId: JobId, request: JobRequest): void {
    if (this.jobs.some((job) => job.id === jobId)) throw new StudioError('invalid-request', `Expected a new job id but received ${jobId} again.`);
    this.forgetOldest();
    this.jobs = [...this.jobs, newJob(jobId, request)];
    this.enqueue(jobId, request);
  }

  /** Takes over jobs of an earlier life, which wait until `resume` or `cancel`. Called before anyone listens. */
  restore(jobs: readonly { readonly jobId: JobId; readonly request: JobRequest; readonly made: number; readonly imageIds: readonly ImageId[] }[]): void {
    for (const { jobId, request, made, imageIds } of jobs) {
      this.jobs = [...this.jobs, { ...newJob(jobId, request), state: 'paused', imageIds }];
      this.made.set(jobId, made);
    }
  }

  /** Lets a paused job take its turn; nothing happens for any other, which may have been resumed twice. */
  resume(jobId: JobId): void {
    const job = this.jobs.find((candidate) => candidate.id === jobId);
    if (job?.state === 'paused') this.enqueue(jobId, job.request);
  }

  /** Cancelling a job that has ended is no error: it may have ended while the message was on its way. */
  cancel(jobId: JobId): void {
    const job = this.jobs.find((candidate) => candidate.id === jobId);
    if (job === undefined || isTerminal(job.state)) return;
    this.controllers.get(jobId)?.abort();
    if (job.state !== 'running') this.tell(jobId, { type: 'cancelled' });
  }

  snapshot(): { readonly jobs: readonly Job[]; readonly sequence: number } {
    return { jobs: this.jobs, sequence: this.sequence };
  }

  /** Quitting: interrupts the running job and starts nothing more. What has not ended is for the next life. */
  stop(): void {
    this.isStopped = true;
    for (const controller of this.controllers.values()) controller.abort();
  }

  private enqueue(jobId: JobId, request: JobRequest): void {
    this.controllers.set(jobId, new AbortController());
    const position = this.jobs.filter((job) => job.state === 'queued').length;
    this.tell(jobId, { type: 'queued', request, position });
    void this.pump();
  }

  private async pump(): Promise<void> {
    if (this.isRunning || this.isStopped) return;
    const next = this.jobs.find((job) => job.state === 'queued');
    if (next === undefined) return;
    this.isRunning = true;
    await this.runOne(next);
    this.isRunning = false;
    void this.pump();
  }

  private async runOne({ id, request }: Job): Promise<void> {
    const controller = this.controllers.get(id) ?? new AbortController();
    const estimate = createJobEstimate(this.now);
    this.tell(id, { type: 'started' });
    try {
      const { warnings } = await this.run({
        jobId: id,
        request,
        made: this.made.get(id) ?? 0,
        signal: controller.signal,
        onProgress: (progress) => this.tell(id, { type: 'progressed', progress: { ...progress, secondsLeft: estimate.secondsLeft(progress) } }),
        onImage: (imageId) => this.tell(id, { type: 'imageFinished', imageId }),
      });
      this.tell(id, { type: 'succeeded', warnings });
    } catch (caught) {
      const error = StudioError.fromCaught(caught);
      // Interrupted, not ended.
      if (this.isStopped) return;
      this.tell(id, error.code === 'cancelled' ? { type: 'cancelled' } : { type: 'failed', error: error.toData() });
    } finally {
      this.controllers.delete(id);
    }
  }

  private tell(jobId: JobId, event: Unnumbered<JobEvent>): void {
    this.sequence += 1;
    const numbered = { ...event, jobId, sequence: this.sequence } as JobEvent;
    this.jobs = this.jobs.map((job) => (job.id === jobId ? applyJobEvent(job, numbered) : job));
    this.emit(numbered);
  }

  private forgetOldest(): void {
    const finished = this.jobs.filter((job) => isTerminal(job.state));
    const forgotten = new Set(finished.slice(0, Math.max(0, finished.length - KEPT_FINISHED)).map((job) => job.id));
    this.jobs = this.jobs.filter((job) => !forgotten.has(job.id));
  }
}
