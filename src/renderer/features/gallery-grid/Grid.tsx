import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { COLUMNS } from '../../stores/gallery-view';
import { useGallerySelection, useGalleryWindow, useStudio } from '../../studio-context';
import { useSize } from '../../ui/use-size';
import { GridMenu } from './GridMenu';
import { GridTile, tileId } from './GridTile';
import type { Box, GridLayout, RowRange } from './kernels/grid-layout';
import { baseOf } from './kernels/scroll-space';
import { useGridKeys } from './use-grid-keys';
import { useGridLayout } from './use-grid-layout';
import { useGridPointer } from './use-grid-pointer';
import { useTileFacts } from './use-tile-facts';
import { useScrollWindow } from './use-scroll-window';
import classes from './Grid.module.css';

const boxesIn = (layout: GridLayout, { first, last }: RowRange): readonly Box[] =>
  Array.from({ length: Math.max(0, Math.min(last, layout.rowCount - 1) - first + 1) }, (_, at) => layout.boxesOf(first + at)).flat();

/** Ctrl with the wheel: one column more or less for each notch. */
function useWheelColumns(element: HTMLElement | null): void {
  const { stores } = useStudio();
  useEffect(() => {
    if (element === null) return undefined;
    const { view } = stores.browser;
    const onWheel = (event: WheelEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.deltaY === 0) return;
      const columns = view.getState().columns + Math.sign(event.deltaY);
      if (columns >= COLUMNS.min && columns <= COLUMNS.max) view.update({ columns });
    };
    element.addEventListener('wheel', onWheel, { passive: true });
    return () => { element.removeEventListener('wheel', onWheel); };
  }, [element, stores]);
}

/** All pictures of the search, as many in a row as one likes; only those in sight exist. One tab stop, the keys move inside. */
export function Grid() {
  const { t } = useTranslation();
  const { stores } = useStudio();
  const { window, view } = stores.browser;
  // Pages come and go with the scrolling; the tiles read them by index.
  useGalleryWindow((state) => state.pages);
  const selected = useGallerySelection((state) => state.selected);
  const focusIndex = useGallerySelection((state) => state.focusIndex);
  const focusId = useGallerySelection((state) => state.focusId);
  const [element, setElement] = useState<HTMLDivElement | null>(null);
  const { width, height } = useSize(element);
  const layout = useGridLayout(width);
  const { range, height: spaceHeight, isFast, place, reveal, toTop } = useScrollWindow({
    layout,
    element,
    view: height,
    initialTop: view.getState().top,
    anchor: focusIndex,
    onLeave: (top) => { view.setState({ top }); },
  });
  const onKeyDown = useGridKeys(layout, height);
  const pointer = useGridPointer();
  const factsOf = useTileFacts();
  useWheelColumns(element);

  const boxes = boxesIn(layout, range);
  const [first, last] = [boxes[0]?.index ?? 0, boxes.at(-1)?.index ?? 0];
  useEffect(() => { if (!isFast) window.want(first, last); }, [first, last, isFast, window]);

  const query = useGalleryWindow((state) => state.query);
  const similar = useGalleryWindow((state) => state.similar);
  const shownSearch = useRef({ query, similar });
  useEffect(() => {
    if (shownSearch.current.query === query && shownSearch.current.similar === similar) return;
    shownSearch.current = { query, similar };
    toTop();
  }, [query, similar, toTop]);

  // The keys may lead out of sight. A mere change of the layout does not scroll.
  const shownFocus = useRef(focusIndex);
  useEffect(() => {
    if (shownFocus.current === focusIndex) return;
    shownFocus.current = focusIndex;
    reveal(focusIndex);
  }, [focusIndex, reveal]);

  const base = baseOf(boxes[0]?.y ?? 0);
  const isFocusDrawn = focusIndex >= first && focusIndex <= last && boxes.length > 0;
  return (
    <>
      <div
        ref={setElement}
        className={classes.scroller}
        role="listbox"
        aria-multiselectable="true"
        aria-label={t('gallery.grid.label')}
        aria-activedescendant={isFocusDrawn ? tileId(focusIndex) : undefined}
        tabIndex={0}
        data-picture-keys
        data-gallery-grid
        onKeyDown={onKeyDown}
        {...pointer.handlers}
      >
        <div className={classes.space} style={{ height: spaceHeight }} role="presentation">
          <div ref={place} className={classes.rows} role="presentation">
            {boxes.map((box) => {
              const image = window.imageAt(box.index);
              return (
                <GridTile
                  key={box.index}
                  index={box.index}
                  image={image}
                  x={box.x}
                  y={box.y - base}
                  width={box.width}
                  height={box.height}
                  total={layout.count}
                  {...factsOf(image)}
                  isSelected={image !== null && selected.has(image.id)}
                  isFocused={box.index === focusIndex && focusId !== null}
                  mayLoad={!isFast}
                />
              );
            })}
          </div>
        </div>
      </div>
      {/* Outside the grid, whose keys are not the menu's. */}
      {pointer.menu !== null && (
        <GridMenu
          place={pointer.menu}
          onClose={() => {
            pointer.closeMenu();
            element?.focus({ preventScroll: true });
          }}
        />
      )}
    </>
  );
}
