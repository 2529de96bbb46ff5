import type { StudioApi } from '../studio-api';
import { createCanvasStore, type CanvasStore } from './canvas';
import { createEditFormStore, type EditFormStore } from './canvas-form';
import { createStagingStore, type StagingStore } from './canvas-staging';
import { createCanvasViewStore, type CanvasViewStore } from './canvas-view';
import { createCreditsStore, type CreditsStore } from './credits';
import { createDraftStore, type DraftStore } from './draft';
import { createEngineStore, type EngineStore } from './engine';
import { createGalleryStore, type GalleryStore } from './gallery';
import { createBrowserStores, type BrowserStores } from './gallery-stores';
import { createJobsStore, type JobsStore } from './jobs';
import { createLicencesStore, type LicencesStore } from './licences';
import { createModelsStore, type ModelsStore } from './models';
import { createResizeStore, type ResizeStore } from './resize';
import { createResizeRunsStore, type ResizeRunsStore } from './resize-runs';
import { createSettingsStore, type SettingsStore } from './settings';
import { createVeilStore, type VeilStore } from './veil';
import { createViewStore, type ViewStore } from './view';

export interface Stores {
  readonly browser: BrowserStores;
  readonly canvas: CanvasStore;
  readonly canvasView: CanvasViewStore;
  readonly editForm: EditFormStore;
  readonly staging: StagingStore;
  readonly credits: CreditsStore;
  readonly draft: DraftStore;
  readonly engine: EngineStore;
  readonly gallery: GalleryStore;
  readonly jobs: JobsStore;
  readonly licences: LicencesStore;
  readonly models: ModelsStore;
  readonly resize: ResizeStore;
  readonly resizeRuns: ResizeRunsStore;
  readonly settings: SettingsStore;
  readonly veil: VeilStore;
  readonly view: ViewStore;
}

export interface StoreOptions {
  /** Told what failed in the background: a save, or a part of the library that could not be read. */
  readonly onSaveFailed: (caught: unknown) => void;
  readonly isRecipeOpen: boolean;
}

export function createStores(api: StudioApi, options: StoreOptions): Stores {
  const staging = createStagingStore();
  return {
    browser: createBrowserStores(api, options.onSaveFailed),
    canvas: createCanvasStore(api, staging, options.onSaveFailed),
    canvasView: createCanvasViewStore(),
    editForm: createEditFormStore(),
    staging,
    credits: createCreditsStore(api),
    draft: createDraftStore(api, options.onSaveFailed),
    engine: createEngineStore(api),
    gallery: createGalleryStore(api),
    jobs: createJobsStore(api),
    licences: createLicencesStore(api),
    models: createModelsStore(api),
    resize: createResizeStore(api),
    resizeRuns: createResizeRunsStore(api),
    settings: createSettingsStore(api),
    veil: createVeilStore(),
    view: createViewStore({ isRecipeOpen: options.isRecipeOpen }),
  };
}

/** What the first paint needs: theme, language, the form and the gallery's look. @throws StudioError when main does not answer. */
export async function loadSettings(stores: Stores): Promise<void> {
  const { draft, gallery } = await stores.settings.load();
  stores.draft.restore(draft);
  stores.browser.view.restore(gallery);
}

/** Everything else; the screen stands already and fills as the answers come. @throws StudioError */
export async function loadContents(stores: Stores): Promise<void> {
  await Promise.all([stores.credits.load(), stores.models.load(), stores.gallery.loadMore(), stores.jobs.load(), stores.engine.load()]);
  const newest = stores.gallery.getState().images[0];
  if (stores.view.getState().selection === null && newest !== undefined) stores.view.select({ kind: 'image', id: newest.id });
}
