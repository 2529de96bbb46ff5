import { createStore, type StoreApi } from 'zustand/vanilla';
import { StudioError } from '../../shared/errors';
import type { Topics } from '../../shared/contract';
import type { SaveFormat } from '../../shared/save-format';
import type { ImageId } from '../../shared/ids';
import type { FileProblem, GalleryImage } from '../../shared/gallery';
import type { StudioApi } from '../studio-api';

const PAGE = 60;

export interface GalleryState {
  /** Newest first. */
  readonly images: readonly GalleryImage[];
  readonly isLoaded: boolean;
  readonly isLoading: boolean;
  readonly hasMore: boolean;
}

export interface GalleryStore extends StoreApi<GalleryState> {
  /** Loads the next page, the first one included; does nothing while a page is on its way or none is left. */
  loadMore(): Promise<void>;
  trash(id: ImageId): Promise<void>;
  restore(id: ImageId): Promise<void>;
  /** The chosen file name, or null when the dialog was closed. */
  saveAs(id: ImageId, format: SaveFormat): Promise<string | null>;
  copy(id: ImageId): Promise<void>;
  showInFolder(id: ImageId): Promise<void>;
  apply(event: Topics['gallery.event']): void;
}

const isNewer = (a: GalleryImage, b: GalleryImage): boolean =>
  a.createdAt > b.createdAt || (a.createdAt === b.createdAt && a.id > b.id);

/** Puts a picture in its place, once; the answer of a request and its event may both bring it. */
export function insertImage(images: readonly GalleryImage[], image: GalleryImage): readonly GalleryImage[] {
  const rest = images.filter((other) => other.id !== image.id);
  const at = rest.findIndex((other) => isNewer(image, other));
  return at === -1 ? [...rest, image] : [...rest.slice(0, at), image, ...rest.slice(at)];
}

/** The picture to show once `id` is gone: the next older one, else the next newer one. */
export function neighbourOf(images: readonly GalleryImage[], id: ImageId): GalleryImage | null {
  const index = images.findIndex((image) => image.id === id);
  if (index === -1) return images[0] ?? null;
  return images[index + 1] ?? images[index - 1] ?? null;
}

/** One picture was asked for, so its problem is the answer. */
function refuseProblem([problem]: readonly FileProblem[]): void {
  if (problem !== undefined) throw new StudioError('storage-failed', problem.reason, { details: { path: problem.file } });
}

export function createGalleryStore(api: StudioApi): GalleryStore {
  const store = createStore<GalleryState>(() => ({ images: [], isLoaded: false, isLoading: false, hasMore: true }));
  const add = (image: GalleryImage): void => { store.setState((state) => ({ images: insertImage(state.images, image) })); };
  const remove = (ids: readonly ImageId[]): void => {
    const removed = new Set(ids);
    store.setState((state) => ({ images: state.images.filter((image) => !removed.has(image.id)) }));
  };

  return {
    ...store,
    async loadMore() {
      const { isLoading, hasMore, images } = store.getState();
      if (isLoading || !hasMore) return;
      store.setState({ isLoading: true });
      try {
        const page = await api.request('gallery.list', { limit: PAGE, before: images.at(-1)?.id ?? null });
        store.setState((state) => ({
          images: page.reduce(insertImage, state.images),
          hasMore: page.length === PAGE,
          isLoaded: true,
        }));
      } finally {
        store.setState({ isLoading: false });
      }
    },
    async trash(id) {
      const { trashed, problems } = await api.request('gallery.trash', { imageIds: [id] });
      refuseProblem(problems);
      remove(trashed);
    },
    async restore(id) {
      const { images, problems } = await api.request('gallery.restore', { imageIds: [id] });
      refuseProblem(problems);
      images.forEach(add);
    },
    async saveAs(id, format) {
      return (await api.request('gallery.saveAs', { imageId: id, format }))?.fileName ?? null;
    },
    async copy(id) {
      await api.request('gallery.copy', { imageId: id });
    },
    async showInFolder(id) {
      await api.request('gallery.showInFolder', { imageId: id });
    },
    apply(event) {
      if (event.type === 'added') add(event.image);
      if (event.type === 'removed') remove(event.imageIds);
    },
  };
}
