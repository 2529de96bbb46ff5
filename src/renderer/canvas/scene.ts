import Konva from 'konva';
import type { CanvasDocument, Layer, Rect } from '../../shared/canvas-document';
import type { CanvasSources, DirtyBoxes } from './canvas-sources';
import type { CanvasView } from './canvas-view';
import type { Size } from './kernels/geometry';
import type { Viewport } from './kernels/viewport';
import { CursorLayer } from './layers/cursor-layer';
import { FrameLayer } from './layers/frame-layer';
import { MaskLayer } from './layers/mask-layer';
import { PictureLayer } from './layers/picture-layer';
import { StepView, type InFlight } from './layers/step-view';
import { WhatsChangedLayer } from './layers/whats-changed-layer';

/** The stage and its layers: everything that is seen, and nothing that decides. Data goes in, pixels come out. */
export class Scene {
  readonly cursor = new CursorLayer();
  readonly changed = new WhatsChangedLayer();
  readonly #stage: Konva.Stage;
  readonly #views = new Map<string, StepView>();
  readonly #sources: CanvasSources;
  readonly #masks: MaskLayer;
  readonly #pictures: PictureLayer;
  readonly #frame = new FrameLayer();
  readonly #forget: () => void;
  #document: CanvasDocument | null = null;
  #view: CanvasView | null = null;
  #viewport: Viewport = { x: 0, y: 0, scale: 1 };
  #framePreview: Rect | null = null;

  constructor(container: HTMLDivElement, sources: CanvasSources) {
    this.#sources = sources;
    this.#stage = new Konva.Stage({
      container,
      width: Math.max(1, container.clientWidth),
      height: Math.max(1, container.clientHeight),
      listening: false,
    });
    this.#masks = new MaskLayer(this.#views);
    this.#pictures = new PictureLayer({
      views: this.#views,
      pictureOf: (url) => sources.pictures.get(url),
      urlOf: (layer) => sources.urlOf(layer),
    });
    this.#stage.add(
      this.#pictures.direct.layer,
      this.changed.direct.layer,
      this.#masks.direct.layer,
      this.#frame.layer,
      this.cursor.layer,
    );
    this.#forget = sources.onDirty((dirty, isShown) => {
      if (!isShown) this.#refresh(dirty);
    });
  }

  destroy(): void {
    this.#forget();
    this.#views.clear();
    this.#stage.destroy();
  }

  get size(): Size {
    return { width: this.#stage.width(), height: this.#stage.height() };
  }

  resize(size: Size): void {
    this.#stage.size({ width: Math.max(1, size.width), height: Math.max(1, size.height) });
    this.setViewport(this.#viewport);
  }

  setViewport(viewport: Viewport): void {
    this.#viewport = viewport;
    for (const { direct } of [this.#pictures, this.changed, this.#masks]) {
      direct.setViewport(viewport);
      direct.requestDraw();
    }
    this.cursor.setViewport(viewport);
    this.#updateFrame();
  }

  /** Shows a frame that is being dragged; `null` shows the document's own. */
  previewFrame(frame: Rect | null): void {
    this.#framePreview = frame;
    this.#updateFrame();
  }

  update(document: CanvasDocument, view: CanvasView): void {
    const before = this.#document;
    this.#document = document;
    this.#view = view;
    const ids = new Set([...document.masks, ...document.layers].map(({ id }) => id));
    const isResized = before?.width !== document.width || before.height !== document.height;
    for (const id of this.#views.keys()) if (isResized || !ids.has(id)) this.#views.delete(id);
    this.#sources.sync(document);
    for (const id of ids) this.#viewOf(id);
    this.#masks.update({ masks: document.masks, visible: view.masks.visible, opacity: view.masks.opacity });
    this.#pictures.update({
      document,
      candidate: view.holdBefore ? null : view.candidate,
      from: view.divider ?? 0,
    });
    this.#updateFrame();
  }

  redrawPictures(): void {
    this.#pictures.direct.requestDraw();
  }

  /** Lays a growing stroke over a mask or sketch, or takes it off. */
  setInFlight(id: string, inFlight: InFlight | null): void {
    const view = this.#viewOf(id);
    if (view === undefined) return;
    const box = view.inFlight?.stroke.box ?? null;
    view.inFlight = inFlight;
    if (box !== null) this.showPart(id, box);
  }

  /** Takes a stroke off that its mask or sketch now has itself: not a pixel changes. */
  settleInFlight(id: string): void {
    const view = this.#views.get(id);
    if (view !== undefined) view.inFlight = null;
  }

  /** Shows the pixels of a box of a mask or sketch as they are now, at once. */
  showPart(id: string, dirty: Rect): void {
    const tiles = this.#sources.raster(id)?.tiles;
    if (tiles === undefined) return;
    this.#views.get(id)?.refresh(tiles, dirty);
    this.#layerOf(id).drawPart(dirty);
  }

  #layerOf(id: string): MaskLayer['direct'] {
    const isMask = this.#document?.masks.some((mask) => mask.id === id) ?? true;
    return isMask ? this.#masks.direct : this.#pictures.direct;
  }

  /** The bitmaps of a mask or sketch; made from its raster when they are new. */
  #viewOf(id: string): StepView | undefined {
    const known = this.#views.get(id);
    const tiles = this.#sources.raster(id)?.tiles;
    if (known !== undefined || tiles === undefined) return known;
    const view = new StepView(tiles.size);
    this.#views.set(id, view);
    const occupied = tiles.occupied();
    if (occupied !== null) view.refresh(tiles, occupied);
    return view;
  }

  #refresh(dirty: DirtyBoxes): void {
    for (const [id, boxes] of dirty) if (this.#views.has(id)) for (const box of boxes) this.showPart(id, box);
  }

  #updateFrame(): void {
    const [document, view] = [this.#document, this.#view];
    if (document === null || view === null) return;
    const candidate = view.holdBefore ? null : view.candidate;
    this.#frame.update(
      {
        document,
        frame: view.frame.visible ? (this.#framePreview ?? document.frame) : null,
        hasHandles: view.tool === 'frame',
        context: view.context,
        divider:
          candidate === null || view.divider === null
            ? null
            : { rect: candidate.rect, position: view.divider },
      },
      this.#viewport,
    );
  }
}

/** The URLs of all pictures that a document and a view of it show. */
export function shownUrls(
  document: CanvasDocument,
  view: CanvasView,
  urlOf: (layer: Extract<Layer, { kind: 'picture' }>) => string,
): Set<string> {
  const layers = document.layers.flatMap((layer) => (layer.kind === 'picture' ? [urlOf(layer)] : []));
  const extra = [view.candidate?.url, view.changed?.before, view.changed?.after].filter(
    (url) => url !== undefined,
  );
  return new Set([...layers, ...extra]);
}
