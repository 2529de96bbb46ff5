import type { ImageId, JobId } from '../../shared/ids';
import type { Recipe } from '../../shared/recipe';
import type { FinishedImage, GenerateTask } from '../engine/engine';

/** What the engine cannot know: names, ids and the clock. */
export interface RecipeContext {
  readonly imageId: ImageId;
  readonly jobId?: JobId | undefined;
  readonly appVersion: string;
  readonly createdAt: Date;
  readonly model: Recipe['model'];
  /** Name of the upscaler in `task.upscaler`, for people. */
  readonly upscalerName: string | null;
  /** Where an edit came from; null for pictures made from text alone. */
  readonly edit?: Recipe['edit'] | null;
  readonly licences?: Recipe['licences'] | undefined;
  readonly moderation?: Recipe['moderation'] | undefined;
}

/** Seconds with three digits: a recipe is read by people too. */
const rounded = (seconds: Readonly<Record<string, number | undefined>>): Record<string, number> =>
  Object.fromEntries(Object.entries(seconds).flatMap(([stage, s]) => (s === undefined ? [] : [[stage, Math.round(s * 1000) / 1000]])));

/** Settings that a recipe names only where they were used. */
const rareSettings = ({ guidanceCutoff = 1, clipSkip = 0, noiseSource = 'cpu' }: GenerateTask): Partial<Recipe> => ({
  ...(guidanceCutoff === 1 ? {} : { guidanceCutoff }),
  ...(clipSkip === 0 ? {} : { clipSkip }),
  ...(noiseSource === 'cpu' ? {} : { noiseSource }),
});

/** The recipe of one finished picture: the task as it was asked, with the seed that this picture got. */
export function makeRecipe(task: GenerateTask, finished: FinishedImage, context: RecipeContext): Recipe {
  const upscaler = task.upscaler ?? null;
  return {
    version: 1,
    app: { name: 'Palimpsest', version: context.appVersion },
    imageId: context.imageId,
    ...(context.jobId === undefined ? {} : { jobId: context.jobId }),
    createdAt: context.createdAt.toISOString(),
    kind: task.kind,
    model: context.model,
    prompt: task.prompt,
    negativePrompt: task.negativePrompt ?? '',
    // The size the model worked at, so that the recipe can be asked again; the file itself tells the enlarged size.
    width: Math.round(finished.image.width / (upscaler?.scale ?? 1)),
    height: Math.round(finished.image.height / (upscaler?.scale ?? 1)),
    numInferenceSteps: task.numInferenceSteps,
    guidanceScale: task.guidanceScale,
    scheduler: finished.scheduler,
    seed: finished.seed,
    ...rareSettings(task),
    ...(finished.embeddings.length === 0 ? {} : { embeddings: [...finished.embeddings] }),
    ...(task.strength === undefined || task.kind === 'txt2img' ? {} : { strength: task.strength }),
    ...(context.edit === undefined || context.edit === null ? {} : { edit: context.edit }),
    ...(upscaler === null ? {} : { hires: { upscaler: context.upscalerName ?? 'unknown', scale: upscaler.scale } }),
    ...(context.licences === undefined ? {} : { licences: context.licences }),
    ...(context.moderation === undefined ? {} : { moderation: context.moderation }),
    secondsByStage: rounded(finished.secondsByStage),
    peakMemoryBytes: finished.peakMemoryBytes,
    warnings: [...finished.warnings],
  };
}
