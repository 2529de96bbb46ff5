import type { PixelSize } from './size-target';

/** A picture cut into tiles of nearly the same size: no narrow rest at the right and at the bottom. */
export interface TileGrid {
  readonly columns: number;
  readonly rows: number;
}

export interface TileBox extends PixelSize {
  readonly x: number;
  readonly y: number;
}

/** @param tile most pixels a side that one tile may keep */
export const tileGrid = ({ width, height }: PixelSize, tile: number): TileGrid => ({ columns: Math.ceil(width / tile), rows: Math.ceil(height / tile) });

/** First pixel of part `index` when `length` pixels are cut into `parts`. */
const startOf = (length: number, { parts, index }: { readonly parts: number; readonly index: number }): number => Math.floor((length * index) / parts);

/** The pixels that a tile keeps. */
export function tileBox({ width, height }: PixelSize, grid: TileGrid, at: { readonly column: number; readonly row: number }): TileBox {
  const x = startOf(width, { parts: grid.columns, index: at.column });
  const y = startOf(height, { parts: grid.rows, index: at.row });
  return {
    x,
    y,
    width: startOf(width, { parts: grid.columns, index: at.column + 1 }) - x,
    height: startOf(height, { parts: grid.rows, index: at.row + 1 }) - y,
  };
}
