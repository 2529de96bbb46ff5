import { tileBox, tileGrid } from '../../../shared/resize/tile-grid';
import { memoryRaster } from '../image/memory-raster';
import type { PixelImage } from '../image/pixel-image';
import { resizeImage } from '../image/resize';
import type { Upscaler } from '../models/upscaler';
import { keptSide } from '../models/upscaler-layout';
import type { Run } from '../run-context';
import { enlargeTile } from './enlarge-tile';
import type { TileGeometry } from './tile-window';

async function enlargeTiles(run: Run, image: PixelImage, upscaler: Upscaler): Promise<PixelImage> {
  const { declared } = upscaler;
  const geometry: TileGeometry = { context: declared.context, multipleOf: 1, fixedSide: declared.fixedSide };
  const grid = tileGrid(image, keptSide(declared));
  const total = grid.columns * grid.rows;
  const source = memoryRaster(image);
  let target: ReturnType<typeof memoryRaster> | null = null;
  run.report(0, total);
  for (let index = 0; index < total; index += 1) {
    const kept = tileBox(image, grid, { column: index % grid.columns, row: Math.floor(index / grid.columns) });
    await run.checkpoint();
    const tile = await enlargeTile(upscaler, source, { kept, geometry });
    target ??= memoryRaster({ ...image, width: image.width * tile.scale, height: image.height * tile.scale, data: new Uint8Array(image.data.length * tile.scale ** 2) });
    target.write(tile.box, tile.samples);
    run.report(index + 1, total);
  }
  return target?.image ?? image;
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
