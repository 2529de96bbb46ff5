import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxOf, rowsInView, type GridLayout } from '../../../src/renderer/features/gallery-grid/kernels/grid-layout';
import { justifiedLayout } from '../../../src/renderer/features/gallery-grid/kernels/justified-layout';
import { squareLayout } from '../../../src/renderer/features/gallery-grid/kernels/square-layout';

const aspectsOf = (shapes: readonly number[]): Uint16Array => Uint16Array.from(shapes, (shape) => Math.round(shape * 256));

const allBoxes = (layout: GridLayout) => Array.from({ length: layout.rowCount }, (_, row) => layout.boxesOf(row)).flat();

/** What holds for every grid: each picture once, in order, inside, beside its neighbour, and found again by index and place. */
function checkGrid(layout: GridLayout, width: number, gap: number): void {
  const boxes = allBoxes(layout);
  expect(boxes.map(({ index }) => index)).toEqual(Array.from({ length: layout.count }, (_, index) => index));
  for (const [at, box] of boxes.entries()) {
    const next = boxes[at + 1];
    if (box.x < 0 || box.x + box.width > width || box.y + box.height > layout.height) throw new Error(`picture ${String(at)} sticks out: ${JSON.stringify(box)} of ${String(width)}`);
    if (next !== undefined && next.y === box.y && next.x - (box.x + box.width) !== gap) throw new Error(`the gap after ${String(at)} is ${String(next.x - box.x - box.width)}`);
    if (next !== undefined && next.y !== box.y && next.y !== box.y + box.height + gap) throw new Error(`row after ${String(at)} starts at ${String(next.y)}`);
    if (boxOf(layout, at).x !== box.x || layout.rowAt(box.y) !== layout.rowOf(at) || layout.rowAt(box.y + box.height - 1) !== layout.rowOf(at)) throw new Error(`picture ${String(at)} is not found again`);
  }
}

describe('squareLayout', () => {
  it('shares the width between the columns to the pixel', () => {
    expect(squareLayout({ count: 4, width: 101, columns: 3, gap: 4 }).boxesOf(0)).toEqual([
      { index: 0, x: 0, y: 0, width: 31, height: 31 },
      { index: 1, x: 35, y: 0, width: 31, height: 31 },
      { index: 2, x: 70, y: 0, width: 31, height: 31 },
    ]);
  });

  it('holds for any size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 60, max: 3000 }), fc.integer({ min: 1, max: 12 }), (count, width, columns) => {
        checkGrid(squareLayout({ count, width, columns, gap: 4 }), width, 4);
      }),
    );
  });

  it('knows rows in view without looking at the others', () => {
    const layout = squareLayout({ count: 100_000, width: 1000, columns: 4, gap: 8 });
    expect(layout).toMatchObject({ rowCount: 25_000, height: 25_000 * 252 - 8 });
    expect(rowsInView(layout, { top: 252 * 100, height: 500 })).toEqual({ first: 100, last: 101 });
    expect(rowsInView(layout, { top: 252 * 100, height: 500 }, 252)).toEqual({ first: 99, last: 102 });
    expect(rowsInView(squareLayout({ count: 0, width: 1000, columns: 4, gap: 8 }), { top: 0, height: 500 })).toEqual({ first: 0, last: -1 });
  });
});

describe('justifiedLayout', () => {
  it('gives every picture of a row the same height and fills the width', () => {
    const layout = justifiedLayout({ aspects: aspectsOf([1, 2, 1, 1.5, 1.5]), width: 408, rowHeight: 100, gap: 4 });
    expect(layout.boxesOf(0)).toEqual([
      { index: 0, x: 0, y: 0, width: 100, height: 100 },
      { index: 1, x: 104, y: 0, width: 200, height: 100 },
      { index: 2, x: 308, y: 0, width: 100, height: 100 },
    ]);
    // The last row is not full: its pictures keep the wanted height.
    expect(layout.boxesOf(1)).toEqual([
      { index: 3, x: 0, y: 104, width: 150, height: 100 },
      { index: 4, x: 154, y: 104, width: 150, height: 100 },
    ]);
  });

  it('holds for any shapes', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.05, max: 12, noNaN: true }), { maxLength: 150 }), fc.integer({ min: 300, max: 3000 }), fc.integer({ min: 40, max: 700 }), (shapes, width, rowHeight) => {
        const layout = justifiedLayout({ aspects: aspectsOf(shapes), width, rowHeight, gap: 4 });
        checkGrid(layout, width, 4);
        for (let row = 0; row < layout.rowCount - 1; row++) {
          const last = layout.boxesOf(row).at(-1);
          expect((last?.x ?? 0) + (last?.width ?? 0)).toBe(width);
        }
      }),
    );
  });

  it('lays 100,000 pictures out within a frame or two', () => {
    const aspects = Uint16Array.from({ length: 100_000 }, (_, index) => [256, 384, 171, 455][index % 4] ?? 256);
    const started = performance.now();
    const layout = justifiedLayout({ aspects, width: 1400, rowHeight: 200, gap: 4 });
    // Generous for a busy machine; alone it takes about 5 ms.
    expect(performance.now() - started).toBeLessThan(200);
    expect(layout.rowOf(99_999)).toBe(layout.rowCount - 1);
  });
});
