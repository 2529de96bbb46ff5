import { StudioError } from '../../../shared/errors';
import type { PixelImage } from '../image/pixel-image';
import { resizeImage } from '../image/resize';
import { runUpscaler, type Upscaler } from '../models/upscaler';
import type { Planes } from '../models/vae';
import type { Run } from '../run-context';
import { allFinite } from './finite';

/** Pixels a side that a tile keeps, and the surroundings it sees beside them (Real-ESRGAN, RealESRGANer `tile_pad`). */
const TILE = 192;
const CONTEXT = 16;

interface Grid {
  readonly tile: number;
  readonly columns: number;
  readonly rows: number;
}

function gridOf(image: PixelImage, upscaler: Upscaler): Grid {
  const tile = upscaler.fixedSide === null ? TILE : upscaler.fixedSide - 2 * CONTEXT;
  return { tile, columns: Math.ceil(image.width / tile), rows: Math.ceil(image.height / tile) };
}

/** Position folded back into the picture: what lies beyond an edge mirrors what lies before it. */
function reflect(position: number, length: number): number {
  const period = Math.max(1, 2 * (length - 1));
  const folded = Math.abs(position) % period;
  return folded < length ? folded : period - folded;
}

/** The tile's pixels with their context as planes in [0, 1]; beyond the picture by reflection. */
function cutTile(image: PixelImage, at: { readonly x: number; readonly y: number }, size: { readonly width: number; readonly height: number }): Planes {
  const width = size.width + 2 * CONTEXT;
  const height = size.height + 2 * CONTEXT;
  const area = width * height;
  const data = new Float32Array(3 * area);
  for (let y = 0, i = 0; y < height; y += 1) {
    const row = reflect(at.y + y - CONTEXT, image.height) * image.width;
    for (let x = 0; x < width; x += 1, i += 1) {
      const from = (row + reflect(at.x + x - CONTEXT, image.width)) * 3;
      for (let channel = 0; channel < 3; channel += 1) data[channel * area + i] = (image.data[from + channel] ?? 0) / 255;
    }
  }
  return { channels: 3, width, height, data };
}

/** Writes the tile without its context into the enlarged picture. */
function placeTile(target: PixelImage, planes: Planes, options: { readonly x: number; readonly y: number; readonly width: number; readonly height: number; readonly scale: number }): void {
  const { scale } = options;
  const area = planes.width * planes.height;
  for (let y = 0; y < options.height * scale; y += 1) {
    for (let x = 0; x < options.width * scale; x += 1) {
      const from = (y + CONTEXT * scale) * planes.width + x + CONTEXT * scale;
      const to = ((options.y * scale + y) * target.width + options.x * scale + x) * 3;
      for (let channel = 0; channel < 3; channel += 1) {
        target.data[to + channel] = Math.round(Math.min(1, Math.max(0, planes.data[channel * area + from] ?? 0)) * 255);
      }
    }
  }
}

function scaleOf(planes: Planes, tile: Planes): number {
  const scale = planes.width / tile.width;
  if (planes.channels === 3 && Number.isInteger(scale) && planes.height === tile.height * scale) return scale;
  throw new StudioError('model-invalid', `Expected the upscaler to give ${tile.width} by ${tile.height} pixels a whole number of times but received ${planes.width} by ${planes.height}: install another upscaler.`);
}

async function enlargeTiles(run: Run, image: PixelImage, upscaler: Upscaler): Promise<PixelImage> {
  const grid = gridOf(image, upscaler);
  let target: PixelImage | null = null;
  run.report(0, grid.columns * grid.rows);
  for (let index = 0; index < grid.columns * grid.rows; index += 1) {
    const at = { x: (index % grid.columns) * grid.tile, y: Math.floor(index / grid.columns) * grid.tile };
    const kept = { width: Math.min(grid.tile, image.width - at.x), height: Math.min(grid.tile, image.height - at.y) };
    const tile = cutTile(image, at, upscaler.fixedSide === null ? kept : { width: grid.tile, height: grid.tile });
    await run.checkpoint();
    const planes = await runUpscaler(upscaler, tile);
    if (!allFinite(planes.data)) throw new StudioError('bad-output', 'The upscaler gave numbers that are no colours: make the picture without enlarging it.');
    const scale = scaleOf(planes, tile);
    target ??= { width: image.width * scale, height: image.height * scale, channels: 3, data: new Uint8Array(image.width * image.height * scale ** 2 * 3) };
    placeTile(target, planes, { ...at, ...kept, scale });
    run.report(index + 1, grid.columns * grid.rows);
  }
  return target ?? image;
}

/**
 * Enlarges a finished picture where the task asks for it, tile by tile; a network of another factor is resampled.
 * @throws StudioError naming the upscaler's file
 */
export async function enlarge(run: Run, image: PixelImage): Promise<PixelImage> {
  const wanted = run.task.upscaler ?? null;
  if (wanted === null) return image;
  const upscaler = await run.during('loading', () => run.model.upscalers.load(wanted.modelPath));
  run.enter('upscaling');
  const enlarged = await enlargeTiles(run, image, upscaler);
  return resizeImage(enlarged, { width: Math.round(image.width * wanted.scale), height: Math.round(image.height * wanted.scale) }, 'lanczos');
}
