import Konva from 'konva';
import type { Rect } from '../../../shared/canvas-document';
import type { Point } from '../kernels/geometry';
import { rectToScreen, toScreen, type Viewport } from '../kernels/viewport';

/** A shape that is not finished, in document pixels. */
export type Outline =
  | { readonly kind: 'line'; readonly points: readonly Point[]; readonly closed: boolean }
  | { readonly kind: 'rectangle' | 'ellipse'; readonly rect: Rect };

export interface Ring {
  readonly at: Point;
  readonly width: number;
  readonly hardness: number;
}

const BOTH: readonly (readonly [string, number])[] = [
  ['rgba(0, 0, 0, 0.8)', 3],
  ['#ffffff', 1],
];

/** The brush ring and unfinished shapes. Drawn at once, not with the next frame: a ring that trails feels like lag. */
export class CursorLayer {
  readonly layer = new Konva.Layer({ listening: false });
  #ring: Ring | null = null;
  #outline: Outline | null = null;
  #viewport: Viewport = { x: 0, y: 0, scale: 1 };

  constructor() {
    const shape = new Konva.Shape({
      listening: false,
      perfectDrawEnabled: false,
      sceneFunc: (context) => {
        this.#paint(context);
      },
    });
    this.layer.add(shape);
  }

  setViewport(viewport: Viewport): void {
    this.#viewport = viewport;
    this.layer.draw();
  }

  setRing(ring: Ring | null): void {
    if (ring === null && this.#ring === null) return;
    this.#ring = ring;
    this.layer.draw();
  }

  setOutline(outline: Outline | null): void {
    if (outline === null && this.#outline === null) return;
    this.#outline = outline;
    this.layer.draw();
  }

  #paint(context: Konva.Context): void {
    for (const [style, width] of BOTH) {
      context.setAttr('strokeStyle', style);
      context.setAttr('lineWidth', width);
      if (this.#ring !== null) this.#circle(context, this.#ring);
      if (this.#outline !== null) this.#shape(context, this.#outline);
    }
  }

  #circle(context: Konva.Context, ring: Ring): void {
    const { x, y } = toScreen(this.#viewport, ring.at);
    const radius = Math.max(1.5, (ring.width / 2) * this.#viewport.scale);
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    const core = radius * ring.hardness;
    if (ring.hardness < 0.95 && core > 4) {
      context.moveTo(x + core, y);
      context.arc(x, y, core, 0, 2 * Math.PI);
    }
    context.stroke();
  }

  #shape(context: Konva.Context, outline: Outline): void {
    context.beginPath();
    if (outline.kind === 'line') {
      outline.points.forEach((point, i) => {
        const { x, y } = toScreen(this.#viewport, point);
        if (i === 0) context.moveTo(x, y);
        else context.lineTo(x, y);
      });
      if (outline.closed) context.closePath();
    } else {
      const { x, y, width, height } = rectToScreen(this.#viewport, outline.rect);
      if (outline.kind === 'rectangle') context.rect(x, y, width, height);
      else if (width > 0 && height > 0)
        context.ellipse(x + width / 2, y + height / 2, width / 2, height / 2, 0, 0, 2 * Math.PI);
    }
    context.stroke();
  }
}
