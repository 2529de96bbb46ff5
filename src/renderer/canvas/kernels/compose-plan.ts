import type { CanvasDocument, Layer, Rect } from '../../../shared/canvas-document';
import { intersect } from './geometry';

type PictureLayer = Extract<Layer, { kind: 'picture' }>;
type SketchLayer = Extract<Layer, { kind: 'sketch' }>;

/** One thing to draw, bottom first; places are in pixels of the region. */
export type ComposeItem =
  | {
      readonly kind: 'picture';
      readonly layer: PictureLayer;
      readonly x: number;
      readonly y: number;
      readonly opacity: number;
    }
  | {
      readonly kind: 'sketch';
      readonly layer: SketchLayer;
      readonly x: number;
      readonly y: number;
      readonly opacity: number;
    };

/** Which visible layers fall into a region of the document, and where their own upper left corner then lies. */
export function composePlan(
  document: CanvasDocument,
  region: Rect,
  hidden: ReadonlySet<string> = new Set(),
): ComposeItem[] {
  const items: ComposeItem[] = [];
  for (const layer of document.layers) {
    if (!layer.visible || layer.opacity === 0 || hidden.has(layer.id)) continue;
    if (layer.kind === 'sketch') {
      if (layer.steps.length > 0)
        items.push({ kind: 'sketch', layer, x: 0 - region.x, y: 0 - region.y, opacity: layer.opacity });
    } else if (intersect(layer.rect, region) !== null) {
      items.push({
        kind: 'picture',
        layer,
        x: layer.rect.x - region.x,
        y: layer.rect.y - region.y,
        opacity: layer.opacity,
      });
    }
  }
  return items;
}
