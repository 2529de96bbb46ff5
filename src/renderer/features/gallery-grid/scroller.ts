import { boxOf, rowsInView, type GridLayout, type RowRange } from './kernels/grid-layout';
import { baseOf, revealTop, type ScrollSpace } from './kernels/scroll-space';

/** Pixels around the whole grid. */
export const PADDING = 12;
/** Rows are drawn this share of the view above and below it. */
const REACH = 0.5;

export interface Fit {
  readonly layout: GridLayout;
  readonly space: ScrollSpace;
  /** Pixels in sight. */
  readonly view: number;
}

export const NO_ROWS: RowRange = { first: 0, last: -1 };

/**
 * Where the view of a grid stands: everything that moves with each pixel, kept outside React, which hears only of other
 * rows. `top` counts in the grid's own pixels from above its padding; the scroll bar may be coarser.
 */
export class Scroller {
  top: number;
  /** The rows that are drawn. */
  drawn: RowRange = NO_ROWS;
  #fit: Fit | null = null;
  #rows: HTMLElement | null = null;
  #ownScrollTop = -1;

  constructor(top: number) {
    this.top = top;
  }

  /** Another layout or view: the picture `anchor`, or else the first one in sight, keeps its place on the screen. */
  fit(next: Fit, anchor: number): void {
    const before = this.#fit;
    if (before !== null && before.layout !== next.layout && this.top > 0 && before.layout.count > 0 && next.layout.count > 0) {
      const index = this.#isInSight(before, anchor) ? anchor : (before.layout.boxesOf(before.layout.rowAt(this.top))[0]?.index ?? 0);
      const [was, is] = [boxOf(before.layout, index), boxOf(next.layout, Math.min(index, next.layout.count - 1))];
      this.top += is.y + is.height / 2 - (was.y + was.height / 2);
    }
    this.#fit = next;
    this.top = Math.round(next.space.clamp(this.top));
  }

  #isInSight({ layout, view }: Fit, index: number): boolean {
    if (index >= layout.count) return false;
    const { y, height } = boxOf(layout, index);
    return y + PADDING < this.top + view && y + height + PADDING > this.top;
  }

  /** The rows that should be drawn. */
  wanted(): RowRange {
    if (this.#fit === null) return NO_ROWS;
    const { layout, view } = this.#fit;
    return rowsInView(layout, { top: this.top - PADDING, height: view }, view * REACH);
  }

  /** The element that holds the drawn rows, which stand in it from the base of the first one (`baseOf`). */
  hold(rows: HTMLElement | null): void {
    this.#rows = rows;
  }

  /** Puts the drawn rows where the view expects them. */
  settle(element: HTMLElement): void {
    if (this.#rows === null || this.#fit === null || this.drawn.last < this.drawn.first) return;
    const { layout, space } = this.#fit;
    const base = baseOf(layout.boxesOf(this.drawn.first)[0]?.y ?? 0);
    const shift = space.isCompressed ? element.scrollTop - this.top : 0;
    this.#rows.style.transform = `translateY(${String(Math.round(base + PADDING + shift))}px)`;
  }

  /** Moves the scroll bar to where the view is. */
  push(element: HTMLElement): void {
    if (this.#fit === null) return;
    element.scrollTop = this.#fit.space.toPhysical(this.top);
    this.#ownScrollTop = element.scrollTop;
  }

  /** Follows the scroll bar; false when it only did what `push` asked for. */
  pull(element: HTMLElement): boolean {
    if (this.#fit === null || element.scrollTop === this.#ownScrollTop) return false;
    this.#ownScrollTop = -1;
    const { space } = this.#fit;
    this.top = space.clamp(space.toVirtual(element.scrollTop));
    return true;
  }

  moveTo(top: number, element: HTMLElement): void {
    if (this.#fit === null) return;
    this.top = Math.round(this.#fit.space.clamp(top));
    this.push(element);
  }

  /** Scrolls as little as needed to show one picture. */
  reveal(index: number, element: HTMLElement): void {
    if (this.#fit === null || index >= this.#fit.layout.count) return;
    const { y, height } = boxOf(this.#fit.layout, index);
    const top = revealTop(this.top, { y: y + PADDING, height }, { height: this.#fit.view, margin: PADDING });
    if (top !== this.top) this.moveTo(top, element);
  }
}
