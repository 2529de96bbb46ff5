import { z } from 'zod';
import { FILLS } from './canvas-document';
import { ExtendPass, NOISE_SOURCES } from './generation';
import { AssetId, DocumentId, ImageId, JobId } from './ids';
import { PartLicence } from './licences/inheritance';
import { PictureJudgement } from './moderation/moderation';

/** How a picture was made: written whole into the picture's file, so that the file alone is enough to make it again. */
export const Recipe = z.object({
  /** Raised when a field changes its meaning; readers accept every older version. */
  version: z.literal(1),
  app: z.object({ name: z.literal('Palimpsest'), version: z.string() }),
  imageId: ImageId,
  /** The studio's job that made it, so that a crash cannot part a picture from its account; absent on the command line. */
  jobId: JobId.optional(),
  /** ISO 8601 in UTC. */
  createdAt: z.string(),
  kind: z.enum(['txt2img', 'img2img', 'inpaint', 'outpaint', 'upscale']),
  /** `weights`: a short hash of the model's files; absent before it was kept. */
  model: z.object({ id: z.string(), name: z.string(), family: z.string(), weights: z.string().optional() }),
  prompt: z.string(),
  negativePrompt: z.string(),
  width: z.int(),
  height: z.int(),
  numInferenceSteps: z.int(),
  guidanceScale: z.number(),
  scheduler: z.object({ className: z.string(), label: z.string() }),
  seed: z.int(),
  /** Each only where it was asked for. */
  guidanceCutoff: z.number().optional(),
  clipSkip: z.int().optional(),
  noiseSource: z.enum(NOISE_SOURCES).optional(),
  /** Names of the textual inversion embeddings in the prompts. */
  embeddings: z.array(z.string()).optional(),
  strength: z.number().optional(),
  /** How an edit was made and from what; absent for pictures made from text alone. */
  edit: z
    .object({
      sourceAssetId: AssetId,
      maskAssetId: AssetId.nullable(),
      maskBlur: z.number(),
      onlyMaskedPadding: z.number().nullable(),
      maskedContent: z.enum(FILLS),
      documentId: DocumentId.nullable(),
      /** Upper left corner of the picture in its document; absent in recipes of before and without a document. */
      at: z.object({ x: z.int(), y: z.int() }).optional(),
      /** Absent in recipes of before. */
      matchColours: z.boolean().optional(),
      /** In which passes a large extension was made. */
      passes: z.array(ExtendPass).optional(),
      parentImageIds: z.array(ImageId),
    })
    .optional(),
  /** How a finished picture got another size; what it was made with before stands in the fields above. */
  resize: z
    .object({
      from: z.object({ width: z.int(), height: z.int() }),
      to: z.object({ width: z.int(), height: z.int() }),
      /** In English: "x4 by Illustration, fast, then 93 % resample". */
      words: z.string(),
      upscaler: z.object({ id: z.string(), name: z.string(), scale: z.number(), sha256: z.string() }).nullable(),
      /** The model that drew detail anew or extended the picture. */
      drawing: z
        .object({ id: z.string(), name: z.string(), prompt: z.string(), negativePrompt: z.string(), numInferenceSteps: z.int(), guidanceScale: z.number(), seed: z.int(), strength: z.number().nullable() })
        .nullable(),
    })
    .optional(),
  hires: z.object({ upscaler: z.string(), scale: z.number() }).optional(),
  /** What made the picture and under which licences, its sources' included; absent before licences were kept. */
  licences: z.array(PartLicence).optional(),
  /** What the checks said; absent when none was asked. */
  moderation: PictureJudgement.optional(),
  secondsByStage: z.record(z.string(), z.number()),
  peakMemoryBytes: z.number(),
  warnings: z.array(z.string()),
});
export type Recipe = z.infer<typeof Recipe>;
