import type { GalleryImage, GalleryQuery, Suggestion } from '../../shared/gallery';
import type { GalleryEvent } from '../../shared/gallery-contract';
import { SavedSearchId, type BoardId, type ImageId } from '../../shared/ids';
import type { BrowserStores } from '../stores/gallery-stores';
import { reportError } from './commands';
import { collectionCommands, type CollectionCommands } from './gallery-collections';
import type { GalleryDeps, Guard } from './gallery-deps';
import { markingCommands, type MarkingCommands } from './gallery-marking';
import { recipeCommands, type RecipeCommands } from './gallery-recipes';
import { sendingCommands, type SendingCommands } from './gallery-sending';
import { trashCommands, type TrashCommands } from './gallery-trash';

/** Moving through the library. */
interface BrowsingCommands {
  search(text: string): void;
  /** What could be meant at the caret; nothing when main does not answer. */
  suggest(text: string, caret: number): Promise<{ readonly from: number; readonly to: number; readonly options: readonly Suggestion[] }>;
  /** A named search, in the whole library. */
  openSearch(text: string): void;
  sort(sort: GalleryQuery['sort']): void;
  /** Null = every picture. */
  openBoard(boardId: BoardId | null): void;
  /** Gives the search of the box a name. */
  saveSearch(name: string): void;
  removeSearch(id: SavedSearchId): void;
  /** Looks at one picture in the grid; leaves the search when it is not part of it. */
  goTo(imageId: ImageId): void;
  selectAll(): void;
  extendTo(index: number): void;
  /** Two to four chosen pictures side by side. */
  compare(): void;
  /** The picture in focus on the whole window. */
  view(index: number, isSlideshow?: boolean): void;
  /** Loads what stands around the pictures. */
  open(): void;
  /** Says what ended in the background. */
  hear(event: GalleryEvent): void;
}

/** What the gallery's buttons and keys do. None of them throws: a failure becomes a toast with one clear sentence. */
export type GalleryCommands = BrowsingCommands & MarkingCommands & TrashCommands & CollectionCommands & RecipeCommands & SendingCommands;

/** Most pictures that fit beside each other and can still be told apart. */
export const MAX_COMPARED = 4;

function browsingCommands(deps: GalleryDeps, guard: Guard): Omit<BrowsingCommands, 'hear'> {
  const { api, stores, toasts, t } = deps;
  const { window, selection, view, library }: BrowserStores = stores.browser;

  const show = (change: Partial<GalleryQuery>): void => {
    view.goTo('pictures');
    const { query, similar } = window.getState();
    const next = { ...query, ...change };
    if (similar === null && JSON.stringify(next) === JSON.stringify(query)) return;
    selection.reset();
    window.show(next);
  };

  const goTo = async (imageId: ImageId): Promise<void> => {
    stores.view.show('gallery');
    view.closeAll();
    view.goTo('pictures');
    let index = await window.find(imageId);
    if (index === null) {
      show({ text: '', boardId: null });
      index = await window.find(imageId);
    }
    if (index !== null) selection.choose(index);
  };

  const compare = async (): Promise<void> => {
    const ids = [...selection.getState().selected];
    if (ids.length < 2 || ids.length > MAX_COMPARED) {
      toasts.show({ tone: 'plain', message: t('gallery.compare.howMany', { count: MAX_COMPARED }) });
      return;
    }
    const images = await Promise.all(ids.map((imageId): Promise<GalleryImage> => api.request('gallery.get', { imageId })));
    view.open({ kind: 'compare', images });
  };

  return {
    search: (text) => { show({ text }); },
    // Without suggestions one types on; there is nothing to tell.
    suggest: (text, caret) => api.request('gallery.suggest', { text, caret }).catch(() => ({ from: caret, to: caret, options: [] })),
    openSearch: (text) => { show({ text, boardId: null }); },
    sort: (sort) => { show({ sort }); },
    openBoard: (boardId) => { show({ boardId, text: '' }); },
    saveSearch: (name) => {
      const search = { id: SavedSearchId.parse(crypto.randomUUID()), name, text: window.getState().query.text };
      guard(api.request('searches.save', search).then(library.load));
    },
    removeSearch: (searchId) => { guard(api.request('searches.remove', { searchId }).then(library.load)); },
    goTo: (imageId) => { guard(goTo(imageId)); },
    selectAll: () => { guard(selection.chooseAll()); },
    extendTo: (index) => { guard(selection.extendTo(index)); },
    compare: () => { guard(compare()); },
    view: (index, isSlideshow = false) => {
      selection.focus(index);
      view.open({ kind: 'viewer', isSlideshow });
    },
    open: () => {
      if (window.getState().total === null) window.show(window.getState().query);
      if (!library.getState().isLoaded) guard(library.load());
    },
  };
}

function news({ stores, toasts, t }: GalleryDeps, compareWith: (ids: readonly ImageId[]) => void): (event: GalleryEvent) => void {
  return (event) => {
    if (event.type === 'reproduced') {
      toasts.show({
        tone: 'plain',
        title: t(`gallery.reproduce.${event.verdict}`),
        message: event.reasons.length === 0 ? t('gallery.reproduce.done') : event.reasons.map(({ code, was, is }) => t(`gallery.reproduce.reason.${code}`, { was, is })).join(' '),
        action: { label: t('gallery.reproduce.compare'), run: () => { compareWith([event.imageId, event.newImageId]); } },
      });
    }
    if (event.type !== 'exported') return;
    if (event.error !== null) {
      if (event.error.code !== 'cancelled') reportError({ toasts, t }, event.error);
      return;
    }
    const [problem] = event.problems;
    toasts.show(
      problem === undefined
        ? { tone: 'plain', message: t('gallery.export.done', { count: event.written, path: event.path }) }
        : { tone: 'error', title: t('gallery.export.partly', { count: event.problems.length }), message: `${problem.file}: ${problem.reason}` },
    );
    stores.browser.library.refresh();
  };
}

export function createGalleryCommands(deps: GalleryDeps): GalleryCommands {
  const guard: Guard = (work) => {
    work.catch((caught: unknown) => { reportError(deps, caught); });
  };
  const compareWith = (ids: readonly ImageId[]): void => {
    guard(
      Promise.all(ids.map((imageId) => deps.api.request('gallery.get', { imageId }))).then((images) => { deps.stores.browser.view.open({ kind: 'compare', images }); }),
    );
  };
  return {
    ...browsingCommands(deps, guard),
    ...markingCommands(deps, guard),
    ...trashCommands(deps, guard),
    ...collectionCommands(deps, guard),
    ...recipeCommands(deps, guard),
    ...sendingCommands(deps, guard),
    hear: news(deps, compareWith),
  };
}
