import { z } from 'zod';
import { ModelId } from './ids';
import { LIMITS } from './limits';
import { SCHEDULER_IDS } from './schedulers';

const side = z.int().min(LIMITS.side.min).max(LIMITS.side.max).multipleOf(LIMITS.side.multipleOf);

/** What a person asks for on the Create screen; `seed: null` means "draw one". */
export const Txt2ImgRequest = z.object({
  kind: z.literal('txt2img'),
  modelId: ModelId,
  prompt: z.string().max(LIMITS.promptLength),
  negativePrompt: z.string().max(LIMITS.promptLength),
  width: side,
  height: side,
  numInferenceSteps: z.int().min(LIMITS.numInferenceSteps.min).max(LIMITS.numInferenceSteps.max),
  guidanceScale: z.number().min(LIMITS.guidanceScale.min).max(LIMITS.guidanceScale.max),
  /** `null` obeys the model's own scheduler_config.json. */
  scheduler: z.enum(SCHEDULER_IDS).nullable(),
  seed: z.int().min(LIMITS.seed.min).max(LIMITS.seed.max).nullable(),
  count: z.int().min(LIMITS.count.min).max(LIMITS.count.max),
  /** Enlarge the result with the model's own upscaler, where the model names one (see ModelSummary.hires). */
  hires: z.boolean(),
});
export type Txt2ImgRequest = z.infer<typeof Txt2ImgRequest>;

export const GenerationRequest = z.discriminatedUnion('kind', [Txt2ImgRequest]);
export type GenerationRequest = z.infer<typeof GenerationRequest>;
