import { z } from 'zod';
import { FILLS } from './canvas-document';
import { AssetId, DocumentId, ImageId, ModelId } from './ids';
import { LIMITS } from './limits';
import { SCHEDULER_IDS } from './schedulers';

const side = z.int().min(LIMITS.side.min).max(LIMITS.side.max).multipleOf(LIMITS.side.multipleOf);

/** torch's generator on the processor, or the one that A1111 has on graphics cards (Philox). */
export const NOISE_SOURCES = ['cpu', 'gpu'] as const;

/** What every request tells; `seed: null` means "draw one", `scheduler: null` obeys the model's own config. */
const common = {
  modelId: ModelId,
  prompt: z.string().max(LIMITS.promptLength),
  negativePrompt: z.string().max(LIMITS.promptLength),
  numInferenceSteps: z.int().min(LIMITS.numInferenceSteps.min).max(LIMITS.numInferenceSteps.max),
  guidanceScale: z.number().min(LIMITS.guidanceScale.min).max(LIMITS.guidanceScale.max),
  scheduler: z.enum(SCHEDULER_IDS).nullable(),
  seed: z.int().min(LIMITS.seed.min).max(LIMITS.seed.max).nullable(),
  count: z.int().min(LIMITS.count.min).max(LIMITS.count.max),
  /** Share of the steps after which guidance is left out; absent = never. */
  guidanceCutoff: z.number().min(LIMITS.guidanceCutoff.min).max(LIMITS.guidanceCutoff.max).optional(),
  /** Last layers of the text encoder that are left out, as diffusers counts; at most the model's `maxClipSkip`. */
  clipSkip: z.int().min(LIMITS.clipSkip.min).max(LIMITS.clipSkip.max).optional(),
  /** Whose noise a seed means; absent = `cpu`. */
  noiseSource: z.enum(NOISE_SOURCES).optional(),
};

/** What a person asks for on the Create screen. */
export const Txt2ImgRequest = z.object({
  kind: z.literal('txt2img'),
  ...common,
  width: side,
  height: side,
  /** Enlarge the result with the model's own upscaler, where the model names one (see ModelSummary.hires). */
  hires: z.boolean(),
});
export type Txt2ImgRequest = z.infer<typeof Txt2ImgRequest>;

const whole = z.int().min(0).max(32_768);
const box = z.object({ x: whole, y: whole, width: whole.min(1), height: whole.min(1) });

/** One of the passes in which a large extension is made; pixels of the region. */
export const ExtendPass = z.object({
  /** What the pass sees; nothing else goes to the model. */
  window: box,
  /** The mask counts inside of this part of the window only. */
  area: box,
});
export type ExtendPass = z.infer<typeof ExtendPass>;

/** What both editing requests tell: the region of the document as a picture, and where it came from. */
const edit = {
  ...common,
  /** Size of the region, pixels. */
  width: z.int().min(1).max(32_768),
  height: z.int().min(1).max(32_768),
  sourceAssetId: AssetId,
  strength: z.number().min(0).max(1),
  documentId: DocumentId.nullable(),
  /** Upper left corner of the region in its document; absent without one. */
  at: z.object({ x: z.int().min(-32_768).max(32_768), y: z.int().min(-32_768).max(32_768) }).optional(),
  /** Gallery pictures that lie in the region, for the lineage. */
  parentImageIds: z.array(ImageId).max(100),
};

/** Sketch to picture: the whole region is drawn anew, as near to it as `strength` leaves it. */
export const Img2ImgRequest = z.object({ kind: z.literal('img2img'), ...edit });
export type Img2ImgRequest = z.infer<typeof Img2ImgRequest>;

/** Repaints what is white in the mask; every pixel outside the feathered mask comes back as it was. */
export const InpaintRequest = z.object({
  kind: z.literal('inpaint'),
  ...edit,
  /** Same size as the source; white = repaint, grey = partly. */
  maskAssetId: AssetId,
  /** Gaussian radius in pixels. */
  maskBlur: z.number().min(0).max(256),
  /** Pixels around the mask that are sent along at the model's native size; `null` sends the whole region. */
  onlyMaskedPadding: z.int().min(0).max(1024).nullable(),
  /** What stands under the mask before the model begins. */
  maskedContent: z.enum(FILLS),
  matchColours: z.boolean(),
  /** One after another, each sees what those before it have drawn; absent = all at once. */
  passes: z.array(ExtendPass).min(1).max(LIMITS.passes.max).optional(),
});
export type InpaintRequest = z.infer<typeof InpaintRequest>;

export const GenerationRequest = z.discriminatedUnion('kind', [Txt2ImgRequest, Img2ImgRequest, InpaintRequest]);
export type GenerationRequest = z.infer<typeof GenerationRequest>;
