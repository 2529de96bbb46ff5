import { COLUMNS } from '../stores/gallery-view';
import type { GalleryShortcutId } from './gallery-shortcuts';
import type { Actors, Runs } from './runs';

/** The field of the gallery's search. */
export const SEARCH_INPUT = 'gallery-search';

function focusSearch(): void {
  // The field may only now be drawn.
  requestAnimationFrame(() => document.querySelector<HTMLInputElement>(`#${SEARCH_INPUT}`)?.select());
}

/** What the gallery's keys mean just now; nothing before the gallery was first opened. */
export function galleryRunsOf({ stores, browse, edit, commands }: Actors): Runs<GalleryShortcutId> {
  const { selection, view, window } = stores.browser;
  const { total } = window.getState();
  const { focusIndex, selected } = selection.getState();
  const { columns, isDetailsOpen, place } = view.getState();
  if (total === null || place === 'trash') return {};
  const image = window.imageAt(focusIndex);
  return {
    search: focusSearch,
    details: () => { view.update({ isDetailsOpen: !isDetailsOpen }); },
    ...(columns > COLUMNS.min && { larger: () => { view.update({ columns: columns - 1 }); } }),
    ...(columns < COLUMNS.max && { smaller: () => { view.update({ columns: columns + 1 }); } }),
    ...(total > 0 && { selectAll: () => { browse.selectAll(); } }),
    ...(selected.size > 0 && { clear: () => { selection.clear(); }, compare: () => { browse.compare(); } }),
    ...(image !== null && {
      view: () => { browse.view(focusIndex); },
      open: () => { browse.view(focusIndex); },
      trash: () => { browse.trash(); },
      edit: () => { edit.openImage(image); },
      copy: () => { commands.copy(image); },
    }),
    ...((image?.recipe ?? image?.foreign) != null && image !== null && { use: () => { browse.recallImage(image); } }),
  };
}
