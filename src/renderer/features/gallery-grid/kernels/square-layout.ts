import type { Box, GridLayout } from './grid-layout';

export interface SquareOptions {
  readonly count: number;
  /** Pixels of the whole grid. */
  readonly width: number;
  readonly columns: number;
  readonly gap: number;
}

/** Equal squares. The pixel that does not divide goes into some columns' width, so that the right edge is straight. */
export function squareLayout({ count, width, columns, gap }: SquareOptions): GridLayout {
  const pitch = (width + gap) / columns;
  const side = Math.max(1, Math.floor(pitch - gap));
  const rowCount = Math.ceil(count / columns);
  const edge = (column: number): number => Math.round(column * pitch);
  return {
    count,
    rowCount,
    height: Math.max(0, rowCount * (side + gap) - gap),
    rowOf: (index) => Math.floor(index / columns),
    rowAt: (y) => Math.min(Math.max(0, rowCount - 1), Math.max(0, Math.floor(y / (side + gap)))),
    boxesOf: (row) => {
      const first = row * columns;
      return Array.from({ length: Math.max(0, Math.min(columns, count - first)) }, (_, column): Box => ({
        index: first + column,
        x: edge(column),
        y: row * (side + gap),
        width: Math.max(1, edge(column + 1) - gap - edge(column)),
        height: side,
      }));
    },
  };
}
