import type { CanvasDocument, Rect } from '../../shared/canvas-document';
import { StudioError } from '../../shared/errors';
import type { CanvasSources } from './canvas-sources';
import { encodeGreyPng } from './encode-grey-png';
import { composePlan, type ComposeItem } from './kernels/compose-plan';
import { measureCoverage, type Coverage } from './kernels/coverage';
import { maskBounds } from './kernels/mask-bounds';
import { roundOut, type Plane } from './kernels/geometry';
import { joinMasks, useMask } from './raster/use-mask';

/** What lies under empty places in a picture without alpha: middle grey, the least wrong start for a model. */
const EMPTY = '#808080';

export interface RasterisedPicture {
  /** RGB without transparency, the region's size. */
  readonly png: Blob;
  /** 255 where no layer covers the region fully: what Extend must fill. Document pixels. `null` when all is covered. */
  readonly uncovered: Plane | null;
}

export interface MaskOptions {
  /** Which masks; default: the visible ones. */
  readonly maskIds?: readonly string[];
  /** Apply each mask's feather (default true) and strength (default true). */
  readonly feather?: boolean;
  readonly strength?: boolean;
  /** More pixels to repaint, as `RasterisedPicture.uncovered` of the same region. */
  readonly also?: Plane | null;
}

export interface RasterisedMask {
  /** 8-bit grey PNG, the region's size; white = repaint. */
  readonly png: Blob;
  readonly plane: Plane;
  readonly coverage: Coverage;
  /** Document pixels; `null` for an empty mask. */
  readonly bounds: Rect | null;
}

function contextOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null)
    throw new StudioError(
      'out-of-memory',
      `A picture of ${String(canvas.width)} x ${String(canvas.height)} pixels could not be made; close other programs or choose a smaller region.`,
    );
  return context;
}

function drawSketch(
  context: OffscreenCanvasRenderingContext2D,
  item: Extract<ComposeItem, { kind: 'sketch' }>,
  drawing: { readonly region: Rect; readonly sources: CanvasSources },
): void {
  const tiles = drawing.sources.raster(item.layer.id)?.tiles;
  if (tiles === undefined) return;
  const { region } = drawing;
  const pixels = new ImageData(new Uint8ClampedArray(tiles.read(region)), region.width, region.height);
  const canvas = new OffscreenCanvas(region.width, region.height);
  contextOf(canvas).putImageData(pixels, 0, 0);
  context.drawImage(canvas, 0, 0);
}

function drawPicture(
  context: OffscreenCanvasRenderingContext2D,
  item: Extract<ComposeItem, { kind: 'picture' }>,
  sources: CanvasSources,
): void {
  const url = sources.urlOf(item.layer);
  const bitmap = sources.pictures.get(url)?.levels[0];
  if (bitmap === undefined)
    throw new StudioError(
      'image-missing',
      `The picture of layer "${item.layer.name}" is not loaded; remove the layer or open the document again.`,
    );
  const { width, height } = item.layer.rect;
  // Smoothing at 1:1 may still mix neighbours; without it every pixel stays itself.
  context.imageSmoothingEnabled = bitmap.width !== width || bitmap.height !== height;
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, item.x, item.y, width, height);
}

/** Draws the visible layers of a region, one canvas pixel a document pixel. Rasters and pictures must be there already. */
export function composeRegion(
  document: CanvasDocument,
  region: Rect,
  sources: CanvasSources,
): OffscreenCanvas {
  const canvas = new OffscreenCanvas(region.width, region.height);
  const context = contextOf(canvas);
  for (const item of composePlan(document, region)) {
    context.globalAlpha = item.opacity;
    if (item.kind === 'sketch') drawSketch(context, item, { region, sources });
    else drawPicture(context, item, sources);
  }
  return canvas;
}

function uncoveredOf(canvas: OffscreenCanvas, region: Rect): Plane | null {
  const rgba = contextOf(canvas).getImageData(0, 0, canvas.width, canvas.height).data;
  const data = new Uint8Array(region.width * region.height);
  let any = false;
  for (let i = 0; i < data.length; i++) {
    if (rgba[i * 4 + 3] === 255) continue;
    data[i] = 255;
    any = true;
  }
  return any ? { ...region, data } : null;
}

/**
 * The region as the model gets it: visible layers, opaque, document pixels. The region is rounded out to whole pixels
 * and may reach over the document's edge.
 * @throws StudioError `image-missing`, `image-invalid`, `out-of-memory`
 */
export async function rasterisePicture(
  document: CanvasDocument,
  region: Rect,
  sources: CanvasSources,
): Promise<RasterisedPicture> {
  sources.sync(document);
  await sources.loadAll(document);
  const whole = roundOut(region);
  const canvas = composeRegion(document, whole, sources);
  const uncovered = uncoveredOf(canvas, whole);
  const context = contextOf(canvas);
  context.globalCompositeOperation = 'destination-over';
  context.globalAlpha = 1;
  context.fillStyle = EMPTY;
  context.fillRect(0, 0, canvas.width, canvas.height);
  return { png: await canvas.convertToBlob({ type: 'image/png' }), uncovered };
}

/** The layers of a region with their transparency, for export. `quality` 0..1 counts for JPEG and WebP. */
export async function exportPicture(
  document: CanvasDocument,
  sources: CanvasSources,
  encoding: { readonly type: 'image/png' | 'image/jpeg' | 'image/webp'; readonly quality: number },
): Promise<Blob> {
  sources.sync(document);
  await sources.loadAll(document);
  return composeRegion(
    document,
    { x: 0, y: 0, width: document.width, height: document.height },
    sources,
  ).convertToBlob(encoding);
}

/**
 * The masks of a region as one 8-bit picture, the strongest of each pixel; white = repaint.
 * @throws StudioError `image-missing`, `image-invalid` when a picture used as a mask cannot be loaded
 */
export async function rasteriseMasks(
  document: CanvasDocument,
  region: Rect,
  request: { readonly sources: CanvasSources; readonly options?: MaskOptions },
): Promise<RasterisedMask> {
  const { sources, options = {} } = request;
  sources.sync(document);
  await Promise.all(sources.missingMaskPictures(document).map((id) => sources.loadMaskPicture(id)));
  const whole = roundOut(region);
  const chosen = document.masks.filter((mask) =>
    options.maskIds === undefined ? mask.visible : options.maskIds.includes(mask.id),
  );
  const planes = chosen.flatMap((mask) => {
    const tiles = sources.raster(mask.id)?.tiles;
    return tiles === undefined
      ? []
      : [
          useMask(
            {
              tiles,
              feather: (options.feather ?? true) ? mask.feather : 0,
              strength: (options.strength ?? true) ? mask.strength : 1,
            },
            whole,
          ),
        ];
  });
  const plane = joinMasks(
    options.also === null || options.also === undefined ? planes : [...planes, options.also],
    whole,
  );
  return {
    png: await encodeGreyPng(plane.data, whole),
    plane,
    coverage: measureCoverage(plane.data),
    bounds: maskBounds(plane),
  };
}
