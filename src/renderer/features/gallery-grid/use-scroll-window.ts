import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type RefCallback } from 'react';
import type { GridLayout, RowRange } from './kernels/grid-layout';
import { scrollSpace } from './kernels/scroll-space';
import { NO_ROWS, PADDING, Scroller } from './scroller';

/** Pixels a millisecond: a dragged scroll bar, at which nobody could see a picture. */
const FAST = 15;
/** So long after the last movement a fast scroll has ended. */
const REST_MS = 90;
const LINE_PIXELS = 40;

export interface ScrollWindow {
  /** The rows to draw. */
  readonly range: RowRange;
  /** Height of the element inside the scroller, pixels. */
  readonly height: number;
  /** While true no picture is asked for. */
  readonly isFast: boolean;
  /** The element that holds the rows; these stand in it from the base of the first one (`baseOf`). */
  readonly place: RefCallback<HTMLElement>;
  /** Scrolls as little as needed to show one picture. */
  reveal(index: number): void;
  toTop(): void;
}

export interface ScrollWindowOptions {
  readonly layout: GridLayout;
  readonly element: HTMLElement | null;
  /** Pixels in sight. */
  readonly view: number;
  readonly initialTop: number;
  /** The picture that stays where it is when the layout changes, if it is in sight. */
  readonly anchor: number;
  /** Told where the view stands when it goes. */
  onLeave(top: number): void;
}

interface MovementOptions {
  readonly element: HTMLElement | null;
  readonly scroller: Scroller;
  readonly isCompressed: boolean;
  /** Told after every movement. */
  follow(): void;
}

/** Listens to the scroll bar and the wheel; true while the view flies past. */
function useMovement({ element, scroller, isCompressed, follow }: MovementOptions): boolean {
  const [isFast, setFast] = useState(false);
  useEffect(() => {
    if (element === null) return undefined;
    let last = { top: scroller.top, time: performance.now() };
    let timer: ReturnType<typeof setTimeout> | undefined;
    const moved = (): void => {
      const now = { top: scroller.top, time: performance.now() };
      if (Math.abs(now.top - last.top) / Math.max(8, now.time - last.time) > FAST) setFast(true);
      last = now;
      clearTimeout(timer);
      timer = setTimeout(() => { setFast(false); }, REST_MS);
      follow();
    };
    const onScroll = (): void => { if (scroller.pull(element)) moved(); };
    const onWheel = (event: WheelEvent): void => {
      if (event.ctrlKey || event.metaKey) return;
      // The bar's pixels are too coarse for a wheel here.
      event.preventDefault();
      scroller.moveTo(scroller.top + event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PIXELS : 1), element);
      moved();
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    if (isCompressed) element.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      clearTimeout(timer);
      element.removeEventListener('scroll', onScroll);
      element.removeEventListener('wheel', onWheel);
    };
  }, [element, follow, isCompressed, scroller]);
  return isFast;
}

/** Draws only the rows in sight of a grid of any height. */
export function useScrollWindow({ layout, element, view, initialTop, anchor, onLeave }: ScrollWindowOptions): ScrollWindow {
  const [scroller] = useState(() => new Scroller(initialTop));
  const [range, setRange] = useState(NO_ROWS);
  const space = useMemo(() => scrollSpace(layout.height === 0 ? 0 : layout.height + 2 * PADDING, view), [layout, view]);
  const latest = useRef({ anchor, onLeave });
  useLayoutEffect(() => { latest.current = { anchor, onLeave }; });

  const follow = useCallback(() => {
    const rows = scroller.wanted();
    if (element !== null) scroller.settle(element);
    setRange((before) => (before.first === rows.first && before.last === rows.last ? before : rows));
  }, [element, scroller]);

  // Before the paint: another layout, its scroll bar and its rows in one step.
  useLayoutEffect(() => {
    if (element === null || view === 0) return;
    scroller.fit({ layout, space, view }, latest.current.anchor);
    scroller.push(element);
    follow();
  }, [element, follow, layout, scroller, space, view]);
  useLayoutEffect(() => {
    scroller.drawn = range;
    if (element !== null) scroller.settle(element);
  }, [element, layout, range, scroller]);

  const isFast = useMovement({ element, scroller, isCompressed: space.isCompressed, follow });
  useEffect(() => () => { latest.current.onLeave(scroller.top); }, [scroller]);

  const place = useCallback((rows: HTMLElement | null) => { scroller.hold(rows); }, [scroller]);
  const reveal = useCallback(
    (index: number) => {
      if (element === null) return;
      scroller.reveal(index, element);
      follow();
    },
    [element, follow, scroller],
  );
  const toTop = useCallback(() => {
    if (element === null) return;
    scroller.moveTo(0, element);
    follow();
  }, [element, follow, scroller]);
  return { range, height: space.physicalHeight, isFast, place, reveal, toTop };
}
