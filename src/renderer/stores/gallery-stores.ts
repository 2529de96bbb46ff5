import type { GalleryEvent } from '../../shared/gallery-contract';
import type { StudioApi } from '../studio-api';
import { createGalleryLibraryStore, type GalleryLibraryStore } from './gallery-library';
import { createGallerySelectionStore, type GallerySelectionStore } from './gallery-selection';
import { createGalleryViewStore, type GalleryViewStore } from './gallery-view';
import { createGalleryWindowStore, type GalleryWindowStore } from './gallery-window';

/** The Gallery screen's stores; the strip's newest pictures are in gallery.ts. */
export interface BrowserStores {
  readonly window: GalleryWindowStore;
  readonly selection: GallerySelectionStore;
  readonly view: GalleryViewStore;
  readonly library: GalleryLibraryStore;
  /** Follows what main tells of the library. */
  apply(event: GalleryEvent): void;
}

/** `onFailed` hears what went wrong in the background. */
export function createBrowserStores(api: StudioApi, onFailed: (caught: unknown) => void): BrowserStores {
  const window = createGalleryWindowStore(api, onFailed);
  const selection = createGallerySelectionStore(window);
  const library = createGalleryLibraryStore(api, onFailed);
  return {
    window,
    selection,
    library,
    view: createGalleryViewStore(api, onFailed),
    apply(event) {
      library.apply(event);
      if (event.type === 'removed') selection.drop(event.imageIds);
      // A screen that was never opened has nothing to follow.
      if (window.getState().total === null) return;
      if (event.type === 'added' || event.type === 'removed' || event.type === 'changed') {
        window.refresh();
        selection.follow().catch(onFailed);
      }
    },
  };
}
