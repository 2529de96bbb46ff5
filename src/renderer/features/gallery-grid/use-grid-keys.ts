import { useRef, type KeyboardEvent } from 'react';
import { galleryRunsOf } from '../../commands/gallery-runs';
import { isLabelKey, LABEL_KEYS, matchGalleryShortcut, STAR_KEYS } from '../../commands/gallery-shortcuts';
import { useStudio, type StudioContextValue } from '../../studio-context';
import type { GridLayout } from './kernels/grid-layout';
import { isMove, moveFocus, type Focus } from './kernels/move-focus';

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
    const run = id === null ? undefined : galleryRunsOf(studio)[id];
    const isDone = isToggle || move(event) || (!hasMod && !event.altKey && runMarkKey(studio, event.key));
    if (!isDone && run === undefined) return;
    if (!isDone) run?.();
    if (!isMove(event.key)) goalX.current = null;
    event.preventDefault();
    event.stopPropagation();
  };
}
