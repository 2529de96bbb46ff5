import { createContext, use } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { EngineStatus } from '../shared/contract';
import type { ModelSummary } from '../shared/model';
import type { CanvasSources } from './canvas/canvas-sources';
import type { Actors } from './commands/runs';
import type { CanvasState } from './stores/canvas';
import type { EditFormState } from './stores/canvas-form';
import type { StagingState } from './stores/canvas-staging';
import type { CanvasViewState } from './stores/canvas-view';
import type { CreditsStoreState } from './stores/credits';
import type { DraftState } from './stores/draft';
import type { GalleryState } from './stores/gallery';
import type { GalleryLibraryState } from './stores/gallery-library';
import type { GallerySelectionState } from './stores/gallery-selection';
import type { GalleryViewState } from './stores/gallery-view';
import type { GalleryWindowState } from './stores/gallery-window';
import type { JobsState } from './stores/jobs';
import type { LicencesState } from './stores/licences';
import { pickModel, type ModelsState } from './stores/models';
import type { ResizeState } from './stores/resize';
import type { ResizeRunsState } from './stores/resize-runs';
import type { SettingsState } from './stores/settings';
import type { ViewState } from './stores/view';

/** What every component may reach: the stores and what one can do. Made once, in main.tsx. */
export interface StudioContextValue extends Actors {
  /** Pixels of the open document, shared by the canvas and by what is sent to a model. */
  readonly sources: CanvasSources;
  readonly isMac: boolean;
}

export const StudioContext = createContext<StudioContextValue | null>(null);

/** @throws Error outside the provider, which is a mistake in the composition root. */
export function useStudio(): StudioContextValue {
  const value = use(StudioContext);
  if (value === null) throw new Error('Expected StudioContext around this component but found none');
  return value;
}

export const useCanvas = <T,>(selector: (state: CanvasState) => T): T => useStore(useStudio().stores.canvas, selector);
export const useCanvasView = <T,>(selector: (state: CanvasViewState) => T): T => useStore(useStudio().stores.canvasView, selector);
export const useEditForm = <T,>(selector: (state: EditFormState) => T): T => useStore(useStudio().stores.editForm, selector);
export const useStaging = <T,>(selector: (state: StagingState) => T): T => useStore(useStudio().stores.staging, selector);
export const useCredits = <T,>(selector: (state: CreditsStoreState) => T): T => useStore(useStudio().stores.credits, selector);
export const useDraft = <T,>(selector: (state: DraftState) => T): T => useStore(useStudio().stores.draft, selector);
export const useEngine = <T,>(selector: (state: EngineStatus) => T): T => useStore(useStudio().stores.engine, selector);
export const useGallery = <T,>(selector: (state: GalleryState) => T): T => useStore(useStudio().stores.gallery, selector);
export const useGalleryLibrary = <T,>(selector: (state: GalleryLibraryState) => T): T => useStore(useStudio().stores.browser.library, selector);
export const useGallerySelection = <T,>(selector: (state: GallerySelectionState) => T): T => useStore(useStudio().stores.browser.selection, selector);
export const useGalleryView = <T,>(selector: (state: GalleryViewState) => T): T => useStore(useStudio().stores.browser.view, selector);
export const useGalleryWindow = <T,>(selector: (state: GalleryWindowState) => T): T => useStore(useStudio().stores.browser.window, selector);
export const useJobs = <T,>(selector: (state: JobsState) => T): T => useStore(useStudio().stores.jobs, selector);
export const useLicences = <T,>(selector: (state: LicencesState) => T): T => useStore(useStudio().stores.licences, selector);
export const useModels = <T,>(selector: (state: ModelsState) => T): T => useStore(useStudio().stores.models, selector);
export const useResize = <T,>(selector: (state: ResizeState) => T): T => useStore(useStudio().stores.resize, selector);
export const useResizeRuns = <T,>(selector: (state: ResizeRunsState) => T): T => useStore(useStudio().stores.resizeRuns, selector);
export const useSettings = <T,>(selector: (state: SettingsState) => T): T => useStore(useStudio().stores.settings, selector);
export const useView = <T,>(selector: (state: ViewState) => T): T => useStore(useStudio().stores.view, selector);

/** The model the next picture will be made with, or null when none is usable. */
export function useActiveModel(): ModelSummary | null {
  const wanted = useDraft((state) => state.draft.modelId);
  return useModels((state) => pickModel(state.models, wanted));
}

export const useLanguage = (): string => useTranslation().i18n.language;
