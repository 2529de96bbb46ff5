import { z } from 'zod';
import { AssetId, DocumentId, ImageId, ModelId } from './ids';
import { LIMITS } from './limits';

/**
 * A picture being edited, as plain data: what the canvas shows, what autosave writes and what a `.palimpsest` file holds.
 * All coordinates are document pixels, x right, y down, from the document's upper left corner. Masks: white = repaint.
 */
const px = z.number().min(-100_000).max(100_000);
const length = z.number().min(0).max(100_000);
const unit = z.number().min(0).max(1);
const key = z.string().min(1).max(64);
const colour = z.string().regex(/^#[0-9a-f]{6}$/);

/** Points as a flat list x0, y0, p0, x1, y1, p1 …; p is the pen's pressure, 0..1 (a mouse has 0.5). */
const points = z.array(z.number()).max(60_000);

export const Rect = z.object({ x: px, y: px, width: length, height: length });
export type Rect = z.infer<typeof Rect>;

/** One step on a mask or sketch; a mask's raster is the fold of its steps in order. */
export const PaintStep = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('stroke'), mode: z.enum(['paint', 'erase']), width: length, hardness: unit, colour: colour.nullable(), points }),
  z.object({ kind: z.literal('polygon'), mode: z.enum(['paint', 'erase']), colour: colour.nullable(), points }),
  z.object({ kind: z.literal('rectangle'), mode: z.enum(['paint', 'erase']), colour: colour.nullable(), rect: Rect }),
  z.object({ kind: z.literal('ellipse'), mode: z.enum(['paint', 'erase']), colour: colour.nullable(), rect: Rect }),
  z.object({ kind: z.literal('fill') }),
  z.object({ kind: z.literal('invert') }),
  z.object({ kind: z.literal('clear') }),
  /** Pixels; negative shrinks. */
  z.object({ kind: z.literal('grow'), by: z.int().min(-512).max(512) }),
  /** A picture used as mask, placed at `rect`. */
  z.object({ kind: z.literal('image'), assetId: AssetId, rect: Rect }),
]);
export type PaintStep = z.infer<typeof PaintStep>;

export const MASK_PATTERNS = ['solid', 'stripes', 'dots', 'cross'] as const;

export const Mask = z.object({
  id: key,
  name: z.string().max(200),
  visible: z.boolean(),
  /** How much the model may change under this mask. */
  strength: unit,
  /** Gaussian radius in pixels, applied when the mask is used. */
  feather: length,
  colour,
  pattern: z.enum(MASK_PATTERNS),
  steps: z.array(PaintStep),
});
export type Mask = z.infer<typeof Mask>;

const layerBase = { id: key, name: z.string().max(200), visible: z.boolean(), opacity: unit };
export const Layer = z.discriminatedUnion('kind', [
  /** A picture at a place; `imageId` when the gallery has it too. */
  z.object({ ...layerBase, kind: z.literal('picture'), assetId: AssetId, imageId: ImageId.nullable(), rect: Rect }),
  z.object({ ...layerBase, kind: z.literal('sketch'), steps: z.array(PaintStep) }),
]);
export type Layer = z.infer<typeof Layer>;

export const FILLS = ['original', 'blur', 'noise'] as const;
export const INTENTS = ['change', 'remove', 'add', 'extend'] as const;

/** The edit form beside the canvas. */
export const EditSettings = z.object({
  intent: z.enum(INTENTS),
  modelId: ModelId.nullable(),
  prompt: z.string().max(LIMITS.promptLength),
  negativePrompt: z.string().max(LIMITS.promptLength),
  strength: unit,
  fill: z.enum(FILLS),
  /** `masked` crops around the mask with `padding` pixels and works at the model's native size. */
  area: z.enum(['whole', 'masked']),
  padding: z.int().min(0).max(1024),
  grow: z.int().min(0).max(256),
  colourMatch: z.boolean(),
  numInferenceSteps: z.int().nullable(),
  guidanceScale: z.number().nullable(),
  seed: z.int().nullable(),
  count: z.int().min(LIMITS.count.min).max(LIMITS.count.max),
});
export type EditSettings = z.infer<typeof EditSettings>;

export const CanvasDocument = z.object({
  version: z.literal(1),
  id: DocumentId,
  name: z.string().max(200),
  width: z.int().min(1).max(32_768),
  height: z.int().min(1).max(32_768),
  /** Bottom first. */
  layers: z.array(Layer),
  masks: z.array(Mask),
  activeMaskId: key.nullable(),
  /** The region that is sent to the model. */
  frame: Rect,
  settings: EditSettings,
});
export type CanvasDocument = z.infer<typeof CanvasDocument>;

/** Undo and redo as immer's JSON patches, newest last; kept beside the document so that they survive a restart. */
const Patch = z.object({ op: z.enum(['add', 'remove', 'replace']), path: z.array(z.union([z.string(), z.number()])), value: z.unknown().optional() });
export const HistoryEntry = z.object({ label: z.string().max(100), patches: z.array(Patch), inverse: z.array(Patch) });
export type HistoryEntry = z.infer<typeof HistoryEntry>;
export const History = z.object({ undo: z.array(HistoryEntry).max(500), redo: z.array(HistoryEntry).max(500) });
export type History = z.infer<typeof History>;

export interface DocumentSummary {
  readonly id: DocumentId;
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly modifiedAt: number;
  /** The topmost of its pictures that the gallery has too, to know it by; null when there is none. */
  readonly imageId: ImageId | null;
}
