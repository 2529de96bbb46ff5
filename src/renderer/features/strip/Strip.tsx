import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState, type RefObject, type WheelEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { reportError } from '../../commands/commands';
import { indexOfSelection, selectionOf, stripItems } from '../../stores/strip-items';
import { useGallery, useJobs, useStudio, useView } from '../../studio-context';
import { toasts } from '../../ui/notify';
import { StripTile } from './StripTile';
import classes from './Strip.module.css';

const GAP = 8;
/** The next page is asked for this many tiles before the end. */
const AHEAD = 12;

/** Height of the element in pixels, followed through every change of the window. */
function useHeight(element: RefObject<HTMLElement | null>): number {
  const [height, setHeight] = useState(0);
  useEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    const observer = new ResizeObserver(() => { setHeight(current.clientHeight); });
    observer.observe(current);
    return () => { observer.disconnect(); };
  }, [element]);
  return height;
}

/** A plain wheel turns along the strip. */
function scrollSideways(event: WheelEvent<HTMLElement>): void {
  if (event.deltaX === 0) event.currentTarget.scrollLeft += event.deltaY;
}

/** Everything made so far, newest at the left; only the tiles in sight exist. One tab stop, arrows move. */
export function Strip() {
  const { t } = useTranslation();
  const { stores } = useStudio();
  const jobs = useJobs((state) => state.jobs);
  const images = useGallery((state) => state.images);
  const isLoaded = useGallery((state) => state.isLoaded);
  const selection = useView((state) => state.selection);
  const items = useMemo(() => stripItems(jobs, images), [jobs, images]);
  const scroller = useRef<HTMLDivElement>(null);
  const side = useHeight(scroller);
  const selected = indexOfSelection(items, selection);

  // eslint-disable-next-line react-hooks/incompatible-library -- no compiler memoizes this component, and the virtualizer stays inside it
  const virtualizer = useVirtualizer({
    count: items.length,
    horizontal: true,
    getScrollElement: () => scroller.current,
    estimateSize: () => side,
    getItemKey: (index) => {
      const item = items[index];
      return item === undefined ? index : selectionOf(item).id;
    },
    gap: GAP,
    paddingStart: 12,
    paddingEnd: 12,
    overscan: 6,
  });
  // Tiles are squares as high as the strip.
  useEffect(() => { virtualizer.measure(); }, [side, virtualizer]);
  const tiles = virtualizer.getVirtualItems();
  const last = tiles.at(-1)?.index ?? -1;

  useEffect(() => {
    if (isLoaded && last >= items.length - AHEAD)
      stores.gallery.loadMore().catch((caught: unknown) => { reportError({ toasts, t }, caught); });
  }, [isLoaded, last, items.length, stores, t]);

  useEffect(() => {
    if (selected < 0) return;
    virtualizer.scrollToIndex(selected, { align: 'auto' });
    const element = scroller.current;
    // Keyboard users stay on the tile they chose; nobody else's focus is taken.
    if (element?.contains(document.activeElement) === true)
      requestAnimationFrame(() => { element.querySelector<HTMLElement>('[aria-current="true"]')?.focus({ preventScroll: true }); });
  }, [selected, virtualizer]);

  return (
    <section className={classes.strip} aria-label={t('strip.label')} data-picture-keys>
      {items.length === 0 && isLoaded && <p className={classes.empty}>{t('strip.empty')}</p>}
      <div ref={scroller} className={classes.scroller} onWheel={scrollSideways}>
        <ul className={classes.list} style={{ width: virtualizer.getTotalSize() }}>
          {tiles.map((tile) => {
            const item = items[tile.index];
            return item === undefined ? null : (
              <li
                key={tile.key}
                className={classes.item}
                style={{ width: tile.size, transform: `translateX(${String(tile.start)}px)` }}
                aria-setsize={items.length}
                aria-posinset={tile.index + 1}
              >
                <StripTile item={item} index={tile.index} isSelected={tile.index === selected} isTabStop={tile.index === Math.max(0, selected)} />
              </li>
            );
          })}
        </ul>
      </div>
    </section>
  );
}
