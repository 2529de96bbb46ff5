import type { CanvasDocument, Rect } from '../../../shared/canvas-document';
import type { Candidate } from '../canvas-view';
import { intersect } from '../kernels/geometry';
import type { Picture } from '../picture-cache';
import { DirectLayer } from './direct-layer';
import { checkerboard } from './patterns';
import type { StepView } from './step-view';
import { deviceRect, type Surface } from './surface';

export interface PictureLayerState {
  readonly document: CanvasDocument;
  readonly candidate: Candidate | null;
  /** Where the candidate starts, 0..1 of its width; 0 shows all of it. */
  readonly from: number;
}

/** How many times a picture of level 0 is halved before it is drawn at this many device pixels a picture pixel. */
export const levelFor = (scale: number, levels: number): number =>
  Math.min(levels - 1, Math.max(0, Math.floor(Math.log2(1 / Math.max(scale, 1e-6)))));

function lookOf({ document, candidate, from }: PictureLayerState): string {
  const layers = document.layers.map((layer) => [
    layer.id,
    layer.visible,
    layer.opacity,
    layer.kind === 'picture' ? [layer.assetId, layer.rect] : null,
  ]);
  return JSON.stringify([document.width, document.height, layers, candidate, from]);
}

/** Checkerboard, the document's layers in order, and a candidate above them. */
export class PictureLayer {
  readonly direct: DirectLayer;
  readonly #views: ReadonlyMap<string, StepView>;
  readonly #pictureOf: (url: string) => Picture | undefined;
  readonly #urlOf: (layer: Extract<CanvasDocument['layers'][number], { kind: 'picture' }>) => string;
  #state: PictureLayerState | null = null;
  #board: CanvasPattern | string | null = null;

  constructor(sources: {
    readonly views: ReadonlyMap<string, StepView>;
    readonly pictureOf: (url: string) => Picture | undefined;
    readonly urlOf: (layer: Extract<CanvasDocument['layers'][number], { kind: 'picture' }>) => string;
  }) {
    this.#views = sources.views;
    this.#pictureOf = sources.pictureOf;
    this.#urlOf = sources.urlOf;
    this.direct = new DirectLayer((surface) => {
      this.#paint(surface);
    });
  }

  /** Draws again when the layers look different; a sketch's changed pixels are told by box. */
  update(state: PictureLayerState): void {
    const isSame = this.#state !== null && lookOf(state) === lookOf(this.#state);
    this.#state = state;
    if (!isSame) this.direct.requestDraw();
  }

  #paint(surface: Surface): void {
    const state = this.#state;
    if (state === null) return;
    const { context, viewport } = surface;
    const all = deviceRect(viewport, {
      x: 0,
      y: 0,
      width: state.document.width,
      height: state.document.height,
    });
    context.fillStyle = this.#board ??= checkerboard(context);
    context.fillRect(all.x, all.y, all.width, all.height);
    context.save();
    context.beginPath();
    context.rect(all.x, all.y, all.width, all.height);
    context.clip();
    for (const layer of state.document.layers) {
      if (!layer.visible) continue;
      context.globalAlpha = layer.opacity;
      if (layer.kind === 'sketch') this.#views.get(layer.id)?.draw(surface);
      else this.#drawPicture(surface, this.#urlOf(layer), layer.rect);
    }
    context.restore();
    context.globalAlpha = 1;
    if (state.candidate !== null && state.from < 1) this.#drawCandidate(surface, state.candidate, state.from);
  }

  #drawCandidate(surface: Surface, candidate: Candidate, from: number): void {
    const { context } = surface;
    const target = deviceRect(surface.viewport, candidate.rect);
    context.save();
    context.beginPath();
    context.rect(target.x + target.width * from, target.y, target.width * (1 - from), target.height);
    context.clip();
    this.#drawPicture(surface, candidate.url, candidate.rect);
    context.restore();
  }

  #drawPicture({ context, viewport, clip }: Surface, url: string, rect: Rect): void {
    const picture = this.#pictureOf(url);
    const target = deviceRect(viewport, rect);
    if (picture === undefined || intersect(target, clip) === null) return;
    const scale = target.width / picture.width;
    const bitmap = picture.levels[levelFor(scale, picture.levels.length)];
    if (bitmap === undefined) return;
    // From 200 % on, pixels are shown as squares: that is what one zooms in for.
    context.imageSmoothingEnabled = scale < 2 && scale !== 1;
    context.drawImage(bitmap, target.x, target.y, target.width, target.height);
  }
}
