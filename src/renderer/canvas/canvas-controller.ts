import type { CanvasDocument, PaintStep, Rect } from '../../shared/canvas-document';
import { StudioError } from '../../shared/errors';
import type { CanvasSources } from './canvas-sources';
import type { CanvasCallbacks, CanvasView, ChangedView } from './canvas-view';
import type { Point } from './kernels/geometry';
import { clampViewport, fitRect, panBy, zoomAt, type Viewport } from './kernels/viewport';
import type { Outline } from './layers/cursor-layer';
import { PointerInput } from './pointer-input';
import { PictureLoading } from './picture-loading';
import { composeRegion } from './rasterise';
import { Scene, shownUrls } from './scene';
import { StrokeInHand } from './stroke-in-hand';
import { createTools } from './tools/create-tools';
import { createDividerTool, isOnDivider } from './tools/divider';
import { createPanTool } from './tools/pan';
import type { Tool, ToolHost, ToolPointer } from './tools/tool';

export interface ControllerParts {
  readonly sources: CanvasSources;
  readonly callbacks: CanvasCallbacks;
}

/**
 * The canvas in a `div`: shows the document it is given, lets tools work on it, and says what they did. It never changes
 * the document; what a callback reports comes back through `update`. `destroy` when the element goes.
 */
export class CanvasController implements ToolHost {
  readonly #sources: CanvasSources;
  readonly #callbacks: CanvasCallbacks;
  readonly #scene: Scene;
  readonly #tools = createTools(this);
  readonly #pan = createPanTool(this);
  readonly #dividerTool = createDividerTool(this);
  readonly #input: PointerInput;
  readonly #resizing: ResizeObserver;
  readonly #stroke: StrokeInHand;
  readonly #loading: PictureLoading;
  #document: CanvasDocument;
  #view: CanvasView;
  #viewport: Viewport = { x: 0, y: 0, scale: 1 };
  #changed: ChangedView | null = null;

  /** The container must have a size for the first fit; it becomes focusable for its keys. */
  constructor(
    container: HTMLDivElement,
    parts: ControllerParts,
    start: { readonly document: CanvasDocument; readonly view: CanvasView },
  ) {
    this.#sources = parts.sources;
    this.#callbacks = parts.callbacks;
    this.#document = start.document;
    this.#view = start.view;
    this.#scene = new Scene(container, parts.sources);
    this.#stroke = new StrokeInHand(parts.sources, this.#scene);
    this.#loading = new PictureLoading(parts.sources, {
      onLoaded: () => {
        this.#scene.redrawPictures();
        this.#showChanged();
      },
      onProblem: (problem) => {
        this.#callbacks.onProblem(problem);
      },
    });
    container.tabIndex = 0;
    container.style.touchAction = 'none';
    this.#input = new PointerInput(container, {
      viewport: () => this.#viewport,
      brush: () => this.#view.brush,
      toolAt: (screen) => this.#toolAt(screen),
      panTool: this.#pan,
      zoomAt: (screen, factor) => {
        this.setViewport(zoomAt(this.#viewport, screen, factor));
      },
      panBy: (by) => {
        this.panBy(by);
      },
      changeBrush: (brush) => {
        this.#callbacks.onBrushChange(brush);
      },
      hovered: (pointer) => {
        this.#hovered(pointer);
      },
    });
    this.#resizing = new ResizeObserver(() => {
      this.#scene.resize({ width: container.clientWidth, height: container.clientHeight });
    });
    this.#resizing.observe(container);
    this.#show();
    this.fit();
  }

  destroy(): void {
    this.#loading.end();
    this.#resizing.disconnect();
    this.#input.destroy();
    this.#scene.destroy();
  }

  /** Shows another state. Cheap when little changed: only boxes that differ are drawn. */
  update(document: CanvasDocument, view: CanvasView): void {
    const before = { document: this.#document, view: this.#view };
    this.#document = document;
    this.#view = view;
    const isOther = before.document.id !== document.id;
    if (
      isOther ||
      before.view.tool !== view.tool ||
      (before.view.target?.id !== view.target?.id && this.#input.isBusy)
    )
      this.#input.cancel();
    if (before.document !== document) {
      this.#stroke.settle(document);
      this.#scene.previewFrame(null);
    }
    this.#show();
    if (isOther) this.fit();
  }

  setViewport(viewport: Viewport): void {
    this.#viewport = clampViewport(viewport, this.#document, this.#scene.size);
    this.#scene.setViewport(this.#viewport);
    this.#callbacks.onViewportChange(this.#viewport);
  }

  /** The whole document in the middle, at most at 100 %. */
  fit(): void {
    this.fitTo({ x: 0, y: 0, width: this.#document.width, height: this.#document.height });
  }

  fitTo(rect: Rect): void {
    this.setViewport(fitRect(rect, this.#scene.size));
  }

  /** A zoom (1 = 100 %, one document pixel a CSS pixel) around the middle of the view. */
  zoomTo(scale: number): void {
    const { width, height } = this.#scene.size;
    this.setViewport(zoomAt(this.#viewport, { x: width / 2, y: height / 2 }, scale / this.#viewport.scale));
  }

  #show(): void {
    this.#scene.update(this.#document, this.#view);
    const urls = shownUrls(this.#document, this.#view, (layer) => this.#sources.urlOf(layer));
    this.#loading.show(this.#document, urls);
    this.#showChanged();
    if (this.#view.tool !== 'brush' && this.#view.tool !== 'sketch') this.#scene.cursor.setRing(null);
  }

  #showChanged(): void {
    const { changed } = this.#view;
    if (changed === null) {
      this.#changed = null;
      this.#scene.changed.clear();
      return;
    }
    if (this.#changed?.before === changed.before && this.#changed.after === changed.after) return;
    const [before, after] = [
      this.#sources.pictures.get(changed.before),
      this.#sources.pictures.get(changed.after),
    ];
    if (before === undefined || after === undefined) return;
    this.#changed = changed;
    this.#callbacks.onChangedMeasured(this.#scene.changed.show(before, after, changed.rect));
  }

  #toolAt(screen: Point): Tool {
    return isOnDivider(this, screen) ? this.#dividerTool : this.#tools[this.#view.tool];
  }

  #hovered(pointer: ToolPointer | null): void {
    const { tool, brush } = this.#view;
    const hasRing = pointer !== null && (tool === 'brush' || tool === 'sketch') && !this.#pan.isBusy;
    this.#scene.cursor.setRing(
      hasRing ? { at: pointer.point, width: brush.width, hardness: brush.hardness } : null,
    );
    this.#callbacks.onPointer(pointer?.point ?? null);
  }

  // What tools ask for.

  view(): CanvasView {
    return this.#view;
  }

  document(): CanvasDocument {
    return this.#document;
  }

  viewport(): Viewport {
    return this.#viewport;
  }

  beginStroke(mode: 'paint' | 'erase'): boolean {
    return this.#stroke.begin(mode, { document: this.#document, view: this.#view, scale: this.#viewport.scale });
  }

  extendStroke(points: readonly number[]): void {
    this.#stroke.extend(points);
  }

  restartStroke(points: readonly number[]): void {
    this.#stroke.restart(points);
  }

  endStroke(): void {
    const finished = this.#stroke.finish(this.#view);
    if (finished !== null) this.#callbacks.onStep(finished.target, finished.step);
  }

  dropStroke(): void {
    this.#stroke.drop();
  }

  showOutline(outline: Outline | null): void {
    this.#scene.cursor.setOutline(outline);
  }

  emit(step: PaintStep): void {
    if (this.#view.target !== null) this.#callbacks.onStep(this.#view.target, step);
  }

  previewFrame(rect: Rect): void {
    this.#scene.previewFrame(rect);
    this.#callbacks.onFramePreview(rect);
  }

  commitFrame(rect: Rect): void {
    this.#scene.previewFrame(rect);
    this.#callbacks.onFrameChange(rect);
  }

  moveDivider(position: number): void {
    this.#callbacks.onDividerChange(position);
  }

  panBy(by: Point): void {
    this.setViewport(panBy(this.#viewport, by));
  }

  pickColour(point: Point): void {
    const at = { x: Math.floor(point.x), y: Math.floor(point.y), width: 1, height: 1 };
    try {
      const pixel = composeRegion(this.#document, at, this.#sources)
        .getContext('2d')
        ?.getImageData(0, 0, 1, 1).data;
      if (pixel === undefined || pixel[3] === 0) return;
      this.#callbacks.onPickColour(
        `#${[0, 1, 2].map((k) => (pixel[k] ?? 0).toString(16).padStart(2, '0')).join('')}`,
      );
    } catch (problem) {
      this.#callbacks.onProblem(StudioError.fromCaught(problem));
    }
  }
}
