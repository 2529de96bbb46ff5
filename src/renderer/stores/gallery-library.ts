import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Board, FileProblem, Root, SavedSearch, TrashedImage } from '../../shared/gallery';
import type { GalleryEvent } from '../../shared/gallery-contract';
import type { ExportId } from '../../shared/ids';
import type { StudioApi } from '../studio-api';

/** A count of boards or of the trash may be this old before it is asked for again. */
const SETTLE_MS = 300;

export interface Indexing {
  readonly done: number;
  readonly total: number;
  readonly problems: number;
}

export interface Exporting {
  readonly exportId: ExportId;
  readonly done: number;
  readonly total: number;
  readonly secondsLeft: number | null;
}

/** What stands around the pictures: boards, searches, folders, the trash, and work on the whole library. */
export interface GalleryLibraryState {
  readonly isLoaded: boolean;
  readonly boards: readonly Board[];
  readonly searches: readonly SavedSearch[];
  readonly roots: readonly Root[];
  readonly problems: readonly FileProblem[];
  readonly trash: readonly TrashedImage[];
  /** Null while no folder is being read. */
  readonly indexing: Indexing | null;
  readonly exporting: Exporting | null;
}

export interface GalleryLibraryStore extends StoreApi<GalleryLibraryState> {
  /** @throws StudioError */
  load(): Promise<void>;
  /** Loads anew a moment later, once for many calls; does nothing before the first `load`. */
  refresh(): void;
  apply(event: GalleryEvent): void;
}

export function createGalleryLibraryStore(api: StudioApi, onFailed: (caught: unknown) => void): GalleryLibraryStore {
  const store = createStore<GalleryLibraryState>(() => ({ isLoaded: false, boards: [], searches: [], roots: [], problems: [], trash: [], indexing: null, exporting: null }));
  let timer: ReturnType<typeof setTimeout> | null = null;

  const load = async (): Promise<void> => {
    const [boards, searches, roots, problems, trash] = await Promise.all([
      api.request('boards.list', null),
      api.request('searches.list', null),
      api.request('roots.list', null),
      api.request('gallery.problems', null),
      api.request('gallery.listTrash', null),
    ]);
    store.setState({ isLoaded: true, boards, searches, roots, problems, trash });
  };

  const refresh = (): void => {
    if (!store.getState().isLoaded || timer !== null) return;
    timer = setTimeout(() => {
      timer = null;
      load().catch(onFailed);
    }, SETTLE_MS);
  };

  return {
    ...store,
    load,
    refresh,
    apply(event) {
      switch (event.type) {
        case 'added':
        case 'removed':
        case 'changed':
          refresh();
          break;
        case 'indexing':
          store.setState({ indexing: event.done >= event.total ? null : { done: event.done, total: event.total, problems: event.problems } });
          if (event.done >= event.total) refresh();
          break;
        case 'exporting':
          store.setState({ exporting: { exportId: event.exportId, done: event.done, total: event.total, secondsLeft: event.secondsLeft } });
          break;
        case 'exported':
          store.setState(({ exporting }) => ({ exporting: exporting?.exportId === event.exportId ? null : exporting }));
          break;
        case 'reproduced':
          break;
      }
    },
  };
}
