import { createStore, type StoreApi } from 'zustand/vanilla';
import type { GalleryImage } from '../../shared/gallery';
import type { JobId } from '../../shared/ids';
import type { PlannedResize, ResizePreview } from '../../shared/resize/contract';
import type { PreviewRegion, ResizeSource } from '../../shared/resize/requests';
import type { ResizeSettings } from '../../shared/resize/settings';
import type { UpscalerId, UpscalerSummary, UpscalerTraits } from '../../shared/resize/upscaler';
import type { StudioApi } from '../studio-api';
import { FIRST_FORM, type ResizeForm } from './resize-form';

/** The picture on the screen: of the gallery, or a file that was opened. */
export interface OpenPicture {
  readonly source: ResizeSource;
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** Null for a file. */
  readonly image: GalleryImage | null;
}

export interface ResizeState {
  readonly picture: OpenPicture | null;
  readonly form: ResizeForm;
  readonly upscalers: readonly UpscalerSummary[];
  /** The job that was started last for this picture. */
  readonly jobId: JobId | null;
  /** What is on show: one picture, or the runs over many files. */
  readonly tab: 'one' | 'many';
}

export interface ResizeStore extends StoreApi<ResizeState> {
  /** Reads the upscalers again. @throws StudioError when main does not answer. */
  load(): Promise<void>;
  openImage(image: GalleryImage): void;
  /** Takes a file in as it is. @throws StudioError when it is no picture. */
  openFile(file: File): Promise<void>;
  close(): void;
  update(patch: Partial<ResizeForm>): void;
  showTab(tab: ResizeState['tab']): void;
  started(jobId: JobId | null): void;
  answer(upscalerId: UpscalerId, traits: UpscalerTraits): Promise<void>;
  openUpscalersFolder(): Promise<void>;
  plan(source: ResizeSource, settings: ResizeSettings): Promise<PlannedResize>;
  /** A newer one cancels the one before it, which is then refused. */
  preview(source: ResizeSource, settings: ResizeSettings, region: PreviewRegion): Promise<ResizePreview>;
}

const nameOf = ({ recipe, fileName }: GalleryImage): string => (recipe === null || recipe.prompt === '' ? fileName : recipe.prompt);

export const ofGallery = (image: GalleryImage): OpenPicture => ({
  source: { kind: 'gallery', imageId: image.id },
  name: nameOf(image),
  width: image.width,
  height: image.height,
  image,
});

/** The network that is used: the chosen one, else the first that can be. */
export function pickUpscaler(upscalers: readonly UpscalerSummary[], wanted: UpscalerId | null): UpscalerSummary | null {
  const usable = upscalers.filter(({ problem }) => problem === null);
  return usable.find(({ id }) => id === wanted) ?? usable[0] ?? null;
}


export function createResizeStore(api: StudioApi): ResizeStore {
  const store = createStore<ResizeState>(() => ({ picture: null, form: FIRST_FORM, upscalers: [], jobId: null, tab: 'one' }));
  return {
    ...store,
    async load() {
      store.setState({ upscalers: await api.request('upscalers.list', null) });
    },
    openImage: (image) => { store.setState({ picture: ofGallery(image), jobId: null, tab: 'one' }); },
    async openFile(file) {
      const { assetId, width, height } = await api.request('assets.put', { bytes: new Uint8Array(await file.arrayBuffer()) });
      store.setState({ picture: { source: { kind: 'asset', assetId }, name: file.name, width, height, image: null }, jobId: null, tab: 'one' });
    },
    close: () => { store.setState({ picture: null, jobId: null }); },
    update: (patch) => { store.setState(({ form }) => ({ form: { ...form, ...patch } })); },
    showTab: (tab) => { store.setState({ tab }); },
    started: (jobId) => { store.setState({ jobId }); },
    async answer(upscalerId, traits) {
      store.setState({ upscalers: await api.request('upscalers.answer', { upscalerId, traits }) });
    },
    async openUpscalersFolder() {
      await api.request('upscalers.openFolder', null);
    },
    plan: (source, settings) => api.request('resize.plan', { source, settings, format: 'png' }),
    preview: (source, settings, region) => api.request('resize.preview', { source, settings, region }),
  };
}
