import type { CanvasDocument, PaintStep, Rect } from '../../shared/canvas-document';
import type { CanvasSources } from './canvas-sources';
import type { CanvasView } from './canvas-view';
import type { StepTarget } from './edits/document-edits';
import { LiveStroke } from './raster/live-stroke';
import type { TileStore } from './raster/tile-store';
import type { Scene } from './scene';
import { colourOf } from './tools/tool';

interface Painting {
  readonly target: StepTarget;
  readonly stroke: LiveStroke;
  readonly mode: 'paint' | 'erase';
  /** Handed out as this step, still shown until the document that has it arrives. */
  done: { readonly step: PaintStep; readonly coverage: TileStore | null } | null;
}

/** Where a stroke begins. */
export interface StrokeStart {
  readonly document: CanvasDocument;
  readonly view: CanvasView;
  readonly scale: number;
}

/** The stroke that is being painted, from its first point until the document holds it. Nothing of it is in a raster before. */
export class StrokeInHand {
  #painting: Painting | null = null;

  constructor(
    private readonly sources: CanvasSources,
    private readonly scene: Scene,
  ) {}

  /** False when there is nothing to paint on. */
  begin(mode: 'paint' | 'erase', { document, view, scale }: StrokeStart): boolean {
    this.drop();
    const { target, brush } = view;
    if (target === null || this.sources.raster(target.id) === undefined) return false;
    // A third of a screen pixel cannot be seen, and at high zoom a tenth of a document pixel is fine enough.
    const stroke = new LiveStroke(document, brush, Math.max(0.1, 0.33 / scale));
    this.#painting = { target, stroke, mode, done: null };
    this.scene.setInFlight(target.id, { stroke, mode, colour: brush.colour });
    return true;
  }

  /** Adds x, y, pressure triples. */
  extend(points: readonly number[]): void {
    this.#show(this.#painting?.stroke.add(points) ?? null);
  }

  /** Starts the seen stroke again with other points. */
  restart(points: readonly number[]): void {
    this.#show(this.#painting?.stroke.restart(points) ?? null);
  }

  /** The finished stroke as a step, and where it goes; null when none was being painted. */
  finish(view: CanvasView): { readonly target: StepTarget; readonly step: PaintStep } | null {
    const painting = this.#painting;
    if (painting === null || painting.done !== null) return null;
    const { target, stroke, mode } = painting;
    const { points, coverage, dirty } = stroke.finish();
    this.#show(dirty);
    const { width, hardness } = stroke.brush;
    const step: PaintStep = { kind: 'stroke', mode, width, hardness, colour: colourOf(view), points };
    painting.done = { step, coverage };
    return { target, step };
  }

  /** A document has come that may hold the stroke which was handed out; then it is taken over as it was drawn. */
  settle(document: CanvasDocument): void {
    const painting = this.#painting;
    if (painting === null || painting.done === null) return;
    const { done, target } = painting;
    const isShown = done.coverage !== null && this.sources.sync(document, { targetId: target.id, step: done.step, coverage: done.coverage });
    if (!isShown) {
      this.drop();
      return;
    }
    this.#painting = null;
    this.scene.settleInFlight(target.id);
  }

  /** Takes the stroke off the screen. */
  drop(): void {
    const target = this.#painting?.target;
    this.#painting = null;
    if (target !== undefined) this.scene.setInFlight(target.id, null);
  }

  #show(dirty: Rect | null): void {
    if (this.#painting !== null && dirty !== null) this.scene.showPart(this.#painting.target.id, dirty);
  }
}
