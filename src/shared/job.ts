import { assertNever, type StudioErrorData } from './errors';
import type { GenerationRequest } from './generation';
import type { FolderFileRequest, ResizeRequest } from './resize/requests';
import type { ImageId, JobId, ModelId } from './ids';

export const STAGES = ['loading', 'encoding', 'denoising', 'decoding', 'upscaling', 'saving'] as const;
export type Stage = (typeof STAGES)[number];

/** A small picture of the latents; RGB, 8 bits, row-major; bounded to 64 KB. */
export interface Preview {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

export interface Progress {
  readonly stage: Stage;
  /** Finished steps of this stage and how many there are, where they are known. */
  readonly step: number;
  readonly total: number;
  /** Which picture of the request, from 0. */
  readonly imageIndex: number;
  readonly imageCount: number;
  /** Which pass of that picture, from 0, where it is made in several. */
  readonly pass?: { readonly index: number; readonly count: number };
  /** Seconds until the whole job ends, null while there is nothing to estimate from. */
  readonly secondsLeft: number | null;
  readonly preview: Preview | null;
}

/** All that a job can be; every one has a `prompt` by which people know it, and a `count` of pictures. */
export type JobRequest = GenerationRequest | ResizeRequest | FolderFileRequest;
/** What the page may ask for. */
export type AskedRequest = Exclude<JobRequest, FolderFileRequest>;

/** Whether a model makes new pictures of a prompt. */
export const isGeneration = (request: JobRequest): request is GenerationRequest => request.kind !== 'resize' && request.kind !== 'resizeFile';

/** The diffusion model that a job runs; null where none does. */
export function modelOfRequest(request: JobRequest): ModelId | null {
  if (isGeneration(request)) return request.modelId;
  const { way, creative } = request.settings;
  return way.way === 'extend' ? way.modelId : (creative?.modelId ?? null);
}

/** `paused`: kept from an earlier life of the studio; it runs when the person says so. */
export type JobState = 'paused' | 'submitting' | 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';

export interface Job {
  readonly id: JobId;
  readonly request: JobRequest;
  readonly state: JobState;
  /** Place in the queue, 0 = next; null when not queued. */
  readonly position: number | null;
  readonly progress: Progress | null;
  /** Pictures finished so far; a cancelled job keeps those that were already done. */
  readonly imageIds: readonly ImageId[];
  readonly warnings: readonly string[];
  readonly error: StudioErrorData | null;
}

/** `sequence` rises by one with each event of the whole program, so a late window can tell what it has seen. */
export type JobEvent = { readonly jobId: JobId; readonly sequence: number } & (
  | { readonly type: 'queued'; readonly request: JobRequest; readonly position: number }
  | { readonly type: 'started' }
  | { readonly type: 'progressed'; readonly progress: Progress }
  | { readonly type: 'imageFinished'; readonly imageId: ImageId }
  | { readonly type: 'succeeded'; readonly warnings: readonly string[] }
  | { readonly type: 'failed'; readonly error: StudioErrorData }
  | { readonly type: 'cancelled' }
);

export const isTerminal = (state: JobState): boolean =>
  state === 'succeeded' || state === 'failed' || state === 'cancelled';

/** Whether an event ends its job. */
export const isEnd = ({ type }: Pick<JobEvent, 'type'>): boolean => type === 'succeeded' || type === 'failed' || type === 'cancelled';

/** The caller makes the id and the job before it submits, so that no event can come too early. */
export const newJob = (id: JobId, request: JobRequest): Job => ({
  id,
  request,
  state: 'submitting',
  position: null,
  progress: null,
  imageIds: [],
  warnings: [],
  error: null,
});

/** The job state machine, folded alike in main and in the renderer. A terminal job ignores every later event. */
export function applyJobEvent(job: Job, event: JobEvent): Job {
  if (isTerminal(job.state)) return job;
  switch (event.type) {
    case 'queued':
      return { ...job, request: event.request, state: 'queued', position: event.position };
    case 'started':
      return { ...job, state: 'running', position: null };
    case 'progressed':
      // A step without its own preview keeps the last one, so that the picture does not flicker.
      return {
        ...job,
        progress: { ...event.progress, preview: event.progress.preview ?? job.progress?.preview ?? null },
      };
    case 'imageFinished':
      return { ...job, imageIds: [...job.imageIds, event.imageId] };
    case 'succeeded':
      return { ...job, state: 'succeeded', position: null, progress: null, warnings: event.warnings };
    case 'failed':
      return { ...job, state: 'failed', position: null, progress: null, error: event.error };
    case 'cancelled':
      return { ...job, state: 'cancelled', position: null, progress: null };
    default:
      return assertNever(event);
  }
}
