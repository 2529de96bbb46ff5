import Konva from 'konva';
import type { Rect } from '../../../shared/canvas-document';
import type { Viewport } from '../kernels/viewport';
import { deviceViewport, dirtyDeviceRect, type Surface } from './surface';

/**
 * A Konva layer whose pixels are drawn by one function, whole or in part. Konva itself always clears and redraws a whole
 * layer, which on a big screen costs more than a brush dab: the part under the dab is drawn here without asking it.
 */
export class DirectLayer {
  readonly layer = new Konva.Layer({ listening: false });
  readonly #paint: (surface: Surface) => void;
  #viewport: Viewport = { x: 0, y: 0, scale: 1 };

  constructor(paint: (surface: Surface) => void) {
    this.#paint = paint;
    this.layer.add(
      new Konva.Shape({
        listening: false,
        perfectDrawEnabled: false,
        sceneFunc: () => {
          this.#draw(this.#all());
        },
      }),
    );
  }

  setViewport(viewport: Viewport): void {
    this.#viewport = viewport;
  }

  /** Draws everything again with the next frame. */
  requestDraw(): void {
    this.layer.batchDraw();
  }

  /** Draws the pixels of a document box again, at once. */
  drawPart(dirty: Rect): void {
    const clip = dirtyDeviceRect(this.#deviceViewport(), dirty, this.#all());
    if (clip !== null) this.#draw(clip);
  }

  /** The layer's own pixels. */
  get canvas(): HTMLCanvasElement {
    return this.layer.getNativeCanvasElement();
  }

  #all(): Rect {
    return { x: 0, y: 0, width: this.canvas.width, height: this.canvas.height };
  }

  #deviceViewport(): Viewport {
    return deviceViewport(this.#viewport, this.layer.getCanvas().getPixelRatio());
  }

  #draw(clip: Rect): void {
    const context = this.canvas.getContext('2d');
    if (context === null) return;
    context.save();
    context.resetTransform();
    context.beginPath();
    context.rect(clip.x, clip.y, clip.width, clip.height);
    context.clip();
    context.clearRect(clip.x, clip.y, clip.width, clip.height);
    this.#paint({ context, viewport: this.#deviceViewport(), clip });
    context.restore();
  }
}
