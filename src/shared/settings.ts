import { z } from 'zod';
import { NOISE_SOURCES } from './generation';
import { ModelId } from './ids';
import { UserProfile } from './licences/verdict';
import { LIMITS } from './limits';
import { DEFAULT_MODERATION, Moderation } from './moderation/moderation';
import { SCHEDULER_IDS } from './schedulers';

/** The prompt form as the user left it, so that it is there again after a restart. Widths and steps null = the model's default. */
export const Draft = z.object({
  modelId: ModelId.nullable(),
  prompt: z.string().max(LIMITS.promptLength),
  negativePrompt: z.string().max(LIMITS.promptLength),
  width: z.int().nullable(),
  height: z.int().nullable(),
  numInferenceSteps: z.int().nullable(),
  guidanceScale: z.number().nullable(),
  scheduler: z.enum(SCHEDULER_IDS).nullable(),
  /** Null = a new seed for every request ("dice"); a number = locked. */
  seed: z.int().nullable(),
  count: z.int(),
  /** Under "More": 1, 0 and `cpu` change nothing; a form saved before they existed has these. */
  guidanceCutoff: z.number().min(LIMITS.guidanceCutoff.min).max(LIMITS.guidanceCutoff.max).default(1),
  clipSkip: z.int().min(LIMITS.clipSkip.min).max(LIMITS.clipSkip.max).default(0),
  noiseSource: z.enum(NOISE_SOURCES).default('cpu'),
  hires: z.boolean(),
});
export type Draft = z.infer<typeof Draft>;

/** How the gallery looks, so that it looks the same after a restart. */
export const GalleryLook = z.object({
  /** Pictures side by side; justified rows are about as high as a square of that many columns. */
  columns: z.int().min(1).max(12),
  layout: z.enum(['square', 'justified']),
  isSidebarOpen: z.boolean(),
  isDetailsOpen: z.boolean(),
});
export type GalleryLook = z.infer<typeof GalleryLook>;

export const Settings = z.object({
  theme: z.enum(['dark', 'light', 'system']),
  language: z.enum(['en', 'nl', 'system']),
  draft: Draft,
  /** For whom the studio is used; decides what licences allow. */
  userProfile: UserProfile,
  moderation: Moderation,
  /** What finished files say of where they come from; see docs/provenance.md. */
  provenance: z.object({
    /** The invisible mark in the pixels. */
    watermark: z.boolean(),
    /** XMP `digitalSourceType`. */
    sourceType: z.boolean(),
  }),
  gallery: GalleryLook,
});
export type Settings = z.infer<typeof Settings>;

/** What one change may carry; absent keys stay as they are. */
export const SettingsPatch = Settings.partial();
export type SettingsPatch = z.infer<typeof SettingsPatch>;

export const DEFAULT_SETTINGS: Settings = {
  theme: 'dark',
  language: 'system',
  draft: {
    modelId: null,
    prompt: '',
    negativePrompt: '',
    width: null,
    height: null,
    numInferenceSteps: null,
    guidanceScale: null,
    scheduler: null,
    seed: null,
    count: 1,
    guidanceCutoff: 1,
    clipSkip: 0,
    noiseSource: 'cpu',
    hires: true,
  },
  userProfile: 'personal',
  moderation: DEFAULT_MODERATION,
  provenance: { watermark: false, sourceType: true },
  gallery: { columns: 5, layout: 'square', isSidebarOpen: true, isDetailsOpen: true },
};
