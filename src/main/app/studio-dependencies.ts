import type { AppInfo, EngineStatus, SaveFormat } from '../../shared/contract';
import type { EngineProgress, GenerateResult } from '../engine/engine';
import type { GenerateCommand, StagedImage } from '../engine-protocol';
import type { DataFolders } from '../files/data-folders';
import type { StudioEvents } from './events';
import type { Gallery } from './gallery/gallery';
import type { ModelRegistry } from './models/model-registry';
import type { SettingsFile } from './settings/settings-file';

/** What the studio asks of the engine's process; engine-client fulfils it. */
export interface EnginePort {
  generate(
    command: GenerateCommand,
    options: { readonly signal: AbortSignal; onProgress(progress: EngineProgress): void; onImage(image: StagedImage): void },
  ): Promise<GenerateResult>;
  allowRestart(): void;
  getStatus(): EngineStatus;
}

/** What only a desktop can do; the Electron shell fulfils it. */
export interface DesktopPort {
  /** Asks for a file to write; null when the person closed the dialog. */
  askWhereToSave(suggestedName: string, format: SaveFormat): Promise<string | null>;
  copyImage(path: string): Promise<void>;
  showInFolder(path: string): void;
  openFolder(path: string): Promise<void>;
}

export interface StudioDependencies {
  readonly info: AppInfo;
  readonly folders: DataFolders;
  readonly gallery: Gallery;
  readonly models: ModelRegistry;
  readonly settings: SettingsFile;
  readonly engine: EnginePort;
  readonly desktop: DesktopPort;
  readonly events: StudioEvents;
  convert(source: string, target: string, format: SaveFormat): Promise<void>;
}
