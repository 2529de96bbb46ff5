import type { AppInfo, EngineStatus, RequestChannel, Requests, Result, StudioBridge, Topic, Topics } from '../../src/shared/contract';
import { REQUEST_SCHEMAS } from '../../src/shared/contract-schemas';
import { StudioError, type StudioErrorData } from '../../src/shared/errors';
import type { ImageId, JobId } from '../../src/shared/ids';
import { applyJobEvent, isGeneration, isTerminal, modelOfRequest, newJob, type Job, type JobEvent } from '../../src/shared/job';
import type { ModelSummary } from '../../src/shared/model';
import type { GalleryImage } from '../../src/shared/gallery';
import type { GalleryRequests } from '../../src/shared/gallery-contract';
import { DEFAULT_SETTINGS, type Settings } from '../../src/shared/settings';
import { fakeCredits, type FakeCredits } from './fake-credits';
import { jobScript, type ScriptStep } from './fake-job';

export interface FakeOptions {
  readonly models: readonly ModelSummary[];
  readonly images?: readonly GalleryImage[];
  readonly settings?: Partial<Settings>;
  /** A prompt with this word in it fails with this error, half-way. */
  readonly failure?: { readonly word: string; readonly error: StudioErrorData };
}

/** The contract without a main process: same channels, same validation, same events; time passes only by `step`. */
export interface FakeBridge extends StudioBridge {
  /** One event further in the running job; false when there is nothing left to do. */
  step(): boolean;
  /** The next request on this channel is refused with this error. */
  refuseNext(channel: RequestChannel, error: StudioErrorData): void;
  readonly requests: readonly { readonly channel: RequestChannel; readonly input: unknown }[];
  settings(): Settings;
}

const INFO: AppInfo = {
  version: '0.1.0',
  electron: '33.2.1',
  platform: 'linux',
  picturesFolder: '/home/anna/Pictures/Palimpsest',
  modelsFolder: '/home/anna/.local/share/palimpsest/models',
};

const missing = (id: string): StudioError => new StudioError('image-missing', `Expected a picture with id ${id} but found none.`);

/** State and events behind the channels. Identity plus lifetime: one instance is one program. */
class FakeStudio {
  readonly listeners = new Map<Topic, Set<(payload: never) => void>>();
  jobs: readonly Job[] = [];
  images: readonly GalleryImage[];
  trashed: readonly GalleryImage[] = [];
  settings: Settings;
  status: EngineStatus = { state: 'stopped', memoryBytes: 0 };
  sequence = 0;
  readonly credits: FakeCredits;
  #script: { readonly jobId: JobId; readonly steps: Iterator<ScriptStep> } | null = null;

  constructor(readonly options: FakeOptions) {
    this.images = options.images ?? [];
    this.settings = { ...DEFAULT_SETTINGS, ...options.settings };
    this.credits = fakeCredits(options.models, (event) => { this.emit('credits.event', event); });
  }

  emit<T extends Topic>(topic: T, payload: Topics[T]): void {
    for (const listener of this.listeners.get(topic) ?? []) (listener as (value: Topics[T]) => void)(payload);
  }

  send(event: JobEvent): void {
    this.jobs = this.jobs.map((job) => (job.id === event.jobId ? applyJobEvent(job, event) : job));
    this.emit('jobs.event', event);
    this.credits.accounts.hear(event);
  }

  next(): number {
    this.sequence += 1;
    return this.sequence;
  }

  setStatus(state: EngineStatus['state']): void {
    this.status = { state, memoryBytes: state === 'stopped' ? 0 : 1_240_000_000 };
    this.emit('engine.event', this.status);
  }

  submit({ jobId, request }: Requests['jobs.submit']['input']): null {
    const model = this.options.models.find(({ id }) => id === modelOfRequest(request));
    if (model !== undefined && isGeneration(request)) this.credits.accounts.open({ jobId, request, model });
    const position = this.jobs.filter((job) => !isTerminal(job.state)).length;
    this.jobs = [...this.jobs, newJob(jobId, request)];
    this.send({ type: 'queued', jobId, sequence: this.next(), request, position });
    return null;
  }

  cancel({ jobId }: Requests['jobs.cancel']['input']): null {
    if (this.#script?.jobId === jobId) this.#script = null;
    this.send({ type: 'cancelled', jobId, sequence: this.next() });
    this.#renumber();
    return null;
  }

  resume({ jobId }: Requests['jobs.resume']['input']): null {
    const job = this.jobs.find(({ id, state }) => id === jobId && state === 'paused');
    if (job !== undefined) this.send({ type: 'queued', jobId, sequence: this.next(), request: job.request, position: 0 });
    return null;
  }

  trash(id: ImageId): ImageId {
    const image = this.images.find((candidate) => candidate.id === id);
    if (image === undefined) throw missing(id);
    this.images = this.images.filter((candidate) => candidate.id !== id);
    this.trashed = [...this.trashed, image];
    this.emit('gallery.event', { type: 'removed', imageIds: [id] });
    return id;
  }

  restore(id: ImageId): GalleryImage {
    const image = this.trashed.find((candidate) => candidate.id === id);
    if (image === undefined) throw missing(id);
    this.trashed = this.trashed.filter((candidate) => candidate.id !== id);
    this.#add(image);
    return image;
  }

  step(): boolean {
    this.#script ??= this.#startNext();
    if (this.#script === null) {
      if (this.status.state === 'busy') this.setStatus('idle');
      return false;
    }
    const { jobId, steps } = this.#script;
    const { value, done } = steps.next();
    if (done === true) this.#script = null;
    else if (value.image !== undefined) this.#add(value.image);
    if (done !== true && value.event !== undefined) this.send({ ...value.event, jobId, sequence: this.next() });
    return true;
  }

  #startNext() {
    const job = this.jobs.find((candidate) => candidate.state === 'queued');
    const model = this.options.models.find((candidate) => job !== undefined && candidate.id === modelOfRequest(job.request));
    if (job === undefined || model === undefined || job.request.kind !== 'txt2img') return null;
    this.setStatus('busy');
    const steps = jobScript({ request: job.request, model, first: this.images.length, failure: this.options.failure ?? null });
    return { jobId: job.id, steps };
  }

  #renumber(): void {
    const waiting = this.jobs.filter((job) => job.state === 'queued');
    waiting.forEach((job, position) => {
      if (job.position !== position) this.send({ type: 'queued', jobId: job.id, sequence: this.next(), request: job.request, position });
    });
  }

  #add(image: GalleryImage): void {
    this.images = [...this.images, image].sort((a, b) => b.createdAt - a.createdAt);
    this.emit('gallery.event', { type: 'added', image });
  }
}

/** Editing has its own tests against the real processes; this fake is the Create, Models and Settings screens' main. */
type FakedChannel =
  | Exclude<RequestChannel, keyof GalleryRequests | `assets.${string}` | `documents.${string}` | `licences.${string}` | `about.${string}` | `upscalers.${string}` | `resize.${string}` | `resizeFolder.${string}`>
  | 'gallery.list'
  | 'gallery.trash'
  | 'gallery.restore'
  | 'gallery.saveAs'
  | 'gallery.copy'
  | 'gallery.showInFolder';

type HandlersOf<Channel extends RequestChannel> = { readonly [C in Channel]: (input: Requests[C]['input']) => Requests[C]['output'] | Promise<Requests[C]['output']> };
type Handlers = Partial<HandlersOf<RequestChannel>>;

function handlersOf(studio: FakeStudio): Handlers {
  const known = (id: ImageId): null => {
    if (studio.images.some((image) => image.id === id)) return null;
    throw missing(id);
  };
  return {
    ...studio.credits.handlers,
    'app.info': () => INFO,
    'jobs.submit': (input) => studio.submit(input),
    'jobs.cancel': (input) => studio.cancel(input),
    'jobs.resume': (input) => studio.resume(input),
    'jobs.snapshot': () => ({ jobs: studio.jobs, sequence: studio.sequence }),
    'gallery.list': ({ limit, before }) => {
      const start = before === null ? 0 : studio.images.findIndex((image) => image.id === before) + 1;
      return studio.images.slice(start, start + limit);
    },
    'gallery.trash': ({ imageIds }) => ({ trashed: imageIds.map((id) => studio.trash(id)), problems: [] }),
    'gallery.restore': ({ imageIds }) => ({ images: imageIds.map((id) => studio.restore(id)), problems: [] }),
    'gallery.saveAs': ({ imageId, format }) => {
      known(imageId);
      return { fileName: `picture.${format}` };
    },
    'gallery.copy': ({ imageId }) => known(imageId),
    'gallery.showInFolder': ({ imageId }) => known(imageId),
    'models.list': () => studio.options.models,
    'models.openFolder': () => null,
    'engine.status': () => studio.status,
    'settings.get': () => studio.settings,
    'settings.set': (patch) => {
      studio.settings = { ...studio.settings, ...(Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as Partial<Settings>) };
      return studio.settings;
    },
  } satisfies HandlersOf<FakedChannel>;
}

export function createFakeBridge(options: FakeOptions): FakeBridge {
  const studio = new FakeStudio(options);
  const handlers = handlersOf(studio);
  const refusals = new Map<RequestChannel, StudioErrorData>();
  const requests: { channel: RequestChannel; input: unknown }[] = [];

  const answer = async <C extends RequestChannel>(channel: C, input: Requests[C]['input']): Promise<Result<Requests[C]['output']>> => {
    const refusal = refusals.get(channel);
    refusals.delete(channel);
    if (refusal !== undefined) return { ok: false, error: refusal };
    const parsed = REQUEST_SCHEMAS[channel].safeParse(input);
    if (!parsed.success) return { ok: false, error: { code: 'invalid-request', message: parsed.error.message } };
    try {
      const handler = handlers[channel];
      if (handler === undefined) throw new StudioError('internal', `Expected a channel of this fake but received ${channel}.`);
      return { ok: true, value: await handler(parsed.data) };
    } catch (caught) {
      return { ok: false, error: StudioError.fromCaught(caught).toData() };
    }
  };

  return {
    requests,
    settings: () => studio.settings,
    step: () => studio.step(),
    refuseNext: (channel, error) => { refusals.set(channel, error); },
    request(channel, input) {
      requests.push({ channel, input });
      // An answer crosses a process boundary, so it never comes in the same turn.
      return Promise.resolve().then(async () => structuredClone(await answer(channel, input)));
    },
    acceptFiles: () => Promise.resolve({ ok: false, error: { code: 'internal', message: 'No file can be dropped on this fake.' } }),
    on(topic, listener) {
      const set = studio.listeners.get(topic) ?? new Set();
      studio.listeners.set(topic, set.add(listener as (payload: never) => void));
      return () => { set.delete(listener as (payload: never) => void); };
    },
  };
}
