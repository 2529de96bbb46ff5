import type { Mask, Rect } from '../../../shared/canvas-document';
import { DirectLayer } from './direct-layer';
import { maskFill } from './patterns';
import type { StepView } from './step-view';
import type { Surface } from './surface';

export interface MaskLayerState {
  readonly masks: readonly Pick<Mask, 'id' | 'visible' | 'colour' | 'pattern'>[];
  readonly visible: boolean;
  readonly opacity: number;
}

const lookOf = (state: MaskLayerState): string =>
  JSON.stringify([
    state.visible,
    state.opacity,
    state.masks.map(({ id, visible, colour, pattern }) => [id, visible, colour, pattern]),
  ]);

/** The coloured overlay of all masks. Each is drawn white on a scratch canvas, filled with its colour or pattern, laid over. */
export class MaskLayer {
  readonly direct: DirectLayer;
  #state: MaskLayerState = { masks: [], visible: true, opacity: 0.5 };
  readonly #views: ReadonlyMap<string, StepView>;
  readonly #fills = new Map<string, string | CanvasPattern>();
  #scratch: OffscreenCanvas | null = null;

  constructor(views: ReadonlyMap<string, StepView>) {
    this.#views = views;
    this.direct = new DirectLayer((surface) => {
      this.#paint(surface);
    });
  }

  /** Draws again when masks look different; changed pixels are told by box. */
  update(state: MaskLayerState): void {
    const isSame = lookOf(state) === lookOf(this.#state);
    this.#state = state;
    if (!isSame) this.direct.requestDraw();
  }

  #fillOf(context: CanvasRenderingContext2D, mask: Pick<Mask, 'colour' | 'pattern'>): string | CanvasPattern {
    const name = `${mask.pattern} ${mask.colour}`;
    const fill = this.#fills.get(name) ?? maskFill(context, mask);
    this.#fills.set(name, fill);
    return fill;
  }

  #scratchOf({ width, height }: { readonly width: number; readonly height: number }): OffscreenCanvas {
    if (this.#scratch?.width !== width || this.#scratch.height !== height)
      this.#scratch = new OffscreenCanvas(width, height);
    return this.#scratch;
  }

  #paint(surface: Surface): void {
    if (!this.#state.visible) return;
    const { context, clip } = surface;
    const scratch = this.#scratchOf(context.canvas);
    // Same interface for what is used of it; only the `canvas` property differs.
    const pen = scratch.getContext('2d') as unknown as CanvasRenderingContext2D | null;
    if (pen === null) return;
    for (const mask of this.#state.masks) {
      const view = this.#views.get(mask.id);
      if (!mask.visible || view === undefined) continue;
      this.#paintMask(pen, { ...surface, context: pen }, { view, fill: this.#fillOf(context, mask) });
      context.globalAlpha = this.#state.opacity;
      context.drawImage(
        scratch,
        clip.x,
        clip.y,
        clip.width,
        clip.height,
        clip.x,
        clip.y,
        clip.width,
        clip.height,
      );
    }
  }

  #paintMask(
    pen: CanvasRenderingContext2D,
    surface: Surface,
    mask: { readonly view: StepView; readonly fill: string | CanvasPattern },
  ): void {
    const { clip }: { clip: Rect } = surface;
    pen.save();
    pen.beginPath();
    pen.rect(clip.x, clip.y, clip.width, clip.height);
    pen.clip();
    pen.clearRect(clip.x, clip.y, clip.width, clip.height);
    mask.view.draw(surface);
    pen.globalCompositeOperation = 'source-in';
    pen.fillStyle = mask.fill;
    pen.fillRect(clip.x, clip.y, clip.width, clip.height);
    pen.restore();
  }
}
