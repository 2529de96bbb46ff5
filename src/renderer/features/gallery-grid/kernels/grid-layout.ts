/** Where one picture stands; CSS pixels from the upper left corner of the whole grid, whole numbers. */
export interface Box {
  readonly index: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Rows of boxes for any number of pictures. Everything is answered for one row at a time, so 100,000 cost no more than 100. */
export interface GridLayout {
  readonly count: number;
  readonly rowCount: number;
  /** Pixels from the top of the first row to the bottom of the last. */
  readonly height: number;
  rowOf(index: number): number;
  /** The row at `y`; the nearest one when `y` lies outside. 0 for an empty grid. */
  rowAt(y: number): number;
  boxesOf(row: number): readonly Box[];
}

export interface RowRange {
  readonly first: number;
  /** Included; smaller than `first` when there is no row. */
  readonly last: number;
}

/** The rows that a view of `height` pixels at `top` shows, and those within `reach` pixels above and below it. */
export function rowsInView(layout: GridLayout, view: { readonly top: number; readonly height: number }, reach = 0): RowRange {
  if (layout.count === 0) return { first: 0, last: -1 };
  return { first: layout.rowAt(view.top - reach), last: layout.rowAt(view.top + view.height + reach) };
}

/** The box of one picture. @throws RangeError when the index lies outside the grid. */
export function boxOf(layout: GridLayout, index: number): Box {
  const box = index < layout.count ? layout.boxesOf(layout.rowOf(index)).find((candidate) => candidate.index === index) : undefined;
  if (box === undefined) throw new RangeError(`Expected an index below ${String(layout.count)} but received ${String(index)}`);
  return box;
}
