import type { PixelSize } from '../../../shared/resize/size-target';
import { maxSample, newSamples, type PixelSource, type Samples } from './raster-file';

/** Corner of a tile in the picture. */
export interface TilePlace {
  readonly x: number;
  readonly y: number;
}

/** RGB of 8 bits, as large as a tile also where it reaches beyond the picture. */
export interface TilePixels extends PixelSource {
  close(): void;
}

export interface DrawnTile extends TilePlace {
  /** Opened when its first row is due, so that no more than two rows of tiles are open at once. */
  open(): TilePixels;
}

interface TileSizes {
  readonly tile: number;
  readonly overlap: number;
}

/** Starts of tiles along one side: evenly spread, so that the last one ends with the picture where it can. */
function starts(length: number, { tile, overlap }: TileSizes): readonly number[] {
  if (length <= tile) return [0];
  const count = Math.ceil((length - overlap) / (tile - overlap));
  return Array.from({ length: count }, (_, i) => Math.round(((length - tile) * i) / (count - 1)));
}

/** Corners of the tiles that cover a picture with at least the overlap, row by row. */
export const creativeGrid = (size: PixelSize, sizes: TileSizes): readonly TilePlace[] =>
  starts(size.height, sizes).flatMap((y) => starts(size.width, sizes).map((x) => ({ x, y })));

/** Weight along one side of a tile: rises over the overlap, stays 1, falls. */
function ramp({ tile, overlap }: TileSizes): Float32Array {
  return Float32Array.from({ length: tile }, (_, i) => Math.min(1, (i + 0.5) / overlap, (tile - i - 0.5) / overlap));
}

/** Grey by the eye's weights (ITU-R BT.601). */
const luma = (r: number, g: number, b: number): number => 0.299 * r + 0.587 * g + 0.114 * b;

/** Adds one tile's row, weighted, to the sums of a picture's row. */
function addRow({ sums, weights }: { readonly sums: Float32Array; readonly weights: Float32Array }, { tile, pixels, y, width, profile }: { readonly tile: TilePlace; readonly pixels: PixelSource; readonly y: number; readonly width: number; readonly profile: Float32Array }): void {
  const line = y - tile.y;
  const samples = pixels.read({ x: 0, y: line, width: pixels.width, height: 1 });
  const down = profile[line] ?? 0;
  const end = Math.min(pixels.width, width - tile.x);
  for (let i = 0; i < end; i += 1) {
    const weight = (profile[i] ?? 0) * down;
    const at = tile.x + i;
    weights[at] = (weights[at] ?? 0) + weight;
    for (let c = 0; c < 3; c += 1) sums[3 * at + c] = (sums[3 * at + c] ?? 0) + (samples[3 * i + c] ?? 0) * weight;
  }
}

/** Rows of the source with its colours replaced by those of the tiles, blended where they overlap. */
export function* blendTiles(source: PixelSource, tiles: readonly DrawnTile[], sizes: TileSizes): Generator<Samples> {
  const { width, height, channels } = source;
  const profile = ramp(sizes);
  const sums = new Float32Array(width * 3);
  const weights = new Float32Array(width);
  const unit = maxSample(source) / 255;
  const isGrey = channels < 3;
  const opened = new Map<DrawnTile, TilePixels>();
  const addTiles = (y: number): void => {
    for (const tile of tiles) {
      const isDue = y >= tile.y && y < Math.min(height, tile.y + sizes.tile);
      if (!isDue) continue;
      const pixels = opened.get(tile) ?? tile.open();
      opened.set(tile, pixels);
      addRow({ sums, weights }, { tile, pixels, y, width, profile });
      if (y + 1 < Math.min(height, tile.y + sizes.tile)) continue;
      pixels.close();
      opened.delete(tile);
    }
  };
  for (let y = 0; y < height; y += 1) {
    sums.fill(0);
    weights.fill(0);
    addTiles(y);
    const old = channels % 2 === 0 ? source.read({ x: 0, y, width, height: 1 }) : null;
    const row = newSamples(source, width * channels);
    for (let x = 0, to = 0; x < width; x += 1, to += channels) {
      const factor = unit / (weights[x] ?? 1);
      const [r, g, b] = [(sums[3 * x] ?? 0) * factor, (sums[3 * x + 1] ?? 0) * factor, (sums[3 * x + 2] ?? 0) * factor];
      if (isGrey) row[to] = Math.round(luma(r, g, b));
      else {
        row[to] = Math.round(r);
        row[to + 1] = Math.round(g);
        row[to + 2] = Math.round(b);
      }
      if (old !== null) row[to + channels - 1] = old[to + channels - 1] ?? 0;
    }
    yield row;
  }
}
