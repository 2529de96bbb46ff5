import type { PixelSize } from '../../../shared/resize/size-target';
import type { TileBox } from '../../../shared/resize/tile-grid';
import { BLEED, bleedColours } from '../image/bleed';
import { maxSample, type PixelSource, type Samples } from '../image/raster-file';
import type { Planes } from '../models/vae';

/** What a network wants of its tiles. */
export interface TileGeometry {
  /** Source pixels that it sees around those it keeps. */
  readonly context: number;
  /** Both sides must be divisible by this. */
  readonly multipleOf: number;
  /** Pixels a side that every tile must have, context included, where the export fixed them. */
  readonly fixedSide: number | null;
}

/** The source pixels that one run of a network sees; beyond the picture by reflection. */
export interface TileWindow extends PixelSize {
  /** Source column of each column, source row of each row. */
  readonly columns: Int32Array;
  readonly rows: Int32Array;
  /** The part of the source that was read, interleaved, hidden colours replaced. */
  readonly box: TileBox;
  readonly samples: Samples;
  readonly source: Pick<PixelSource, 'channels' | 'depth'>;
}

/** Positions folded back into the picture: what lies beyond an edge mirrors what lies before it. */
function folded(start: number, count: number, length: number): Int32Array {
  const period = Math.max(1, 2 * (length - 1));
  return Int32Array.from({ length: count }, (_, i) => {
    const position = Math.abs(start + i) % period;
    return position < length ? position : period - position;
  });
}

/** Least and largest with a margin, inside the picture. */
function span(positions: Int32Array, length: number, margin: number): { readonly start: number; readonly size: number } {
  const start = Math.max(0, positions.reduce((a, b) => Math.min(a, b)) - margin);
  return { start, size: Math.min(length, positions.reduce((a, b) => Math.max(a, b)) + 1 + margin) - start };
}

/** @param kept the pixels that will be kept of the result */
export function readWindow(source: PixelSource, kept: TileBox, { context, multipleOf, fixedSide }: TileGeometry): TileWindow {
  const side = (length: number): number => fixedSide ?? Math.ceil((length + 2 * context) / multipleOf) * multipleOf;
  const columns = folded(kept.x - context, side(kept.width), source.width);
  const rows = folded(kept.y - context, side(kept.height), source.height);
  const margin = source.channels % 2 === 0 ? BLEED : 0;
  const across = span(columns, source.width, margin);
  const down = span(rows, source.height, margin);
  const box = { x: across.start, y: down.start, width: across.size, height: down.size };
  const samples = bleedColours(source.read(box), { width: box.width, height: box.height, format: source });
  return { width: columns.length, height: rows.length, columns, rows, box, samples, source };
}

/** Three planes in [0, 1] of the channels named; a grey picture gives the same plane three times. */
function planesOf({ width, height, columns, rows, box, samples, source }: TileWindow, channels: readonly [number, number, number]): Planes {
  const area = width * height;
  const data = new Float32Array(3 * area);
  const unit = 1 / maxSample(source);
  const [first, second, third] = channels;
  for (let y = 0, to = 0; y < height; y += 1) {
    const row = ((rows[y] ?? 0) - box.y) * box.width - box.x;
    for (let x = 0; x < width; x += 1, to += 1) {
      const from = (row + (columns[x] ?? 0)) * source.channels;
      data[to] = (samples[from + first] ?? 0) * unit;
      data[area + to] = (samples[from + second] ?? 0) * unit;
      data[2 * area + to] = (samples[from + third] ?? 0) * unit;
    }
  }
  return { channels: 3, width, height, data };
}

export const colourPlanes = (window: TileWindow): Planes => planesOf(window, window.source.channels < 3 ? [0, 0, 0] : [0, 1, 2]);

/** The alpha channel as three equal planes; null where it is the same everywhere in the window. */
export function alphaPlanes(window: TileWindow): Planes | null {
  const { channels } = window.source;
  const last = channels - 1;
  const planes = planesOf(window, [last, last, last]);
  const first = planes.data[0];
  return planes.data.every((value) => value === first) ? null : planes;
}
