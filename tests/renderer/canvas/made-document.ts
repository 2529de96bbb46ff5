import type { CanvasDocument, PaintStep } from '../../../src/shared/canvas-document';
import { AssetId, DocumentId } from '../../../src/shared/ids';
import { newDocument } from '../../../src/renderer/canvas/edits/new-document';

export const ASSET = AssetId.parse('a'.repeat(64));

/** A document of the given size with one picture and one empty mask, `mask`. */
export const madeDocument = (width = 64, height = 48): CanvasDocument =>
  newDocument({
    id: DocumentId.parse('00000000-0000-4000-8000-000000000001'),
    name: 'made',
    width,
    height,
    picture: { assetId: ASSET, imageId: null, layerId: 'base', layerName: 'Picture' },
    mask: { id: 'mask', name: 'Mask', colour: '#ff0000' },
  });

export const dab = (x: number, y: number, width = 8): PaintStep => ({
  kind: 'stroke',
  mode: 'paint',
  width,
  hardness: 1,
  colour: null,
  points: [x, y, 0.5],
});
