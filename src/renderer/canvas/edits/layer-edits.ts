import type { CanvasDocument, Layer, Rect } from '../../../shared/canvas-document';
import { StudioError } from '../../../shared/errors';
import type { AssetId, ImageId } from '../../../shared/ids';
import type { Edit } from './edit';
import { extendDocument } from './extend-document';

/** @throws StudioError `invalid-request` when the document has no such layer */
export function layerOf(draft: CanvasDocument, id: string): Layer {
  const layer = draft.layers.find((candidate) => candidate.id === id);
  if (layer === undefined)
    throw new StudioError(
      'invalid-request',
      `Expected a layer of this document but received "${id}"; choose one from the list of layers.`,
    );
  return layer;
}

/** Adds an empty sketch layer on top. */
export const addSketch =
  (layer: { readonly id: string; readonly name: string }): Edit =>
  (draft) => {
    draft.layers.push({ ...layer, kind: 'sketch', visible: true, opacity: 1, steps: [] });
  };

export interface AcceptedResult {
  readonly layerId: string;
  readonly name: string;
  readonly assetId: AssetId;
  readonly imageId: ImageId | null;
  readonly rect: Rect;
}

/**
 * Puts a picture on top of the document as a layer of its own: an accepted result, or one that was dropped. A rectangle
 * that reaches over the edge extends the document first, so nothing of the result is cut off.
 */
export const acceptResult =
  (result: AcceptedResult): Edit =>
  (draft) => {
    const { rect } = result;
    const sides = {
      left: Math.max(0, -rect.x),
      top: Math.max(0, -rect.y),
      right: Math.max(0, rect.x + rect.width - draft.width),
      bottom: Math.max(0, rect.y + rect.height - draft.height),
    };
    extendDocument(sides)(draft);
    const placed = { ...rect, x: rect.x + sides.left, y: rect.y + sides.top };
    draft.layers.push({
      kind: 'picture',
      id: result.layerId,
      name: result.name,
      visible: true,
      opacity: 1,
      assetId: result.assetId,
      imageId: result.imageId,
      rect: placed,
    });
  };

export const removeLayer =
  (id: string): Edit =>
  (draft) => {
    draft.layers = draft.layers.filter((layer) => layer.id !== id);
  };

/** Changes a layer's name, opacity or visibility. */
export const setLayer =
  (id: string, change: Partial<Pick<Layer, 'name' | 'visible' | 'opacity'>>): Edit =>
  (draft) => {
    Object.assign(layerOf(draft, id), change);
  };

/** Moves a layer to place `to` (0 = bottom). */
export const moveLayer =
  (id: string, to: number): Edit =>
  (draft) => {
    const layer = layerOf(draft, id);
    const others = draft.layers.filter((other) => other.id !== id);
    others.splice(Math.max(0, Math.min(to, others.length)), 0, layer);
    draft.layers = others;
  };

/** All layers become the one picture that was composed of them. */
export const flatten =
  (picture: Omit<AcceptedResult, 'rect'>): Edit =>
  (draft) => {
    const rect = { x: 0, y: 0, width: draft.width, height: draft.height };
    draft.layers = [
      {
        kind: 'picture',
        id: picture.layerId,
        name: picture.name,
        visible: true,
        opacity: 1,
        assetId: picture.assetId,
        imageId: picture.imageId,
        rect,
      },
    ];
  };
