import { boxOf, type Box, type GridLayout } from './grid-layout';

export const MOVES = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown'] as const;
export type Move = (typeof MOVES)[number];

export const isMove = (key: string): key is Move => (MOVES as readonly string[]).includes(key);

export interface Focus {
  readonly index: number;
  /** Where going up and down wants to stay, pixels from the left; null after any other move. */
  readonly goalX: number | null;
}

const centreOf = ({ x, width }: Box): number => x + width / 2;

function nearestIn(layout: GridLayout, row: number, goalX: number): number {
  const boxes = layout.boxesOf(row);
  const distance = (box: Box): number => Math.abs(centreOf(box) - goalX);
  return boxes.reduce((best, box) => (distance(box) < distance(best) ? box : best), boxes[0] ?? { index: 0, x: 0, y: 0, width: 0, height: 0 }).index;
}

/** Where a key leads from `from`; `page` is the height of the view in pixels. The grid must not be empty. */
export function moveFocus(layout: GridLayout, from: Focus, { key, page }: { readonly key: Move; readonly page: number }): Focus {
  const last = layout.count - 1;
  const index = Math.min(last, Math.max(0, from.index));
  const box = boxOf(layout, index);
  const row = layout.rowOf(index);
  const goalX = from.goalX ?? centreOf(box);
  const toRow = (wanted: number): Focus => {
    const next = Math.min(layout.rowCount - 1, Math.max(0, wanted));
    return next === row ? { index, goalX } : { index: nearestIn(layout, next, goalX), goalX };
  };
  switch (key) {
    case 'ArrowLeft':
      return { index: Math.max(0, index - 1), goalX: null };
    case 'ArrowRight':
      return { index: Math.min(last, index + 1), goalX: null };
    case 'ArrowUp':
      return toRow(row - 1);
    case 'ArrowDown':
      return toRow(row + 1);
    case 'PageUp':
      return toRow(Math.min(row - 1, layout.rowAt(box.y - page + box.height)));
    case 'PageDown':
      return toRow(Math.max(row + 1, layout.rowAt(box.y + page - box.height)));
    case 'Home':
      return { index: 0, goalX: null };
    case 'End':
      return { index: last, goalX: null };
  }
}
