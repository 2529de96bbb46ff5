import type { StudioErrorData } from './errors';
import type { GenerationRequest } from './generation';
import type { ImageId, JobId } from './ids';
import type { Job, JobEvent } from './job';
import type { ModelSummary } from './model';
import type { GalleryImage } from './recipe';
import type { Settings, SettingsPatch } from './settings';

/** What the engine process is doing, for the status bar. */
export interface EngineStatus {
  readonly state: 'stopped' | 'starting' | 'idle' | 'busy' | 'crashed';
  /** Resident bytes of the engine process; 0 when it is not running. */
  readonly memoryBytes: number;
}

export interface AppInfo {
  readonly version: string;
  readonly electron: string;
  readonly platform: string;
  readonly picturesFolder: string;
  readonly modelsFolder: string;
}

export const SAVE_FORMATS = ['png', 'jpeg', 'webp'] as const;
export type SaveFormat = (typeof SAVE_FORMATS)[number];

/** Requests: channel -> input and output. Input is validated in main by contract-schemas.ts. */
export interface Requests {
  'app.info': { input: null; output: AppInfo };
  'jobs.submit': { input: { jobId: JobId; request: GenerationRequest }; output: null };
  'jobs.cancel': { input: { jobId: JobId }; output: null };
  'jobs.snapshot': { input: null; output: { jobs: readonly Job[]; sequence: number } };
  /** Newest first; `before` pages on from an image's createdAt and id. */
  'gallery.list': { input: { limit: number; before: ImageId | null }; output: readonly GalleryImage[] };
  'gallery.trash': { input: { imageId: ImageId }; output: null };
  'gallery.restore': { input: { imageId: ImageId }; output: GalleryImage };
  /** Asks where by the system's dialog; `null` when the user closed it. */
  'gallery.saveAs': { input: { imageId: ImageId; format: SaveFormat }; output: { fileName: string } | null };
  'gallery.copy': { input: { imageId: ImageId }; output: null };
  'gallery.showInFolder': { input: { imageId: ImageId }; output: null };
  'models.list': { input: null; output: readonly ModelSummary[] };
  'models.openFolder': { input: null; output: null };
  'engine.status': { input: null; output: EngineStatus };
  'settings.get': { input: null; output: Settings };
  'settings.set': { input: SettingsPatch; output: Settings };
}

/** Topics: what main tells every window. */
export interface Topics {
  'jobs.event': JobEvent;
  'gallery.event':
    | { readonly type: 'added'; readonly image: GalleryImage }
    | { readonly type: 'removed'; readonly imageId: ImageId };
  'models.event': { readonly models: readonly ModelSummary[] };
  'engine.event': EngineStatus;
}

export type RequestChannel = keyof Requests;
export type Topic = keyof Topics;

/** Every answer is an envelope, because Electron passes on only the message of a thrown error. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: StudioErrorData };

/** The name lists exist at run time for the preload, which must stay free of zod; a type test proves them complete. */
export const REQUEST_CHANNELS = [
  'app.info',
  'jobs.submit',
  'jobs.cancel',
  'jobs.snapshot',
  'gallery.list',
  'gallery.trash',
  'gallery.restore',
  'gallery.saveAs',
  'gallery.copy',
  'gallery.showInFolder',
  'models.list',
  'models.openFolder',
  'engine.status',
  'settings.get',
  'settings.set',
] as const satisfies readonly RequestChannel[];

export const TOPICS = ['jobs.event', 'gallery.event', 'models.event', 'engine.event'] as const satisfies readonly Topic[];

/** What the preload puts on `window.studio`. */
export interface StudioBridge {
  request<C extends RequestChannel>(channel: C, input: Requests[C]['input']): Promise<Result<Requests[C]['output']>>;
  /** Returns its own unsubscribe. */
  on<T extends Topic>(topic: T, listener: (payload: Topics[T]) => void): () => void;
}
