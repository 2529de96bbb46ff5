import type { Rect } from '../../../shared/canvas-document';
import { changedPixels } from '../kernels/changed-pixels';
import type { Picture } from '../picture-cache';
import { DirectLayer } from './direct-layer';
import { deviceRect } from './surface';

export interface Measured {
  readonly changed: number;
  readonly total: number;
  readonly largest: number;
}

function pixelsOf(
  picture: Picture,
  size: { readonly width: number; readonly height: number },
): Uint8ClampedArray | null {
  const context = new OffscreenCanvas(size.width, size.height).getContext('2d', { willReadFrequently: true });
  const bitmap = picture.levels[0];
  if (context === null || bitmap === undefined) return null;
  context.imageSmoothingEnabled = bitmap.width !== size.width || bitmap.height !== size.height;
  context.drawImage(bitmap, 0, 0, size.width, size.height);
  return context.getImageData(0, 0, size.width, size.height).data;
}

/** Magenta where two pictures differ, from half to full strength; untouched pixels are darkened so that it stands out. */
export class WhatsChangedLayer {
  readonly direct: DirectLayer;
  #overlay: { readonly bitmap: OffscreenCanvas; readonly rect: Rect } | null = null;

  constructor() {
    this.direct = new DirectLayer(({ context, viewport }) => {
      if (this.#overlay === null) return;
      const target = deviceRect(viewport, this.#overlay.rect);
      context.imageSmoothingEnabled = false;
      context.drawImage(this.#overlay.bitmap, target.x, target.y, target.width, target.height);
    });
  }

  clear(): void {
    if (this.#overlay === null) return;
    this.#overlay = null;
    this.direct.requestDraw();
  }

  /** Compares at the later picture's size; an earlier one of another size is scaled to it. */
  show(before: Picture, after: Picture, rect: Rect): Measured {
    const [a, b] = [pixelsOf(before, after), pixelsOf(after, after)];
    const bitmap = new OffscreenCanvas(after.width, after.height);
    const context = bitmap.getContext('2d');
    if (a === null || b === null || context === null) return { changed: 0, total: 0, largest: 0 };
    const { difference, changed, largest } = changedPixels(a, b);
    const image = new ImageData(after.width, after.height);
    for (let i = 0, p = 0; i < difference.length; i++, p += 4) {
      const value = difference[i] ?? 0;
      image.data.set(value === 0 ? [0, 0, 0, 110] : [255, 0, 200, 128 + Math.min(127, value * 4)], p);
    }
    context.putImageData(image, 0, 0);
    this.#overlay = { bitmap, rect };
    this.direct.requestDraw();
    return { changed, total: difference.length, largest };
  }
}
