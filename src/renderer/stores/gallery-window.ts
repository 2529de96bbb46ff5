import { createStore, type StoreApi } from 'zustand/vanilla';
import { ASPECT_SCALE, NEWEST_FIRST, type GalleryImage, type GalleryQuery, type SimilarImage, type SimilarTo } from '../../shared/gallery';
import type { ImageId } from '../../shared/ids';
import { LIMITS } from '../../shared/limits';
import type { StudioApi } from '../studio-api';

/** Pictures a request brings; several pages cover a screen of twelve columns. */
export const PAGE = 100;
/** Pages kept: far more than a screen, far less than a library. */
const KEPT_PAGES = 40;
/** Requests under way at once; what was scrolled past is not asked for any more. */
const LANES = 2;
/** Changes come in bursts (a batch of marks, a folder being read); the screen follows each burst once. */
const SETTLE_MS = 120;

interface CachedPage {
  readonly images: readonly GalleryImage[];
  readonly query: GalleryQuery;
  /** A page of an older epoch is asked for again when it comes into sight, and shown until then. */
  readonly epoch: number;
}

/** Pictures like another one take the place of a search until the search changes. */
export interface SimilarView {
  readonly to: SimilarTo;
  readonly matches: readonly SimilarImage[];
  /** Pictures nobody has looked at yet. */
  readonly pending: number;
}

export interface GalleryWindowState {
  readonly query: GalleryQuery;
  readonly similar: SimilarView | null;
  /** Null until the first answer. */
  readonly total: number | null;
  readonly pages: ReadonlyMap<number, CachedPage>;
  /** Shapes of all pictures in order (`gallery.aspects`); null while nobody needs them or they are on their way. */
  readonly aspects: Uint16Array | null;
}

/** A library of any size, seen through the part that is on the screen. */
export interface GalleryWindowStore extends StoreApi<GalleryWindowState> {
  /** Shows another search; what is loaded stays on the screen until the answer comes. */
  show(query: GalleryQuery): void;
  showSimilar(similar: SimilarView): void;
  /** The pictures on the screen, both ends included; loads what is missing. */
  want(first: number, last: number): void;
  /** Whether shapes are needed for the layout. */
  wantAspects(isWanted: boolean): void;
  imageAt(index: number): GalleryImage | null;
  /** Among what is loaded; -1 when it is not there. */
  indexOfLoaded(id: ImageId): number;
  /** Where a picture stands in the whole search, null when it is not in it. @throws StudioError */
  find(id: ImageId): Promise<number | null>;
  /** Ids from `first` to `last`, both included, asked for where they are not loaded. @throws StudioError */
  idsBetween(first: number, last: number): Promise<readonly ImageId[]>;
  /** Shows a change of these pictures at once; main's answer follows. */
  patch(ids: ReadonlySet<ImageId>, change: (image: GalleryImage) => GalleryImage): void;
  /** The library has changed: what is loaded is asked for again. */
  refresh(): void;
}

const pageOf = (index: number): number => Math.floor(index / PAGE);

/** The pages furthest from the screen go first. */
function evict(pages: ReadonlyMap<number, CachedPage>, centre: number): ReadonlyMap<number, CachedPage> {
  if (pages.size <= KEPT_PAGES) return pages;
  const near = [...pages].sort(([a], [b]) => Math.abs(a - centre) - Math.abs(b - centre));
  return new Map(near.slice(0, KEPT_PAGES));
}

class GalleryWindow {
  readonly store = createStore<GalleryWindowState>(() => ({ query: NEWEST_FIRST, similar: null, total: null, pages: new Map(), aspects: null }));
  readonly #api: StudioApi;
  readonly #onFailed: (caught: unknown) => void;
  #wanted = { first: 0, last: PAGE - 1 };
  #needsAspects = false;
  /** Rises with every other search: an answer to an older one is not looked at. */
  #epoch = 0;
  readonly #underWay = new Set<number>();
  #settling: ReturnType<typeof setTimeout> | null = null;

  constructor(api: StudioApi, onFailed: (caught: unknown) => void) {
    this.#api = api;
    this.#onFailed = onFailed;
  }

  show(query: GalleryQuery): void {
    this.#epoch += 1;
    this.#underWay.clear();
    this.#wanted = { first: 0, last: PAGE - 1 };
    this.store.setState({ query, similar: null });
    this.#load();
    this.#loadAspects();
  }

  showSimilar(similar: SimilarView): void {
    this.#epoch += 1;
    this.#underWay.clear();
    const images = similar.matches.map(({ image }) => image);
    const pages = Array.from({ length: Math.ceil(images.length / PAGE) }, (_, number): [number, CachedPage] => [
      number,
      { images: images.slice(number * PAGE, (number + 1) * PAGE), query: this.store.getState().query, epoch: this.#epoch },
    ]);
    const aspects = Uint16Array.from(images, ({ width, height }) => Math.min(65_535, Math.max(1, Math.round((width / height) * ASPECT_SCALE))));
    this.store.setState({ similar, total: images.length, pages: new Map(pages), aspects });
  }

  want(first: number, last: number): void {
    this.#wanted = { first, last };
    this.#load();
  }

  wantAspects(isWanted: boolean): void {
    if (isWanted === this.#needsAspects) return;
    this.#needsAspects = isWanted;
    if (isWanted) this.#loadAspects();
  }

  refresh(): void {
    if (this.#settling !== null) return;
    this.#settling = setTimeout(() => {
      this.#settling = null;
      if (this.store.getState().similar !== null) return;
      this.#epoch += 1;
      this.#underWay.clear();
      this.#load();
      this.#loadAspects();
    }, SETTLE_MS);
  }

  /** The wanted page that is missing or stale, those at the front of the screen first. */
  #nextPage(): number | null {
    const { pages, total, similar } = this.store.getState();
    if (similar !== null) return null;
    const last = total === null ? this.#wanted.last : Math.min(this.#wanted.last, Math.max(0, total - 1));
    for (let number = pageOf(Math.max(0, this.#wanted.first)); number <= pageOf(last); number++) {
      if (pages.get(number)?.epoch !== this.#epoch && !this.#underWay.has(number)) return number;
    }
    return null;
  }

  #load(): void {
    for (let number = this.#nextPage(); number !== null && this.#underWay.size < LANES; number = this.#nextPage()) void this.#loadPage(number);
  }

  async #loadPage(number: number): Promise<void> {
    const epoch = this.#epoch;
    const { query } = this.store.getState();
    this.#underWay.add(number);
    try {
      const { total, images } = await this.#api.request('gallery.page', { query, offset: number * PAGE, limit: PAGE });
      if (epoch !== this.#epoch) return;
      this.store.setState(({ pages }) => {
        // Pages of another search, and those behind the end of a shorter one, have no place any more.
        const kept = [...pages].filter(([other, page]) => page.query === query && other * PAGE < total);
        return { total, pages: evict(new Map([...kept, [number, { images, query, epoch }]]), pageOf(this.#wanted.first)) };
      });
    } catch (caught) {
      if (epoch === this.#epoch) this.#onFailed(caught);
      return;
    } finally {
      if (epoch === this.#epoch) this.#underWay.delete(number);
    }
    this.#load();
  }

  #loadAspects(): void {
    if (!this.#needsAspects || this.store.getState().similar !== null) return;
    const epoch = this.#epoch;
    this.#api
      .request('gallery.aspects', { query: this.store.getState().query })
      .then(({ aspects }) => { if (epoch === this.#epoch) this.store.setState({ aspects }); })
      .catch((caught: unknown) => { if (epoch === this.#epoch) this.#onFailed(caught); });
  }

  imageAt(index: number): GalleryImage | null {
    return this.store.getState().pages.get(pageOf(index))?.images[index % PAGE] ?? null;
  }

  indexOfLoaded(id: ImageId): number {
    for (const [number, { images }] of this.store.getState().pages) {
      const at = images.findIndex((image) => image.id === id);
      if (at !== -1) return number * PAGE + at;
    }
    return -1;
  }

  async find(id: ImageId): Promise<number | null> {
    const { query, similar } = this.store.getState();
    if (similar === null) return (await this.#api.request('gallery.neighbours', { query, imageId: id })).index;
    const at = similar.matches.findIndex(({ image }) => image.id === id);
    return at === -1 ? null : at;
  }

  async idsBetween(first: number, last: number): Promise<readonly ImageId[]> {
    const length = last - first + 1;
    const loaded = Array.from({ length }, (_, at) => this.imageAt(first + at)?.id);
    const known = loaded.filter((id) => id !== undefined);
    if (known.length === length || this.store.getState().similar !== null) return known;
    const { query } = this.store.getState();
    const parts: (readonly ImageId[])[] = [];
    for (let offset = first; offset <= last; offset += LIMITS.gallery.selection)
      parts.push(await this.#api.request('gallery.ids', { query, offset, limit: Math.min(LIMITS.gallery.selection, last - offset + 1) }));
    return parts.flat();
  }

  patch(ids: ReadonlySet<ImageId>, change: (image: GalleryImage) => GalleryImage): void {
    this.store.setState(({ pages }) => ({
      pages: new Map(
        [...pages].map(([number, page]) => [number, page.images.some(({ id }) => ids.has(id)) ? { ...page, images: page.images.map((image) => (ids.has(image.id) ? change(image) : image)) } : page]),
      ),
    }));
  }
}

/** `onFailed` hears what could not be loaded in the background. */
export function createGalleryWindowStore(api: StudioApi, onFailed: (caught: unknown) => void): GalleryWindowStore {
  const window = new GalleryWindow(api, onFailed);
  return {
    ...window.store,
    show: (query) => { window.show(query); },
    showSimilar: (similar) => { window.showSimilar(similar); },
    want: (first, last) => { window.want(first, last); },
    wantAspects: (isWanted) => { window.wantAspects(isWanted); },
    imageAt: (index) => window.imageAt(index),
    indexOfLoaded: (id) => window.indexOfLoaded(id),
    find: (id) => window.find(id),
    idsBetween: (first, last) => window.idsBetween(first, last),
    patch: (ids, change) => { window.patch(ids, change); },
    refresh: () => { window.refresh(); },
  };
}
