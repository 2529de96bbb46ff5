import { StudioError } from '../../../shared/errors';
import type { RgbImage } from '../engine';
import { BLOCK, carried, costOf, PATCH, planFor, type Half } from './block-plan';
import { lowPlaneOf, withLowPlane, type LowPlane } from './low-plane';
import { priceOfShift } from './yuv';

/**
 * The "dwtDct" mark of the invisible-watermark library (imwatermark/maxDct.py): its decoder reads ours, and we read its.
 * In each 4x4 block of the low band of U the largest value but the first says one bit by the half of a step of 36 it lies
 * in. In spite of its name no cosine transform is done. Survives JPEG, noise and brightness; not scaling, cropping,
 * rotation. The writing is our own (block-plan.ts): the library moves one value of each block to the middle of its half,
 * which JPEG with halved colours, the usual kind, undoes.
 */
const STEP = 36;
const HALF = STEP / 2;
/** Times over the picture: what a block becomes depends on its neighbours. */
const PASSES = 2;
/** A block that would have to change more (sum of squares) is left alone: it would be seen, and other blocks say its bit too. */
const MOST_COST = 9000;
/** U of pure blue is 239: no colour has more. */
const MOST = 478;
/** Pixels a side below which too few blocks repeat each bit (ENGINE.md 10.2). */
export const MIN_MARK_SIDE = 256;

interface Block {
  readonly left: number;
  readonly top: number;
}

/** The blocks in raster order. */
function blocksOf({ width, height }: LowPlane): readonly Block[] {
  const columns = Math.floor(width / BLOCK);
  const count = columns * Math.floor(height / BLOCK);
  return Array.from({ length: count }, (_, i) => ({ left: (i % columns) * BLOCK, top: Math.floor(i / columns) * BLOCK }));
}

/** Index into the plane of a place in a block's patch; beyond the picture its edge repeats. */
function planeIndex({ width, height }: LowPlane, { left, top }: Block, index: number): number {
  const x = left - 1 + (index % PATCH);
  const y = top - 1 + Math.floor(index / PATCH);
  return Math.min(height - 1, Math.max(0, y)) * width + Math.min(width - 1, Math.max(0, x));
}

function patchOf(plane: LowPlane, block: Block): Float64Array {
  const patch = new Float64Array(PATCH * PATCH);
  for (let index = 0; index < patch.length; index++) patch[index] = plane.values[planeIndex(plane, block, index)] ?? 0;
  return patch;
}

function putBlock(plane: LowPlane, block: Block, patch: Float64Array): void {
  for (let row = 0; row < BLOCK; row++) {
    const from = (row + 1) * PATCH + 1;
    plane.values.set(patch.subarray(from, from + BLOCK), (block.top + row) * plane.width + block.left);
  }
}

/** The halves of a step that say `bit`, nearest to a value: one at or below it and one above. */
function nearestHalves(value: number, bit: boolean): readonly Half[] {
  const offset = bit ? HALF : 0;
  const step = Math.floor((value - offset) / STEP);
  return [step, step + 1].map((k) => ({ low: k * STEP + offset, high: k * STEP + offset + HALF })).filter(({ low, high }) => low >= 0 && high < MOST);
}

/** What a change of a value costs, as a factor. */
type PriceAt = (index: number, change: number) => number;

/** The first pixel of a place stands for the place; shiftU tells why luma comes into it. */
const pricesOf = (image: RgbImage, { width }: LowPlane): PriceAt => (index, change) => {
  const at = (2 * Math.floor(index / width) * image.width + 2 * (index % width)) * 3;
  return priceOfShift(image.data, at, change / 2);
};

/** Rewrites one block by the cheapest of its plans; where it says its bit well already, that is to change nothing. */
function writeBit(plane: LowPlane, block: Block, { bit, priceAt }: { readonly bit: boolean; readonly priceAt: PriceAt }): void {
  const patch = patchOf(plane, block);
  const price = (index: number, change: number): number => priceAt(planeIndex(plane, block, index), change);
  let best: { readonly plan: Float64Array; readonly cost: number } | null = null;
  for (const half of nearestHalves(carried(patch), bit)) {
    const plan = planFor(patch, half);
    const cost = costOf(patch, plan, price);
    if (cost === 0) return;
    if (best === null || cost < best.cost) best = { plan, cost };
  }
  if (best !== null && best.cost <= MOST_COST) putBlock(plane, block, best.plan);
}

/**
 * A copy of the picture with the bits in it, repeated over the whole picture.
 * @throws StudioError `invalid-request` for a picture smaller than 256 pixels a side
 */
export function embedMark(image: RgbImage, bits: readonly boolean[]): RgbImage {
  if (image.width < MIN_MARK_SIDE || image.height < MIN_MARK_SIDE) {
    throw new StudioError('invalid-request', `Expected at least ${MIN_MARK_SIDE} pixels a side for a watermark but received ${image.width} x ${image.height}.`);
  }
  const present = lowPlaneOf(image);
  const wanted = { ...present, values: Float64Array.from(present.values) };
  const priceAt = pricesOf(image, present);
  const blocks = blocksOf(present);
  for (let pass = 0; pass < PASSES; pass++) {
    blocks.forEach((block, i) => writeBit(wanted, block, { bit: bits[i % bits.length] === true, priceAt }));
  }
  return withLowPlane(image, present, wanted);
}

/** Reads `count` bits: each is what most of its blocks say. Any picture gives some bits; whether they mean anything is for the caller. */
export function readMark(image: RgbImage, count: number): readonly boolean[] {
  const plane = lowPlaneOf(image);
  const ones = new Float64Array(count);
  const blocks = new Float64Array(count);
  blocksOf(plane).forEach((block, i) => {
    const bit = i % count;
    blocks[bit] = (blocks[bit] ?? 0) + 1;
    if (carried(patchOf(plane, block)) % STEP > HALF) ones[bit] = (ones[bit] ?? 0) + 1;
  });
  return Array.from(ones, (sum, i) => (sum / (blocks[i] ?? 1)) * 255 > 127);
}
