import { ASPECT_SCALE } from '../../../../shared/gallery';
import type { Box, GridLayout } from './grid-layout';

/** Beyond these a picture is cut, so that one panorama cannot flatten its whole row. */
const ASPECT = { min: 0.4, max: 3.5 } as const;

export interface JustifiedOptions {
  /** One for each picture, in the order of the grid, times ASPECT_SCALE. */
  readonly aspects: Uint16Array;
  /** Pixels of the whole grid. */
  readonly width: number;
  /** Pixels a row would like to be high. */
  readonly rowHeight: number;
  readonly gap: number;
}

interface Rows {
  /** First picture of each row, and the number of pictures at the end. */
  readonly firsts: Uint32Array;
  /** Top of each row, and the end of the last row's gap. */
  readonly tops: Uint32Array;
}

const clampAspect = (value: number): number => Math.min(ASPECT.max, Math.max(ASPECT.min, value / ASPECT_SCALE));

/**
 * Fills rows from the left until the pictures, all equally high, reach the right edge; that decides the row's height.
 * A row ends where its height comes closest to the wanted one; the last row is not stretched beyond that.
 */
function breakRows({ aspects, width, rowHeight, gap }: JustifiedOptions): Rows {
  const count = aspects.length;
  const firsts = new Uint32Array(count + 1);
  const tops = new Uint32Array(count + 1);
  let row = 0;
  let first = 0;
  let sum = 0;
  /** Height of a row of so many pictures with these aspects in sum. */
  const heightFor = (pictures: number, aspect: number): number => (width - gap * (pictures - 1)) / aspect;
  const close = (end: number, height: number): void => {
    tops[row + 1] = (tops[row] ?? 0) + Math.max(1, Math.round(height)) + gap;
    row += 1;
    firsts[row] = end;
    first = end;
    sum = 0;
  };
  for (let index = 0; index < count; index++) {
    const aspect = clampAspect(aspects[index] ?? ASPECT_SCALE);
    const pictures = index - first;
    const without = heightFor(pictures, sum);
    // So far the row is higher than wanted; is it closer to that without this picture?
    if (pictures > 0 && without - rowHeight < rowHeight - heightFor(pictures + 1, sum + aspect)) close(index, without);
    sum += aspect;
    const height = heightFor(index - first + 1, sum);
    if (height <= rowHeight) close(index + 1, height);
  }
  if (first < count) close(count, Math.min(rowHeight, heightFor(count - first, sum)));
  return { firsts: firsts.slice(0, row + 1), tops: tops.slice(0, row + 1) };
}

/** The greatest position below `length` whose value is at most `value`; the values rise, the first one is at most `value`. */
function lastAtMost(values: Uint32Array, length: number, value: number): number {
  let low = 0;
  let high = Math.max(0, length - 1);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((values[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Rows of equal height, each as wide as the grid, every picture in its own shape. Linear in the number of pictures, once. */
export function justifiedLayout(options: JustifiedOptions): GridLayout {
  const { aspects, gap, width } = options;
  const { firsts, tops } = breakRows(options);
  const rowCount = tops.length - 1;
  const boxesOf = (row: number): readonly Box[] => {
    const [first = 0, end = 0] = [firsts[row], firsts[row + 1]];
    const [y = 0, next = 0] = [tops[row], tops[row + 1]];
    const height = next - y - gap;
    const shapes = Array.from(aspects.subarray(first, end), clampAspect);
    const full = (width - gap * (shapes.length - 1)) / shapes.reduce((sum, aspect) => sum + aspect, 0);
    // Pixels of width for an aspect of 1: what fills the row, but in a last row that is not full its own height.
    const scale = row === rowCount - 1 && full > height + 1 ? height : full;
    let passed = 0;
    return shapes.map((aspect, column): Box => {
      const x = Math.round(passed * scale) + column * gap;
      passed += aspect;
      return { index: first + column, x, y, width: Math.max(1, Math.round(passed * scale) + column * gap - x), height };
    });
  };
  return {
    count: aspects.length,
    rowCount,
    height: Math.max(0, (tops[rowCount] ?? 0) - gap),
    rowOf: (index) => lastAtMost(firsts, rowCount, index),
    rowAt: (y) => lastAtMost(tops, rowCount, y),
    boxesOf,
  };
}
