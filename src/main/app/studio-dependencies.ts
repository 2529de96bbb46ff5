import type { AppInfo, EngineStatus } from '../../shared/contract';
import type { SaveFormat } from '../../shared/save-format';
import type { GenerateResult } from '../engine/engine';
import type { Calls, GenerateCommand, InspectedPicture, JobProgress, ResizeCommand, StagedImage, StagedResize } from '../engine-protocol';
import type { DataFolders } from '../files/data-folders';
import type { AssetStore } from './assets/asset-store';
import type { Credits } from './credits/credits';
import type { Ledger } from './credits/ledger';
import type { DocumentStore } from './documents/document-store';
import type { StudioEvents } from './events';
import type { Gallery } from './gallery/gallery';
import type { Library } from './gallery/library-calls';
import type { Notice } from '../../shared/licences/licence-contract';
import type { Licences } from './licences/licences';
import type { QueueFile } from './jobs/queue-file';
import type { ModelRegistry } from './models/model-registry';
import type { ShippedClassifier } from './moderation/job-checks';
import type { UpscalerRegistry } from './resize/upscaler-registry';
import type { SettingsFile } from './settings/settings-file';

/** What the studio asks of the engine's process; engine-client fulfils it. */
export interface EnginePort {
  generate(
    command: GenerateCommand,
    options: { readonly signal: AbortSignal; onProgress(progress: JobProgress): void; onImage(image: StagedImage): void },
  ): Promise<GenerateResult>;
  resize(command: ResizeCommand, options: { readonly signal: AbortSignal; onProgress(progress: JobProgress): void }): Promise<StagedResize>;
  allowRestart(): void;
  getStatus(): EngineStatus;
}

/** What only a desktop can do; the Electron shell fulfils it. */
export interface DesktopPort {
  /** Asks for a picture or document to open; null when the person closed the dialog. */
  askWhatToOpen(): Promise<string | null>;
  /** Asks for pictures, or for a folder of them; null when the person closed the dialog. */
  askForPictures(what: 'folder' | 'files'): Promise<readonly string[] | null>;
  /** Asks for a file to write; null when the person closed the dialog. */
  askWhereToSave(suggestedName: string, format: SaveFormat | 'palimpsest' | 'csv' | 'zip'): Promise<string | null>;
  copyImage(path: string): Promise<void>;
  showInFolder(path: string): void;
  openFolder(path: string): Promise<void>;
  /** Asks for a folder; null when the person closed the dialog. */
  askForFolder(): Promise<string | null>;
  /** @throws StudioError `storage-failed` where the system has no trash for that disk. */
  moveToSystemTrash(path: string): Promise<void>;
  /** Ends the studio and starts it again. */
  restart(): void;
  /** Drags files out of the window; asked while the button is down. */
  startDrag(paths: readonly string[]): void;
}

/** Slow work on files; the helper process fulfils it. */
export interface FilePort {
  convert(source: string, target: string, format: SaveFormat): Promise<void>;
  inspectPicture(path: string): Promise<InspectedPicture>;
  measurePicture(path: string): Promise<Omit<InspectedPicture, 'sha256'>>;
  previewResize(input: Calls['previewResize']['input']): Promise<Calls['previewResize']['output']>;
  cancelPreview(previewId: number): Promise<void>;
  /** A picture's perceptual hash. */
  look(source: string): Promise<string>;
  compare(input: Calls['comparePictures']['input']): Promise<Calls['comparePictures']['output']>;
  openExport(input: Calls['openExport']['input']): Promise<void>;
  addToExport(input: Calls['addToExport']['input']): Promise<void>;
  closeExport(input: Calls['closeExport']['input']): Promise<void>;
  packDocument(input: Calls['packDocument']['input']): Promise<void>;
  unpackDocument(input: Calls['unpackDocument']['input']): Promise<Calls['unpackDocument']['output']>;
}

export interface StudioDependencies {
  readonly info: AppInfo;
  readonly folders: DataFolders;
  readonly gallery: Gallery;
  readonly library: Library;
  readonly assets: AssetStore;
  readonly documents: DocumentStore;
  readonly models: ModelRegistry;
  readonly upscalers: UpscalerRegistry;
  readonly credits: Credits;
  readonly ledger: Ledger;
  readonly settings: SettingsFile;
  readonly queueFile: QueueFile;
  readonly licences: Licences;
  /** Texts of the makers of what ships with the program. */
  notices(): Promise<readonly Notice[]>;
  readonly classifier: ShippedClassifier;
  readonly engine: EnginePort;
  readonly desktop: DesktopPort;
  readonly events: StudioEvents;
  /** Work on files that another process does. */
  readonly files: FilePort;
}
