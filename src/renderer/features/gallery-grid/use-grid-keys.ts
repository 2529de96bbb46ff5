import { useRef, type KeyboardEvent } from 'react';
import { isLabelKey, LABEL_KEYS, matchGalleryShortcut, STAR_KEYS, type GalleryShortcutId } from '../../commands/gallery-shortcuts';
import { COLUMNS } from '../../stores/gallery-view';
import { useStudio, type StudioContextValue } from '../../studio-context';
import type { GridLayout } from './kernels/grid-layout';
import { isMove, moveFocus, type Focus } from './kernels/move-focus';

/** What the keys beside the moving ones do; true = done. */
function runShortcut({ stores, browse, edit, commands }: StudioContextValue, id: GalleryShortcutId): boolean {
  const { selection, view, window } = stores.browser;
  const { focusIndex, selected } = selection.getState();
  const image = window.imageAt(focusIndex);
  const { columns, isDetailsOpen } = view.getState();
  const withImage = (run: (found: NonNullable<typeof image>) => void) => (): void => { if (image !== null) run(image); };
  const actions: Record<GalleryShortcutId, (() => void) | null> = {
    view: () => { browse.view(focusIndex); },
    open: () => { browse.view(focusIndex); },
    selectAll: () => { browse.selectAll(); },
    clear: selected.size === 0 ? null : () => { selection.clear(); },
    trash: () => { browse.trash(); },
    compare: () => { browse.compare(); },
    edit: withImage((found) => { edit.openImage(found); }),
    use: withImage((found) => { browse.recallImage(found); }),
    copy: withImage((found) => { commands.copy(found); }),
    details: () => { view.update({ isDetailsOpen: !isDetailsOpen }); },
    search: null,
    larger: () => { view.update({ columns: Math.max(COLUMNS.min, columns - 1) }); },
    smaller: () => { view.update({ columns: Math.min(COLUMNS.max, columns + 1) }); },
  };
  actions[id]?.();
  return actions[id] !== null;
}

function runMarkKey({ stores, browse }: StudioContextValue, key: string): boolean {
  const stars = STAR_KEYS.find((star) => star === key);
  if (stars !== undefined) {
    // The keys are the digits 0 to 5.
    browse.mark({ rating: Number(stars) as 0 | 1 | 2 | 3 | 4 | 5 });
    return true;
  }
  if (!isLabelKey(key)) return false;
  const label = LABEL_KEYS[key];
  const current = stores.browser.window.imageAt(stores.browser.selection.getState().focusIndex)?.marks.label;
  browse.mark({ label: current === label ? null : label });
  return true;
}

/** The grid's keys: moving, choosing, marking, and the shortcuts. */
export function useGridKeys(layout: GridLayout, page: number): (event: KeyboardEvent) => void {
  const studio = useStudio();
  const goalX = useRef<number | null>(null);

  const move = (event: KeyboardEvent): boolean => {
    if (!isMove(event.key) || layout.count === 0) return false;
    const { selection } = studio.stores.browser;
    const from: Focus = { index: selection.getState().focusIndex, goalX: goalX.current };
    const next = moveFocus(layout, from, { key: event.key, page });
    goalX.current = next.goalX;
    if (event.shiftKey) studio.browse.extendTo(next.index);
    else if (event.ctrlKey || event.metaKey) selection.focus(next.index);
    else selection.choose(next.index);
    return true;
  };

  return (event) => {
    const hasMod = event.ctrlKey || event.metaKey;
    const { selection } = studio.stores.browser;
    const isToggle = event.key === ' ' && hasMod;
    if (isToggle) selection.toggle(selection.getState().focusIndex);
    const id = isToggle ? null : matchGalleryShortcut(event);
    const isDone = isToggle || move(event) || (!hasMod && !event.altKey && runMarkKey(studio, event.key)) || (id !== null && runShortcut(studio, id));
    if (!isDone) return;
    if (!isMove(event.key)) goalX.current = null;
    event.preventDefault();
    event.stopPropagation();
  };
}
