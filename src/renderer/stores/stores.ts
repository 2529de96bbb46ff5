import type { StudioApi } from '../studio-api';
import { createCanvasStore, type CanvasStore } from './canvas';
import { createEditFormStore, type EditFormStore } from './canvas-form';
import { createStagingStore, type StagingStore } from './canvas-staging';
import { createCanvasViewStore, type CanvasViewStore } from './canvas-view';
import { createCreditsStore, type CreditsStore } from './credits';
import { createDraftStore, type DraftStore } from './draft';
import { createEngineStore, type EngineStore } from './engine';
import { createGalleryStore, type GalleryStore } from './gallery';
import { createJobsStore, type JobsStore } from './jobs';
import { createModelsStore, type ModelsStore } from './models';
import { createSettingsStore, type SettingsStore } from './settings';
import { createViewStore, type ViewStore } from './view';

export interface Stores {
  readonly canvas: CanvasStore;
  readonly canvasView: CanvasViewStore;
  readonly editForm: EditFormStore;
  readonly staging: StagingStore;
  readonly credits: CreditsStore;
  readonly draft: DraftStore;
  readonly engine: EngineStore;
  readonly gallery: GalleryStore;
  readonly jobs: JobsStore;
  readonly models: ModelsStore;
  readonly settings: SettingsStore;
  readonly view: ViewStore;
}

export interface StoreOptions {
  /** Told when the form could not be saved in the background. */
  readonly onSaveFailed: (caught: unknown) => void;
  readonly isRecipeOpen: boolean;
}

export function createStores(api: StudioApi, options: StoreOptions): Stores {
  return {
    canvas: createCanvasStore(api, options.onSaveFailed),
    canvasView: createCanvasViewStore(),
    editForm: createEditFormStore(),
    staging: createStagingStore(),
    credits: createCreditsStore(api),
    draft: createDraftStore(api, options.onSaveFailed),
    engine: createEngineStore(api),
    gallery: createGalleryStore(api),
    jobs: createJobsStore(api),
    models: createModelsStore(api),
    settings: createSettingsStore(api),
    view: createViewStore({ isRecipeOpen: options.isRecipeOpen }),
  };
}

/** What the first paint needs: theme, language and the form. @throws StudioError when main does not answer. */
export async function loadSettings(stores: Stores): Promise<void> {
  stores.draft.restore((await stores.settings.load()).draft);
}

/** Everything else; the screen stands already and fills as the answers come. @throws StudioError */
export async function loadContents(stores: Stores): Promise<void> {
  await Promise.all([stores.credits.load(), stores.models.load(), stores.gallery.loadMore(), stores.jobs.load(), stores.engine.load()]);
  const newest = stores.gallery.getState().images[0];
  if (stores.view.getState().selection === null && newest !== undefined) stores.view.select({ kind: 'image', id: newest.id });
}
