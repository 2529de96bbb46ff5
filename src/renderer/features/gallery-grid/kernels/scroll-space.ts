/**
 * A scroll bar over more pixels than a browser can hold. Blink keeps lengths as 32-bit numbers of 1/64 px (33.5 million
 * px at most) and moves layers with 32-bit floats, which are whole numbers only up to 2^24; so the element is never
 * higher than this, and beyond it one pixel of the bar stands for several of the grid.
 */
export const MAX_PHYSICAL_HEIGHT = 15_000_000;

export interface ScrollSpace {
  /** Height of the element inside the scroller, pixels. */
  readonly physicalHeight: number;
  readonly isCompressed: boolean;
  toPhysical(top: number): number;
  toVirtual(scrollTop: number): number;
  /** A top that shows no emptiness below the last row. */
  clamp(top: number): number;
}

/** `height`: pixels of the whole grid; `view`: pixels in sight. */
export function scrollSpace(height: number, view: number): ScrollSpace {
  const physicalHeight = Math.min(height, MAX_PHYSICAL_HEIGHT);
  const isCompressed = height > MAX_PHYSICAL_HEIGHT;
  const ratio = isCompressed ? (height - view) / (physicalHeight - view) : 1;
  return {
    physicalHeight,
    isCompressed,
    toPhysical: (top) => Math.round(top / ratio),
    toVirtual: (scrollTop) => Math.round(scrollTop * ratio),
    clamp: (top) => Math.max(0, Math.min(height - view, top)),
  };
}

/** Drawn rows are placed from here, pixels: it changes so seldom that a tile keeps its place while one scrolls on. */
const BASE_STEP = 32_768;

/** The height in the grid from which the rows around `y` are placed. */
export const baseOf = (y: number): number => Math.floor(y / BASE_STEP) * BASE_STEP;

/** The nearest top at which the box from `y` to `y + height` is wholly in sight, `margin` pixels from the edge. */
export function revealTop(top: number, box: { readonly y: number; readonly height: number }, view: { readonly height: number; readonly margin: number }): number {
  const low = box.y - view.margin;
  const high = box.y + box.height + view.margin - view.height;
  if (top > low) return low;
  return Math.max(top, Math.min(high, low));
}
