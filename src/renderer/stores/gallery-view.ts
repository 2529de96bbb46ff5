import { createStore, type StoreApi } from 'zustand/vanilla';
import type { GalleryImage, Recalled } from '../../shared/gallery';
import type { ImageId } from '../../shared/ids';
import { DEFAULT_SETTINGS, type GalleryLook } from '../../shared/settings';
import type { StudioApi } from '../studio-api';

/** A picture and what was read from it. */
export interface RecalledPicture {
  readonly name: string;
  /** A dropped file's is a blob URL that ends with the dialog. */
  readonly previewUrl: string;
  readonly recalled: Recalled;
}

/** What lies over the screen. */
export type Overlay =
  | { readonly kind: 'viewer'; readonly isSlideshow: boolean }
  | { readonly kind: 'compare'; readonly images: readonly GalleryImage[] }
  | { readonly kind: 'lineage'; readonly image: GalleryImage }
  | { readonly kind: 'changes'; readonly before: GalleryImage; readonly after: GalleryImage }
  | { readonly kind: 'replay'; readonly image: GalleryImage }
  | { readonly kind: 'export'; readonly imageIds: readonly ImageId[] }
  | { readonly kind: 'recall'; readonly dropped: RecalledPicture }
  | { readonly kind: 'folders' };

export interface GalleryViewState extends GalleryLook {
  readonly place: 'pictures' | 'trash';
  /** The last one is seen; closing it shows the one it was opened from. */
  readonly overlays: readonly Overlay[];
  /** Where the grid stood when it was left, pixels. */
  readonly top: number;
  /** Pictures that are being dragged, by a drag that began in this window. */
  readonly dragged: readonly ImageId[];
}

export interface GalleryViewStore extends StoreApi<GalleryViewState> {
  /** Takes over what was saved; nothing is written back. */
  restore(look: GalleryLook): void;
  /** Changes how the gallery looks and remembers it. */
  update(patch: Partial<GalleryLook>): void;
  goTo(place: GalleryViewState['place']): void;
  open(overlay: Overlay): void;
  close(): void;
  closeAll(): void;
  drag(imageIds: readonly ImageId[]): void;
}

const SAVE_DELAY_MS = 300;
export const COLUMNS = { min: 1, max: 12 } as const;

const lookOf = ({ columns, layout, isSidebarOpen, isDetailsOpen }: GalleryLook): GalleryLook => ({ columns, layout, isSidebarOpen, isDetailsOpen });

export function createGalleryViewStore(api: StudioApi, onSaveFailed: (caught: unknown) => void): GalleryViewStore {
  const store = createStore<GalleryViewState>(() => ({ ...DEFAULT_SETTINGS.gallery, place: 'pictures', overlays: [], top: 0, dragged: [] }));
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    ...store,
    restore: (look) => { store.setState(look); },
    update: (patch) => {
      store.setState(patch);
      clearTimeout(timer);
      timer = setTimeout(() => { api.request('settings.set', { gallery: lookOf(store.getState()) }).catch(onSaveFailed); }, SAVE_DELAY_MS);
    },
    goTo: (place) => { store.setState({ place }); },
    open: (overlay) => { store.setState(({ overlays }) => ({ overlays: [...overlays, overlay] })); },
    close: () => { store.setState(({ overlays }) => ({ overlays: overlays.slice(0, -1) })); },
    closeAll: () => { store.setState({ overlays: [] }); },
    drag: (dragged) => { store.setState({ dragged }); },
  };
}
