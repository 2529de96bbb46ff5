import type { CanvasDocument, PaintStep, Rect } from '../../shared/canvas-document';
import type { AssetId, ImageId } from '../../shared/ids';
import { PictureCache, type Picture } from './picture-cache';
import type { GreyPicture } from './raster/mask-steps';
import { StepRaster } from './raster/step-raster';
import type { TileStore } from './raster/tile-store';

/** Where a picture of the document is read from. */
export interface PictureSource {
  readonly assetId: AssetId;
  readonly imageId: ImageId | null;
}

/** A stroke that is on the screen already, and the step that it has become. */
export interface DrawnStroke {
  readonly targetId: string;
  readonly step: PaintStep;
  readonly coverage: TileStore;
}

/** Boxes of pixels that changed, by mask or layer id. */
export type DirtyBoxes = ReadonlyMap<string, readonly Rect[]>;

/** `isShown`: the screen has these pixels already. */
export type DirtyListener = (dirty: DirtyBoxes, isShown: boolean) => void;

/** Grey = the mean of the channels over black, which is the value itself for a grey picture. */
function greyOf(picture: Picture): GreyPicture {
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const bitmap = picture.levels[0];
  if (context === null || bitmap === undefined)
    return {
      width: picture.width,
      height: picture.height,
      data: new Uint8Array(picture.width * picture.height),
    };
  context.fillRect(0, 0, picture.width, picture.height);
  context.drawImage(bitmap, 0, 0);
  const rgba = context.getImageData(0, 0, picture.width, picture.height).data;
  const data = new Uint8Array(picture.width * picture.height);
  for (let i = 0, p = 0; i < data.length; i++, p += 4)
    data[i] = Math.round(((rgba[p] ?? 0) + (rgba[p + 1] ?? 0) + (rgba[p + 2] ?? 0)) / 3);
  return { width: picture.width, height: picture.height, data };
}

/**
 * What a document is drawn from: decoded pictures and the rasters of its masks and sketches. One for an open document,
 * shared by the canvas and by what is sent to the model, so that both see the same pixels and nothing is made twice.
 */
export class CanvasSources {
  readonly pictures = new PictureCache();
  readonly #rasters = new Map<string, StepRaster>();
  readonly #grey = new Map<AssetId, GreyPicture>();
  readonly #listeners = new Set<DirtyListener>();
  #drawn: DrawnStroke | null = null;
  #size: { readonly width: number; readonly height: number } | null = null;

  constructor(readonly urlOf: (source: PictureSource) => string) {}

  /** Calls `listener` whenever pixels of a raster changed; @returns its own unsubscribe. */
  onDirty(listener: DirtyListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(dirty: DirtyBoxes, isShown = false): void {
    if (dirty.size > 0) for (const listener of this.#listeners) listener(dirty, isShown);
  }

  /**
   * Brings all rasters up to the document; ids that are gone are dropped. A stroke that was drawn while it grew is taken
   * over as it is; @returns whether it was the only change, so that the screen shows everything as it now is.
   */
  sync(document: CanvasDocument, drawn: DrawnStroke | null = null): boolean {
    if (this.#size?.width !== document.width || this.#size.height !== document.height) {
      this.#rasters.clear();
      this.#size = { width: document.width, height: document.height };
    }
    const dirty = new Map<string, readonly Rect[]>();
    const stepsOf = new Map<string, readonly PaintStep[]>(
      document.masks.map((mask) => [mask.id, mask.steps]),
    );
    for (const layer of document.layers) if (layer.kind === 'sketch') stepsOf.set(layer.id, layer.steps);
    const masks = new Set(document.masks.map((mask) => mask.id));
    const isNext = drawn !== null && this.#rasters.get(drawn.targetId)?.isNextStep(stepsOf.get(drawn.targetId) ?? [], drawn.step) === true;
    this.#drawn = drawn;
    for (const id of this.#rasters.keys()) if (!stepsOf.has(id)) this.#rasters.delete(id);
    for (const [id, steps] of stepsOf) {
      const boxes = this.#rasterOf(id, masks.has(id)).sync(steps);
      if (boxes.length > 0) dirty.set(id, boxes);
    }
    this.#drawn = null;
    const isShown = isNext && dirty.size === 1 && dirty.has(drawn.targetId);
    this.#tell(dirty, isShown);
    return isShown;
  }

  /** The raster of a mask or sketch of the last synced document. */
  raster(id: string): StepRaster | undefined {
    return this.#rasters.get(id);
  }

  #rasterOf(id: string, isMask: boolean): StepRaster {
    const size = this.#size ?? { width: 1, height: 1 };
    const known = this.#rasters.get(id);
    if (known !== undefined) return known;
    const drawn = (step: PaintStep): TileStore | undefined => (this.#drawn?.step === step ? this.#drawn.coverage : undefined);
    const made = isMask
      ? StepRaster.ofMask(size, (assetId) => this.#grey.get(assetId), drawn)
      : StepRaster.ofSketch(size, drawn);
    this.#rasters.set(id, made);
    return made;
  }

  /** The pictures that masks of the document are made of and that are not loaded yet. */
  missingMaskPictures(document: CanvasDocument): AssetId[] {
    const ids = document.masks.flatMap((mask) =>
      mask.steps.flatMap((step) => (step.kind === 'image' ? [step.assetId] : [])),
    );
    return [...new Set(ids)].filter((id) => !this.#grey.has(id));
  }

  /** Loads a mask's picture and folds the masks that use it again. @throws StudioError `image-missing`, `image-invalid` */
  async loadMaskPicture(assetId: AssetId): Promise<void> {
    const url = this.urlOf({ assetId, imageId: null });
    this.#grey.set(assetId, greyOf(await this.pictures.load(url)));
    const dirty = new Map<string, readonly Rect[]>();
    for (const [id, raster] of this.#rasters) if (raster.uses(assetId)) dirty.set(id, raster.refresh());
    this.#tell(dirty);
  }

  /** Loads every picture that the document shows or uses. @throws StudioError `image-missing`, `image-invalid` */
  async loadAll(document: CanvasDocument): Promise<void> {
    const layers = document.layers.flatMap((layer) =>
      layer.kind === 'picture' && layer.visible ? [this.pictures.load(this.urlOf(layer))] : [],
    );
    await Promise.all([
      ...layers,
      ...this.missingMaskPictures(document).map((id) => this.loadMaskPicture(id)),
    ]);
  }

  close(): void {
    this.#listeners.clear();
    this.#rasters.clear();
    this.#grey.clear();
    this.pictures.close();
  }
}
