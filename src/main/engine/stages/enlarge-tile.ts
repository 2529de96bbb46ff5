import { StudioError } from '../../../shared/errors';
import type { TileBox } from '../../../shared/resize/tile-grid';
import { maxSample, newSamples, type PixelSource, type Samples } from '../image/raster-file';
import { runUpscaler, type Upscaler } from '../models/upscaler';
import type { Planes } from '../models/vae';
import { allFinite } from './finite';
import { alphaPlanes, colourPlanes, readWindow, type TileGeometry, type TileWindow } from './tile-window';

/** One tile, enlarged: the pixels of `box` in the enlarged picture. */
export interface EnlargedTile {
  readonly scale: number;
  readonly box: TileBox;
  readonly samples: Samples;
}

interface Placement {
  readonly planes: Planes;
  readonly scale: number;
  readonly context: number;
  readonly kept: TileBox;
  readonly channels: number;
}

function scaleOf(planes: Planes, window: TileWindow): number {
  const scale = planes.width / window.width;
  if (Number.isInteger(scale) && scale > 0 && planes.height === window.height * scale) return scale;
  throw new StudioError('model-invalid', `Expected the upscaler to give ${window.width} by ${window.height} pixels a whole number of times but received ${planes.width} by ${planes.height}: install another upscaler.`);
}

async function run(upscaler: Upscaler, tile: Planes): Promise<Planes> {
  const planes = await runUpscaler(upscaler, tile);
  if (allFinite(planes.data)) return planes;
  throw new StudioError('bad-output', 'The upscaler gave numbers that are no colours: choose another upscaler, or enlarge without one.');
}

/** Row by row: where the kept part of a plane begins, and where it goes. */
function* keptRows({ planes, scale, context, kept, channels }: Placement): Generator<{ readonly from: number; readonly to: number; readonly length: number }> {
  const length = kept.width * scale;
  for (let y = 0; y < kept.height * scale; y += 1) yield { from: (y + context * scale) * planes.width + context * scale, to: y * length * channels, length };
}

/** Clamps and rounds by the array itself, many times faster than a function per value. */
function placeRgb8(samples: Uint8Array, placement: Placement): void {
  const { planes, channels } = placement;
  const target = new Uint8ClampedArray(samples.buffer, samples.byteOffset, samples.length);
  const { data } = planes;
  const area = planes.width * planes.height;
  for (const { from, to, length } of keptRows(placement)) {
    for (let x = from, at = to; x < from + length; x += 1, at += channels) {
      target[at] = (data[x] ?? 0) * 255;
      target[at + 1] = (data[area + x] ?? 0) * 255;
      target[at + 2] = (data[2 * area + x] ?? 0) * 255;
    }
  }
}

function placeRgb16(samples: Uint16Array, placement: Placement): void {
  const { planes, channels } = placement;
  const { data } = planes;
  const area = planes.width * planes.height;
  for (const { from, to, length } of keptRows(placement)) {
    for (let x = from, at = to; x < from + length; x += 1, at += channels) {
      for (let c = 0; c < 3; c += 1) samples[at + c] = clamped(data[c * area + x] ?? 0, 65_535);
    }
  }
}

const clamped = (value: number, max: number): number => Math.round(Math.min(1, Math.max(0, value)) * max);

/** The mean of the three planes: a network may tint what was grey. */
function placeGrey(samples: Samples, placement: Placement & { readonly channel: number; readonly max: number }): void {
  const { planes, channels, channel, max } = placement;
  const { data } = planes;
  const area = planes.width * planes.height;
  for (const { from, to, length } of keptRows(placement)) {
    for (let x = 0, at = to + channel; x < length; x += 1, at += channels) {
      samples[at] = clamped(((data[from + x] ?? 0) + (data[area + from + x] ?? 0) + (data[2 * area + from + x] ?? 0)) / 3, max);
    }
  }
}

/** The alpha that a source pixel and its eight neighbours share, else null. */
function sharedAlpha({ samples, box, source }: TileWindow, x: number, y: number): number | null {
  const at = (column: number, row: number): number | undefined => samples[((row - box.y) * box.width + column - box.x) * source.channels + source.channels - 1];
  const own = at(x, y);
  for (let row = Math.max(box.y, y - 1); row <= Math.min(box.y + box.height - 1, y + 1); row += 1) {
    for (let column = Math.max(box.x, x - 1); column <= Math.min(box.x + box.width - 1, x + 1); column += 1) if (at(column, row) !== own) return null;
  }
  return own ?? null;
}

/** A network's white is not quite white: what was wholly opaque or transparent around stays exactly so. */
function settleAlpha(samples: Samples, window: TileWindow, { kept, scale, channels }: Placement): void {
  const max = maxSample(window.source);
  const stride = kept.width * scale * channels;
  for (let y = 0; y < kept.height; y += 1) {
    for (let x = 0; x < kept.width; x += 1) {
      const alpha = sharedAlpha(window, kept.x + x, kept.y + y);
      if (alpha !== 0 && alpha !== max) continue;
      for (let row = 0; row < scale; row += 1) {
        const start = (y * scale + row) * stride + x * scale * channels + channels - 1;
        for (let column = 0; column < scale; column += 1) samples[start + column * channels] = alpha;
      }
    }
  }
}

async function placeAlpha(samples: Samples, { upscaler, window, placement }: { readonly upscaler: Upscaler; readonly window: TileWindow; readonly placement: Placement }): Promise<void> {
  const { channels } = placement;
  const planes = alphaPlanes(window);
  if (planes === null) {
    const { box, samples: seen } = window;
    const { x, y } = placement.kept;
    const alpha = seen[((y - box.y) * box.width + x - box.x) * channels + channels - 1] ?? 0;
    for (let i = channels - 1; i < samples.length; i += channels) samples[i] = alpha;
    return;
  }
  placeGrey(samples, { ...placement, planes: await run(upscaler, planes), channel: channels - 1, max: maxSample(window.source) });
  settleAlpha(samples, window, placement);
}

/**
 * Enlarges the pixels of one tile, in the source's own channels and depth. What comes out depends on the picture alone
 * and not on where tiles are cut, as far as the context reaches.
 * @throws StudioError `model-invalid` or `bad-output`
 */
export async function enlargeTile(upscaler: Upscaler, source: PixelSource, { kept, geometry }: { readonly kept: TileBox; readonly geometry: TileGeometry }): Promise<EnlargedTile> {
  const window = readWindow(source, kept, geometry);
  const planes = await run(upscaler, colourPlanes(window));
  const scale = scaleOf(planes, window);
  const { channels } = source;
  const samples = newSamples(source, kept.width * kept.height * scale ** 2 * channels);
  const placement: Placement = { planes, scale, context: geometry.context, kept, channels };
  if (channels < 3) placeGrey(samples, { ...placement, channel: 0, max: maxSample(source) });
  else if (samples instanceof Uint8Array) placeRgb8(samples, placement);
  else placeRgb16(samples, placement);
  if (channels % 2 === 0) await placeAlpha(samples, { upscaler, window, placement });
  return { scale, samples, box: { x: kept.x * scale, y: kept.y * scale, width: kept.width * scale, height: kept.height * scale } };
}
