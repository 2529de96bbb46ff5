import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ImageId } from '../../shared/ids';
import type { GalleryWindowStore } from './gallery-window';

export interface GallerySelectionState {
  readonly selected: ReadonlySet<ImageId>;
  /** The picture the keys move from; its place in the search. */
  readonly focusIndex: number;
  /** Known as soon as the picture is loaded. */
  readonly focusId: ImageId | null;
}

/** Which pictures an action means. One is always in focus; those chosen are a set of ids, so that a changed order cannot change it. */
export interface GallerySelectionStore extends StoreApi<GallerySelectionState> {
  /** This picture and no other. */
  choose(index: number): void;
  /** Moves the focus and leaves what is chosen as it is. */
  focus(index: number): void;
  toggle(index: number): void;
  /** From where the last choice began to `index`, beside what was chosen before. @throws StudioError */
  extendTo(index: number): Promise<void>;
  /** Every picture of the search. @throws StudioError */
  chooseAll(): Promise<void>;
  /** Leaves only the focus. */
  clear(): void;
  /** These pictures are gone. */
  drop(ids: readonly ImageId[]): void;
  /** Another search: back to its first picture. */
  reset(): void;
  /** After a change of the library: the focus stays with its picture, wherever that now stands. @throws StudioError */
  follow(): Promise<void>;
  /** The chosen pictures; without any, the one in focus. */
  targets(): readonly ImageId[];
}

const NONE: ReadonlySet<ImageId> = new Set();

const without = (ids: ReadonlySet<ImageId>, gone: ReadonlySet<ImageId>): ReadonlySet<ImageId> => new Set([...ids].filter((id) => !gone.has(id)));

class GallerySelection {
  readonly store = createStore<GallerySelectionState>(() => ({ selected: NONE, focusIndex: 0, focusId: null }));
  readonly #window: GalleryWindowStore;
  /** What a range was begun from: its fixed end, and what had been chosen apart from it. */
  #anchor: { readonly index: number; readonly base: ReadonlySet<ImageId> } = { index: 0, base: NONE };
  /** Rises with every choice: a later one wins over a range whose ids are still on their way. */
  #turn = 0;

  constructor(window: GalleryWindowStore) {
    this.#window = window;
    // A picture that was jumped to gets its id when it is loaded.
    window.subscribe(() => {
      const { focusIndex, focusId } = this.store.getState();
      const { total } = window.getState();
      if (total !== null && total > 0 && focusIndex >= total) this.focus(total - 1);
      else if (focusId === null && this.#idAt(focusIndex) !== null) this.focus(focusIndex);
    });
  }

  #idAt(index: number): ImageId | null {
    return this.#window.imageAt(index)?.id ?? null;
  }

  #begin(index: number, base: ReadonlySet<ImageId>): void {
    this.#turn += 1;
    this.#anchor = { index, base };
  }

  focus(index: number): void {
    this.store.setState({ focusIndex: index, focusId: this.#idAt(index) });
  }

  choose(index: number): void {
    this.#begin(index, NONE);
    const id = this.#idAt(index);
    this.store.setState({ selected: id === null ? NONE : new Set([id]), focusIndex: index, focusId: id });
  }

  toggle(index: number): void {
    const id = this.#idAt(index);
    if (id === null) return;
    const next = new Set(this.store.getState().selected);
    if (!next.delete(id)) next.add(id);
    this.#begin(index, next);
    this.store.setState({ selected: next, focusIndex: index, focusId: id });
  }

  async extendTo(index: number): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    const { index: from, base } = this.#anchor;
    this.focus(index);
    const ids = await this.#window.idsBetween(Math.min(from, index), Math.max(from, index));
    if (turn === this.#turn) this.store.setState({ selected: new Set([...base, ...ids]) });
  }

  async chooseAll(): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    const total = this.#window.getState().total ?? 0;
    const ids = total === 0 ? [] : await this.#window.idsBetween(0, total - 1);
    if (turn === this.#turn) this.store.setState({ selected: new Set(ids) });
  }

  clear(): void {
    this.#begin(this.store.getState().focusIndex, NONE);
    this.store.setState({ selected: NONE });
  }

  drop(ids: readonly ImageId[]): void {
    const gone = new Set(ids);
    this.#anchor = { ...this.#anchor, base: without(this.#anchor.base, gone) };
    this.store.setState(({ selected, focusId }) => ({ selected: without(selected, gone), focusId: focusId !== null && gone.has(focusId) ? null : focusId }));
  }

  reset(): void {
    this.#begin(0, NONE);
    this.store.setState({ selected: NONE, focusIndex: 0, focusId: null });
  }

  async follow(): Promise<void> {
    const { focusId } = this.store.getState();
    if (focusId === null) return;
    const index = await this.#window.find(focusId);
    const now = this.store.getState();
    if (now.focusId !== focusId || index === now.focusIndex) return;
    if (index === null) {
      // It left the search; its place is taken by another.
      this.store.setState({ focusId: null });
      return;
    }
    this.#anchor = { ...this.#anchor, index: Math.max(0, this.#anchor.index + index - now.focusIndex) };
    this.store.setState({ focusIndex: index });
  }

  targets(): readonly ImageId[] {
    const { selected, focusId } = this.store.getState();
    if (selected.size > 0) return [...selected];
    return focusId === null ? [] : [focusId];
  }
}

export function createGallerySelectionStore(window: GalleryWindowStore): GallerySelectionStore {
  const selection = new GallerySelection(window);
  return {
    ...selection.store,
    choose: (index) => { selection.choose(index); },
    focus: (index) => { selection.focus(index); },
    toggle: (index) => { selection.toggle(index); },
    extendTo: (index) => selection.extendTo(index),
    chooseAll: () => selection.chooseAll(),
    clear: () => { selection.clear(); },
    drop: (ids) => { selection.drop(ids); },
    reset: () => { selection.reset(); },
    follow: () => selection.follow(),
    targets: () => selection.targets(),
  };
}
