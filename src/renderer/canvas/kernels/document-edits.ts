import type {
  CanvasDocument,
  EditSettings,
  Layer,
  Mask,
  PaintStep,
  Rect,
} from '../../../shared/canvas-document';
import type { AssetId, DocumentId, ImageId } from '../../../shared/ids';
import { StudioError } from '../../../shared/errors';

/** The edits of a document as recipes for `applyEdit`: each takes a draft and changes it in place. */
type Edit = (draft: CanvasDocument) => void;

/** Where a painted step goes. */
export interface StepTarget {
  readonly kind: 'mask' | 'sketch';
  readonly id: string;
}

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
const emptyMask = ({ id, name, colour }: NewMask): Mask => ({
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

function maskOf(draft: CanvasDocument, id: string): Mask {
  const mask = draft.masks.find((candidate) => candidate.id === id);
  if (mask === undefined)
    throw new StudioError(
      'invalid-request',
      `Expected a mask of this document but received "${id}"; choose one from the list of masks.`,
    );
  return mask;
}

function layerOf(draft: CanvasDocument, id: string): Layer {
  const layer = draft.layers.find((candidate) => candidate.id === id);
  if (layer === undefined)
    throw new StudioError(
      'invalid-request',
      `Expected a layer of this document but received "${id}"; choose one from the list of layers.`,
    );
  return layer;
}

/** Adds one step to a mask or a sketch layer. @throws StudioError `invalid-request` when there is no such target. */
export const addStep =
  (target: StepTarget, step: PaintStep): Edit =>
  (draft) => {
    if (target.kind === 'mask') {
      maskOf(draft, target.id).steps.push(step);
      return;
    }
    const layer = layerOf(draft, target.id);
    if (layer.kind !== 'sketch')
      throw new StudioError(
        'invalid-request',
        `Expected a sketch layer but received the picture "${layer.name}"; add a sketch layer to paint on.`,
      );
    layer.steps.push(step);
  };

/** Adds an empty mask above the others and makes it the active one. */
export const addMask =
  (mask: NewMask): Edit =>
  (draft) => {
    draft.masks.push(emptyMask(mask));
    draft.activeMaskId = mask.id;
  };

/** Removes a mask; the one before it (or the new first) becomes active. */
export const removeMask =
  (id: string): Edit =>
  (draft) => {
    const at = draft.masks.findIndex((mask) => mask.id === id);
    if (at === -1) return;
    draft.masks.splice(at, 1);
    if (draft.activeMaskId === id) draft.activeMaskId = draft.masks[Math.max(0, at - 1)]?.id ?? null;
  };

/** A copy of a mask with its own steps, active. */
export const duplicateMask =
  (id: string, copy: { readonly id: string; readonly name: string }): Edit =>
  (draft) => {
    const mask = maskOf(draft, id);
    draft.masks.push({ ...mask, ...copy, steps: [...mask.steps] });
    draft.activeMaskId = copy.id;
  };

/** Changes a mask's name, strength, feather, colour, pattern or visibility. */
export const setMask =
  (id: string, change: Partial<Omit<Mask, 'id' | 'steps'>>): Edit =>
  (draft) => {
    Object.assign(maskOf(draft, id), change);
  };

export const setActiveMask =
  (id: string | null): Edit =>
  (draft) => {
    draft.activeMaskId = id;
  };

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

export const setFrame =
  (frame: Rect): Edit =>
  (draft) => {
    draft.frame = { ...frame };
  };

export const setSettings =
  (change: Partial<EditSettings>): Edit =>
  (draft) => {
    Object.assign(draft.settings, change);
  };

function shiftStep(step: PaintStep, x: number, y: number): PaintStep {
  if ('points' in step)
    return {
      ...step,
      points: step.points.map((value, i) => (i % 3 === 0 ? value + x : i % 3 === 1 ? value + y : value)),
    };
  if ('rect' in step) return { ...step, rect: { ...step.rect, x: step.rect.x + x, y: step.rect.y + y } };
  return step;
}

/** Fill and invert reach over the whole document, so a mask with them would spread into what is added. */
function keepOutside(steps: PaintStep[], added: readonly Rect[]): PaintStep[] {
  if (!steps.some((step) => step.kind === 'fill' || step.kind === 'invert')) return steps;
  return [
    ...steps,
    ...added
      .filter(({ width, height }) => width > 0 && height > 0)
      .map((rect): PaintStep => ({ kind: 'rectangle', mode: 'erase', colour: null, rect })),
  ];
}

/** Pixels to add on each side; all 0 or more. */
export interface AddedSides {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Adds empty pixels on each side. Everything keeps its place on the picture; masks do not spread into the new area. */
export const extendDocument =
  ({ left, top, right, bottom }: AddedSides): Edit =>
  (draft) => {
    if (left === 0 && top === 0 && right === 0 && bottom === 0) return;
    draft.width += left + right;
    draft.height += top + bottom;
    const { width, height } = draft;
    const added = [
      { x: 0, y: 0, width, height: top },
      { x: 0, y: height - bottom, width, height: bottom },
      { x: 0, y: top, width: left, height: height - top - bottom },
      { x: width - right, y: top, width: right, height: height - top - bottom },
    ];
    const shifted = (steps: PaintStep[]): PaintStep[] =>
      left === 0 && top === 0 ? steps : steps.map((step) => shiftStep(step, left, top));
    for (const layer of draft.layers) {
      if (layer.kind === 'sketch') layer.steps = shifted(layer.steps);
      else layer.rect = { ...layer.rect, x: layer.rect.x + left, y: layer.rect.y + top };
    }
    for (const mask of draft.masks) mask.steps = keepOutside(shifted(mask.steps), added);
    draft.frame = { ...draft.frame, x: draft.frame.x + left, y: draft.frame.y + top };
  };
