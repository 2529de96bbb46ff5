import type { CanvasDocument, Rect } from '../../shared/canvas-document';
import type { CanvasSources } from '../canvas/canvas-sources';
import { encodeGreyPng } from '../canvas/encode-grey-png';
import { overhang } from '../canvas/kernels/frame';
import { growMask } from '../canvas/kernels/grow';
import { clamp, intersect, roundOut, union, type Plane, type Size } from '../canvas/kernels/geometry';
import { maskBounds } from '../canvas/kernels/mask-bounds';
import { rasteriseMasks, rasterisePicture } from '../canvas/rasterise';
import type { ImageId } from '../../shared/ids';

/** A region of the document as a model gets it. */
export interface EditRegion {
  /** Whole document pixels. */
  readonly rect: Rect;
  readonly picture: Blob;
  /** Grey, the region's size; white = repaint. Null when nothing is masked and nothing is new. */
  readonly mask: Blob | null;
  /** Pixels: the softest of the masks that count. */
  readonly feather: number;
  /** The region reaches over what the layers cover, so there is nothing to keep under a part of the mask. */
  readonly isExtending: boolean;
  /** Something inside of the document is not covered, so that the new part is not only around it. */
  readonly hasHoles: boolean;
  /** All of it is drawn anew, scaled to the model's own size. */
  readonly isScaled: boolean;
  /** Gallery pictures in the region, for the lineage. */
  readonly parentImageIds: readonly ImageId[];
}

/** The request's limit; a wider ramp would not be seen. */
const MAX_FEATHER = 256;
const MAX_PARENTS = 100;

/** Adds a mask to another by maximum, at a strength; in place. */
function mergeInto(all: Uint8Array, mask: Uint8Array, strength: number): boolean {
  let isAny = false;
  for (let i = 0; i < all.length; i++) {
    const value = Math.round((mask[i] ?? 0) * strength);
    if (value === 0) continue;
    isAny = true;
    if (value > (all[i] ?? 0)) all[i] = value;
  }
  return isAny;
}

interface MaskParts {
  readonly document: CanvasDocument;
  readonly rect: Rect;
  readonly sources: CanvasSources;
  readonly uncovered: Plane | null;
}

/**
 * The visible masks as one. Each grows before its own strength makes it grey; the feather stays out, because the engine
 * makes it when the result is laid back and only then knows which pixels must stay untouched.
 */
async function composeMask({ document, rect, sources, uncovered }: MaskParts): Promise<{ readonly data: Uint8Array | null; readonly feather: number }> {
  const { grow, intent } = document.settings;
  // A mask from before would be repainted along with what is new.
  const isOnlyNew = intent === 'extend' && uncovered !== null;
  const all = new Uint8Array(rect.width * rect.height);
  let [isAny, feather] = [false, 0];
  for (const mask of isOnlyNew ? [] : document.masks.filter(({ visible, strength }) => visible && strength > 0)) {
    const { plane, bounds } = await rasteriseMasks(document, rect, { sources, options: { maskIds: [mask.id], feather: false, strength: false } });
    if (bounds === null) continue;
    if (!mergeInto(all, grow === 0 ? plane.data : growMask(plane.data, rect, grow), mask.strength)) continue;
    isAny = true;
    feather = Math.max(feather, mask.feather);
  }
  if (uncovered !== null) {
    mergeInto(all, grow === 0 ? uncovered.data : growMask(uncovered.data, rect, grow), 1);
    if (!isAny) feather = Math.max(0, ...document.masks.filter(({ visible }) => visible).map((mask) => mask.feather));
  }
  return { data: isAny || uncovered !== null ? all : null, feather: Math.min(MAX_FEATHER, feather) };
}

/** Box of what the visible masks mark, document pixels; the rasters must be up to date. */
export function markedBounds(document: CanvasDocument, sources: CanvasSources): Rect | null {
  let bounds: Rect | null = null;
  for (const mask of document.masks.filter(({ visible, strength }) => visible && strength > 0)) {
    const tiles = sources.raster(mask.id)?.tiles;
    const box = tiles?.occupied() ?? null;
    if (tiles !== undefined && box !== null) bounds = union(bounds, maskBounds({ ...box, data: tiles.read(box) }));
  }
  return bounds;
}

/**
 * The square around what is marked that an edit can need: `margin` pixels on each side, at least `minSide`, pushed back
 * into the frame and cut where the frame is smaller. A large photograph is then neither sent nor kept whole for a spot.
 */
export function partOfFrame(frame: Rect, marked: Rect, need: { readonly margin: number; readonly minSide: number }): Rect {
  const side = Math.ceil(Math.max(marked.width + 2 * need.margin, marked.height + 2 * need.margin, need.minSide));
  const along = (start: number, length: number, middle: number): readonly [number, number] => {
    const size = Math.min(side, length);
    return [clamp(Math.round(middle - size / 2), start, start + length - size), size];
  };
  const [x, width] = along(frame.x, frame.width, marked.x + marked.width / 2);
  const [y, height] = along(frame.y, frame.height, marked.y + marked.height / 2);
  return { x, y, width, height };
}

/** Room for colour matching and for the crop to take the model's shape. */
const EXTRA_MARGIN = 64;

/** The part of the document that the next edit is made of. @throws StudioError when a mask's picture cannot be read. */
export async function chooseRegion(document: CanvasDocument, sources: CanvasSources, nativeSize: number): Promise<Rect> {
  const { frame, settings } = document;
  const isInside = Object.values(overhang(frame, document)).every((added) => added === 0);
  if (settings.area === 'whole' || settings.intent === 'extend' || !isInside) return frame;
  sources.sync(document);
  await Promise.all(sources.missingMaskPictures(document).map((id) => sources.loadMaskPicture(id)));
  const bounds = markedBounds(document, sources);
  const marked = bounds === null ? null : intersect(bounds, frame);
  if (marked === null) return frame;
  const feather = Math.max(0, ...document.masks.filter(({ visible }) => visible).map((mask) => mask.feather));
  return partOfFrame(frame, marked, { margin: settings.padding + settings.grow + 2 * Math.min(MAX_FEATHER, feather) + EXTRA_MARGIN, minSide: nativeSize });
}

function hasHoles({ x, y, width, height, data }: Plane, document: Size): boolean {
  const inside = intersect({ x, y, width, height }, { x: 0, y: 0, width: document.width, height: document.height });
  if (inside === null) return false;
  for (let v = inside.y; v < inside.y + inside.height; v++) {
    const from = (v - y) * width + inside.x - x;
    if (data.subarray(from, from + inside.width).includes(255)) return true;
  }
  return false;
}

/** Draws what the frame holds. @throws StudioError when a picture of the document cannot be read or memory is short. */
export async function composeEditRegion(document: CanvasDocument, region: Rect, sources: CanvasSources): Promise<EditRegion> {
  const rect = roundOut(region);
  const { png, uncovered } = await rasterisePicture(document, rect, sources);
  const { data, feather } = await composeMask({ document, rect, sources, uncovered });
  const parents = document.layers.flatMap((layer) => (layer.kind === 'picture' && layer.visible && layer.imageId !== null && intersect(layer.rect, rect) !== null ? [layer.imageId] : []));
  return {
    rect,
    picture: png,
    mask: data === null ? null : await encodeGreyPng(data, rect),
    feather,
    isExtending: uncovered !== null,
    hasHoles: uncovered !== null && hasHoles(uncovered, document),
    isScaled: false,
    parentImageIds: [...new Set(parents)].slice(-MAX_PARENTS),
  };
}

/** The region with all of it marked: how a model draws a region anew that is larger than it can work on at once. */
export async function markAll(region: EditRegion): Promise<EditRegion> {
  const { width, height } = region.rect;
  return { ...region, feather: 0, isScaled: true, mask: await encodeGreyPng(new Uint8Array(width * height).fill(255), region.rect) };
}

/** The region cut down to the model's grid, for a model that draws all of it anew. */
export function onGrid(region: Rect, multipleOf: number): Rect {
  const down = (side: number): number => Math.max(multipleOf, Math.floor(side / multipleOf) * multipleOf);
  const { x, y, width, height } = roundOut(region);
  return { x, y, width: down(width), height: down(height) };
}
