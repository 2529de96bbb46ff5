import type { CanvasDocument, EditSettings, Layer, Mask } from '../../../shared/canvas-document';
import type { AssetId, DocumentId, ImageId } from '../../../shared/ids';

const DEFAULT_SETTINGS: EditSettings = {
  intent: 'change',
  modelId: null,
  prompt: '',
  negativePrompt: '',
  strength: 0.75,
  fill: 'original',
  area: 'masked',
  padding: 32,
  grow: 4,
  colourMatch: true,
  numInferenceSteps: null,
  guidanceScale: null,
  seed: null,
  count: 1,
};

export interface NewDocument {
  readonly id: DocumentId;
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** The picture it starts from, or `null` for an empty document. */
  readonly picture: {
    readonly assetId: AssetId;
    readonly imageId: ImageId | null;
    readonly layerId: string;
    readonly layerName: string;
  } | null;
  readonly mask: NewMask;
}

export interface NewMask {
  readonly id: string;
  readonly name: string;
  readonly colour: string;
}

/** Krita-AI's default softness is a tenth of the selection, at least 32 px; a fixed start that the user sees is kinder. */
export const emptyMask = ({ id, name, colour }: NewMask): Mask => ({
  id,
  name,
  colour,
  visible: true,
  strength: 1,
  feather: 16,
  pattern: 'solid',
  steps: [],
});

/** A document of the picture's size with one empty mask and the frame around everything. */
export function newDocument(start: NewDocument): CanvasDocument {
  const all = { x: 0, y: 0, width: start.width, height: start.height };
  const layers: Layer[] =
    start.picture === null
      ? []
      : [
          {
            kind: 'picture',
            id: start.picture.layerId,
            name: start.picture.layerName,
            visible: true,
            opacity: 1,
            assetId: start.picture.assetId,
            imageId: start.picture.imageId,
            rect: all,
          },
        ];
  return {
    version: 1,
    id: start.id,
    name: start.name,
    width: start.width,
    height: start.height,
    layers,
    masks: [emptyMask(start.mask)],
    activeMaskId: start.mask.id,
    frame: all,
    settings: DEFAULT_SETTINGS,
  };
}
