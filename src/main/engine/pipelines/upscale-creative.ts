import { existsSync, renameSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { StudioError } from '../../../shared/errors';
import type { ResizeStep } from '../../../shared/resize/plan-resize';
import { blendTiles, creativeGrid } from '../image/blend-tiles';
import { gaussianBlur } from '../image/blur';
import { encodePng } from '../image/codec';
import type { PixelImage } from '../image/pixel-image';
import { maxSample, RasterFile, type PixelSource } from '../image/raster-file';
import type { FinishedImage } from '../engine';
import { readWindow } from '../stages/tile-window';
import { writeRows } from './upscale-rows';
import type { ResizeRun } from './upscale-run';

type CreativeStep = Extract<ResizeStep, { kind: 'creative' }>;

/** One tile of the model's own size as an 8-bit picture; what lies beyond the picture mirrors it. */
function cutTile(source: PixelSource, at: { readonly x: number; readonly y: number; readonly tile: number }): PixelImage {
  const { tile } = at;
  const window = readWindow(source, { x: at.x, y: at.y, width: tile, height: tile }, { context: 0, multipleOf: 1, fixedSide: tile });
  const { columns, rows, box, samples } = window;
  const data = new Uint8Array(tile * tile * 3);
  const unit = 255 / maxSample(source);
  for (let y = 0, to = 0; y < tile; y += 1) {
    for (let x = 0; x < tile; x += 1) {
      const from = (((rows[y] ?? 0) - box.y) * box.width + (columns[x] ?? 0) - box.x) * source.channels;
      for (let c = 0; c < 3; c += 1, to += 1) data[to] = Math.round((samples[from + (source.channels < 3 ? 0 : c)] ?? 0) * unit);
    }
  }
  return { width: tile, height: tile, channels: 3, data };
}

/** Share of a tile's side above which structure is the source's own and not the model's. */
const COARSE = 1 / 16;
/** A tile of one colour has no detail that could be drawn better; levels of 255 that count as one. */
const FLAT_LEVELS = 3;
const SEEDS = 2 ** 32;

const isFlat = ({ data }: PixelImage): boolean => {
  for (let c = 0; c < 3; c += 1) {
    let [low, high] = [255, 0];
    for (let i = c; i < data.length; i += 3) {
      low = Math.min(low, data[i] ?? 0);
      high = Math.max(high, data[i] ?? 0);
    }
    if (high - low > FLAT_LEVELS) return false;
  }
  return true;
};

/** The drawn detail on the source's own coarse structure and colours: tiles that drift apart would show as a pattern. */
function detailOnly(drawn: PixelImage, source: PixelImage): PixelImage {
  const radius = drawn.width * COARSE;
  const [coarse, wanted] = [gaussianBlur(drawn, radius).data, gaussianBlur(source, radius).data];
  const data = new Uint8ClampedArray(drawn.data.length);
  for (let i = 0; i < data.length; i += 1) data[i] = (drawn.data[i] ?? 0) + (wanted[i] ?? 0) - (coarse[i] ?? 0);
  return { ...drawn, data: new Uint8Array(data.buffer) };
}

/** Draws one tile anew; its pixels lie in a file of their own, so that a killed studio does not draw it again. */
async function drawTile(run: ResizeRun, { image, path, tile }: { readonly image: PixelImage; readonly path: string; readonly tile: number }): Promise<void> {
  const { creative } = run.task;
  if (creative === null) throw new StudioError('internal', 'Expected a model for a creative step but received none.');
  const { tools, work } = run.parts;
  const imagePath = work.fileFor('tile.png');
  await writeFile(imagePath, await encodePng(image));
  let drawn: FinishedImage | null = null;
  const { warnings } = await tools.generate(
    { ...creative, seed: (creative.seed + tile) % SEEDS, kind: 'img2img', imagePath, width: image.width, height: image.height, count: 1, upscaler: null },
    {
      signal: run.context.signal,
      onProgress: () => undefined,
      onImage: (finished) => {
        drawn = finished;
        return Promise.resolve();
      },
    },
  );
  for (const warning of warnings) run.warnings.add(warning);
  // Assigned inside of the callback, which the compiler does not follow.
  const finished = drawn as FinishedImage | null;
  if (finished === null) throw new StudioError('internal', 'Expected a drawn tile but received none.');
  await keepTile(path, detailOnly({ ...finished.image, channels: 3 }, image));
}

/** Whole or not at all. */
async function keepTile(path: string, { data }: PixelImage): Promise<void> {
  await writeFile(`${path}.draft`, data);
  renameSync(`${path}.draft`, path);
}

/**
 * The second stage: image to image of low strength, tile by tile, each with a seed of its own place, blended by weights
 * that fall off over the overlap. Alpha stays as it was; what is drawn has 8 bits a colour.
 */
export async function drawTiles(run: ResizeRun, { step, index, source }: { readonly step: CreativeStep; readonly index: number; readonly source: RasterFile }): Promise<void> {
  const { work, tools } = run.parts;
  // Beside a diffusion model the upscaler is not needed any more.
  await tools.upscalers.release();
  run.enter('denoising');
  const grid = creativeGrid(step.size, step);
  const pathOf = (tile: number): string => work.fileFor(`${index}.tile-${tile}`);
  run.report(0, grid.length);
  for (const [tile, { x, y }] of grid.entries()) {
    await run.checkpoint();
    if (!existsSync(pathOf(tile))) {
      const image = cutTile(source, { x, y, tile: step.tile });
      if (isFlat(image)) await keepTile(pathOf(tile), image);
      else await drawTile(run, { image, path: pathOf(tile), tile });
    }
    run.report(tile + 1, grid.length);
  }
  const side = { width: step.tile, height: step.tile };
  const tiles = grid.map((place, tile) => ({ ...place, open: () => new RasterFile(pathOf(tile), { ...side, channels: 3, depth: 8 }, { flags: 'r' }) }));
  const target = work.openPart(index, source);
  try {
    await writeRows(run, blendTiles(source, tiles, step), target);
  } finally {
    target.close();
  }
}
