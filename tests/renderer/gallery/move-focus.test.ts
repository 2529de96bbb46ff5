import { describe, expect, it } from 'vitest';
import { justifiedLayout } from '../../../src/renderer/features/gallery-grid/kernels/justified-layout';
import { moveFocus, type Focus, type Move } from '../../../src/renderer/features/gallery-grid/kernels/move-focus';
import { squareLayout } from '../../../src/renderer/features/gallery-grid/kernels/square-layout';

const grid = squareLayout({ count: 23, width: 500, columns: 5, gap: 0 });

const after = (from: number, ...keys: Move[]): number => keys.reduce<Focus>((focus, key) => moveFocus(grid, focus, { key, page: 200 }), { index: from, goalX: null }).index;

describe('moving through the grid', () => {
  it('goes left and right across the rows and stops at the ends', () => {
    expect([after(4, 'ArrowRight'), after(5, 'ArrowLeft'), after(0, 'ArrowLeft'), after(22, 'ArrowRight')]).toEqual([5, 4, 0, 22]);
  });

  it('goes up and down by a row and stays where there is none', () => {
    expect([after(7, 'ArrowDown'), after(7, 'ArrowUp'), after(2, 'ArrowUp'), after(21, 'ArrowDown')]).toEqual([12, 2, 2, 21]);
  });

  it('comes back to its column after a short last row', () => {
    expect([after(19, 'ArrowDown'), after(19, 'ArrowDown', 'ArrowUp')]).toEqual([22, 19]);
  });

  it('jumps by a page, to the first and to the last', () => {
    expect([after(1, 'PageDown'), after(11, 'PageUp'), after(1, 'PageUp'), after(7, 'End'), after(7, 'Home')]).toEqual([6, 6, 1, 22, 0]);
  });

  it('moves at least a row when a single picture is higher than the view', () => {
    expect(moveFocus(squareLayout({ count: 9, width: 500, columns: 1, gap: 0 }), { index: 3, goalX: null }, { key: 'PageDown', page: 300 }).index).toBe(4);
  });

  it('picks the nearest picture above and below among other shapes', () => {
    const rows = justifiedLayout({ aspects: Uint16Array.from([256, 512, 256, 768, 256]), width: 400, rowHeight: 100, gap: 0 });
    expect([0, 1, 2].map((index) => moveFocus(rows, { index, goalX: null }, { key: 'ArrowDown', page: 200 }).index)).toEqual([3, 3, 4]);
  });

  it('starts again inside when the grid has become shorter', () => {
    expect(moveFocus(grid, { index: 90, goalX: null }, { key: 'ArrowLeft', page: 200 }).index).toBe(21);
  });
});
