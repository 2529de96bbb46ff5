import type { ModelLayout } from '../models/model-layout';
import { staticDim } from '../models/part-names';
import { runDecoder, runEncoder, type Planes } from '../models/vae';
import type { VaeEncoderLayout } from '../models/vae-layout';
import type { Run } from '../run-context';
import type { Model } from '../runtime/runtime';

/** diffusers' AutoencoderKL: tiles overlap by a quarter and cross-fade linearly. */
const OVERLAP = 0.25;
/** Pictures up to this many latents a side are decoded whole; tiles of this size are what the reference uses for SD. */
const WHOLE_SIDE = 96;
const TILE_SIDE = 64;

export interface TileSizes {
  /** Side of a tile on the input grid, the step from one to the next, and on the output grid the fade and what is kept. */
  readonly tile: number;
  readonly stride: number;
  readonly blend: number;
  readonly kept: number;
}

/** @param tile latents a side; @param factor pixels per latent */
export function decodeTiles(tile: number, factor: number): TileSizes {
  const pixels = tile * factor;
  const blend = Math.floor(pixels * OVERLAP);
  return { tile, stride: Math.floor(tile * (1 - OVERLAP)), blend, kept: pixels - blend };
}

export function encodeTiles(tile: number, factor: number): TileSizes {
  const blend = Math.floor(tile * OVERLAP);
  return { tile: tile * factor, stride: Math.floor(tile * factor * (1 - OVERLAP)), blend, kept: tile - blend };
}

/** Whole pictures are truer; tiles bound the memory: a decoder takes about 1 GB at 512 by 512 (ENGINE.md 8.4). */
export function needsTiles(layout: ModelLayout, latents: Planes): boolean {
  const isStatic = staticDim(layout.vae.decoder.input, 2) !== null;
  return !isStatic && Math.max(latents.width, latents.height) > WHOLE_SIDE;
}

function cut(planes: Planes, at: { readonly x: number; readonly y: number }, side: number): Planes {
  const width = Math.min(side, planes.width - at.x);
  const height = Math.min(side, planes.height - at.y);
  const data = new Float32Array(planes.channels * width * height);
  for (let channel = 0; channel < planes.channels; channel += 1) {
    for (let y = 0; y < height; y += 1) {
      const from = (channel * planes.height + at.y + y) * planes.width + at.x;
      data.set(planes.data.subarray(from, from + width), (channel * height + y) * width);
    }
  }
  return { channels: planes.channels, width, height, data };
}

/** Fades the top rows of `below` in over the bottom rows of `above` (diffusers `blend_v`), in place. */
function blendRows(above: Planes, below: Planes, extent: number): void {
  const rows = Math.min(above.height, below.height, extent);
  for (let channel = 0; channel < below.channels; channel += 1) {
    for (let y = 0; y < rows; y += 1) {
      const from = (channel * above.height + above.height - rows + y) * above.width;
      const to = (channel * below.height + y) * below.width;
      for (let x = 0; x < below.width; x += 1) {
        below.data[to + x] = (above.data[from + x] ?? 0) * (1 - y / rows) + (below.data[to + x] ?? 0) * (y / rows);
      }
    }
  }
}

/** The same for columns (diffusers `blend_h`). */
function blendColumns(left: Planes, right: Planes, extent: number): void {
  const columns = Math.min(left.width, right.width, extent);
  for (let channel = 0; channel < right.channels; channel += 1) {
    for (let y = 0; y < right.height; y += 1) {
      const from = (channel * left.height + y) * left.width + left.width - columns;
      const to = (channel * right.height + y) * right.width;
      for (let x = 0; x < columns; x += 1) {
        right.data[to + x] = (left.data[from + x] ?? 0) * (1 - x / columns) + (right.data[to + x] ?? 0) * (x / columns);
      }
    }
  }
}

function place(target: Planes, tile: Planes, at: { readonly x: number; readonly y: number; readonly kept: number }): void {
  const width = Math.min(tile.width, at.kept, target.width - at.x);
  const height = Math.min(tile.height, at.kept, target.height - at.y);
  for (let channel = 0; channel < target.channels; channel += 1) {
    for (let y = 0; y < height; y += 1) {
      const from = (channel * tile.height + y) * tile.width;
      target.data.set(tile.data.subarray(from, from + width), (channel * target.height + at.y + y) * target.width + at.x);
    }
  }
}

/**
 * Runs `work` over overlapping tiles and joins the results as diffusers' `tiled_decode` and `tiled_encode` do: each
 * tile is faded into the one above and the one on its left, which are themselves already faded.
 * @param scale output side per input side: the VAE's factor for decoding, its inverse for encoding
 */
export async function inTiles(
  input: Planes,
  options: { readonly sizes: TileSizes; readonly scale: number },
  work: (tile: Planes, position: { readonly index: number; readonly total: number }) => Promise<Planes>,
): Promise<Planes> {
  const { sizes, scale } = options;
  const columns = Math.ceil(input.width / sizes.stride);
  const rows = Math.ceil(input.height / sizes.stride);
  let target: Planes | null = null;
  let above: Planes[] = [];
  for (let row = 0; row < rows; row += 1) {
    const current: Planes[] = [];
    for (let column = 0; column < columns; column += 1) {
      const at = { x: column * sizes.stride, y: row * sizes.stride };
      const tile = await work(cut(input, at, sizes.tile), { index: row * columns + column, total: rows * columns });
      target ??= { channels: tile.channels, width: input.width * scale, height: input.height * scale, data: new Float32Array(tile.channels * input.width * input.height * scale ** 2) };
      const upper = above[column];
      const left = current[column - 1];
      if (upper !== undefined) blendRows(upper, tile, sizes.blend);
      if (left !== undefined) blendColumns(left, tile, sizes.blend);
      place(target, tile, { x: column * sizes.kept, y: row * sizes.kept, kept: sizes.kept });
      current.push(tile);
    }
    above = current;
  }
  return target ?? input;
}

/** Decodes in tiles with one checkpoint and one progress event per tile. */
export function decodeTiled(run: Run, model: Model, latents: Planes): Promise<Planes> {
  const { decoder, factor } = run.model.layout.vae;
  return inTiles(latents, { sizes: decodeTiles(TILE_SIDE, factor), scale: factor }, async (tile, { index, total }) => {
    await run.checkpoint();
    const planes = await runDecoder(model, decoder, tile);
    run.report(index + 1, total);
    return planes;
  });
}

/** Encodes in tiles; the blended raw outputs are what the reference samples from. */
export function encodeTiled(run: Run, { model, layout }: { readonly model: Model; readonly layout: VaeEncoderLayout }, pixels: Planes): Promise<Planes> {
  const { factor } = run.model.layout.vae;
  return inTiles(pixels, { sizes: encodeTiles(TILE_SIDE, factor), scale: 1 / factor }, async (tile) => {
    await run.checkpoint();
    return runEncoder(model, layout, tile);
  });
}
