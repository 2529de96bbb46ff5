import type { CanvasDocument, DocumentSummary, History } from './canvas-document';
import { CREDITS_CHANNELS, type CreditsRequests, type CreditsTopics } from './credits-contract';
import type { StudioErrorData } from './errors';
import { GALLERY_CHANNELS, type GalleryEvent, type GalleryRequests } from './gallery-contract';
import type { GenerationRequest } from './generation';
import type { AssetId, DocumentId, ImageId, JobId } from './ids';
import type { Job, JobEvent } from './job';
import { LICENCE_CHANNELS, type LicenceRequests } from './licences/licence-contract';
import type { ModelSummary } from './model';
import { RESIZE_CHANNELS, type ResizeRequests, type ResizeTopics } from './resize/contract';
import type { ChosenFiles } from './resize/folder';
import type { ResizeRequest } from './resize/requests';
import type { SaveFormat } from './save-format';
import type { Settings, SettingsPatch } from './settings';
import type { RestoredRun, Staging } from './staging';

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

export interface AssetInfo {
  readonly assetId: AssetId;
  readonly width: number;
  readonly height: number;
}

export interface OpenedDocument {
  readonly document: CanvasDocument;
  readonly history: History;
  /** Results that wait to be chosen from. */
  readonly staging: readonly RestoredRun[];
  /** Names of what a damaged file has lost; empty when all is there. */
  readonly lost: readonly string[];
}

/** Requests: channel -> input and output. Input is validated in main by contract-schemas.ts. */
export interface Requests extends GalleryRequests, CreditsRequests, LicenceRequests, ResizeRequests {
  'app.info': { input: null; output: AppInfo };
  'jobs.submit': { input: { jobId: JobId; request: GenerationRequest | ResizeRequest }; output: null };
  'jobs.cancel': { input: { jobId: JobId }; output: null };
  /** Lets a paused job take its turn. */
  'jobs.resume': { input: { jobId: JobId }; output: null };
  'jobs.snapshot': { input: null; output: { jobs: readonly Job[]; sequence: number } };
  /** A picture or mask from the page (drop, paste, the canvas): the one channel that carries pixels. */
  'assets.put': { input: { bytes: Uint8Array }; output: AssetInfo };
  'assets.saveAs': { input: { assetId: AssetId; suggestedName: string; format: SaveFormat }; output: { fileName: string } | null };
  /** Makes an asset of a gallery picture, so that it can be edited. */
  'assets.fromGallery': { input: { imageId: ImageId }; output: AssetInfo };
  'documents.list': { input: null; output: readonly DocumentSummary[] };
  'documents.load': { input: { documentId: DocumentId }; output: OpenedDocument };
  'documents.save': { input: { document: CanvasDocument; history: History; staging: Staging }; output: null };
  'documents.trash': { input: { documentId: DocumentId }; output: null };
  /** Asks for a picture or a `.palimpsest` file; `null` when the user closed the dialog. */
  'documents.openFile': { input: null; output: ({ kind: 'picture'; name: string } & AssetInfo) | ({ kind: 'document' } & OpenedDocument) | null };
  'documents.exportFile': { input: { documentId: DocumentId }; output: { fileName: string } | null };
  'models.list': { input: null; output: readonly ModelSummary[] };
  'models.openFolder': { input: null; output: null };
  'engine.status': { input: null; output: EngineStatus };
  'settings.get': { input: null; output: Settings };
  'settings.set': { input: SettingsPatch; output: Settings };
}

/** Topics: what main tells every window. */
export interface Topics extends CreditsTopics, ResizeTopics {
  'jobs.event': JobEvent;
  'gallery.event': GalleryEvent;
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
  'jobs.resume',
  'jobs.snapshot',
  ...GALLERY_CHANNELS,
  ...LICENCE_CHANNELS,
  'assets.put',
  'assets.saveAs',
  'assets.fromGallery',
  'documents.list',
  'documents.load',
  'documents.save',
  'documents.trash',
  'documents.openFile',
  'documents.exportFile',
  'models.list',
  'models.openFolder',
  'engine.status',
  ...CREDITS_CHANNELS,
  ...RESIZE_CHANNELS,
  'settings.get',
  'settings.set',
] as const satisfies readonly RequestChannel[];

export const TOPICS = ['jobs.event', 'gallery.event', 'models.event', 'engine.event', 'credits.event', 'resizeFolder.event'] as const satisfies readonly Topic[];

/** A `File` of the page; this folder knows no types of browsers. */
export interface DroppedFile {
  readonly name: string;
  readonly size: number;
}

/** The preload's own channel, which no page can name. */
export const ACCEPT_FILES = 'resizeFolder.accept';

/** What the preload puts on `window.studio`. */
export interface StudioBridge {
  request<C extends RequestChannel>(channel: C, input: Requests[C]['input']): Promise<Result<Requests[C]['output']>>;
  /** Hands dropped files to main, which alone learns their paths; a folder stands for all that lies in it. */
  acceptFiles(files: readonly DroppedFile[]): Promise<Result<ChosenFiles>>;
  /** Returns its own unsubscribe. */
  on<T extends Topic>(topic: T, listener: (payload: Topics[T]) => void): () => void;
}
