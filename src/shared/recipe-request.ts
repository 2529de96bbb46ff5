import type { GenerationRequest } from './generation';
import type { ModelSummary } from './model';
import type { Recipe } from './recipe';
import { SCHEDULERS, type SchedulerId } from './schedulers';

/** The scheduler that a recipe names, as a request names it; null = the model's own. */
function schedulerIn({ scheduler }: Pick<Recipe, 'scheduler'>, model: ModelSummary): SchedulerId | null {
  if (scheduler.label === model.ownScheduler) return null;
  return SCHEDULERS.find(({ label }) => label === scheduler.label)?.id ?? null;
}

/** Either the request, or in one sentence why there is none. */
export type RequestFromRecipe = { readonly request: GenerationRequest } | { readonly problem: string };

/** The request that makes one picture as its recipe says, on `model`. Pure. */
export function requestFromRecipe(recipe: Recipe, model: ModelSummary): RequestFromRecipe {
  const { edit } = recipe;
  if (recipe.resize !== undefined) return { problem: 'This picture was resized; its recipe makes the picture that it was before.' };
  const common = {
    modelId: model.id,
    prompt: recipe.prompt,
    negativePrompt: recipe.negativePrompt,
    numInferenceSteps: recipe.numInferenceSteps,
    guidanceScale: recipe.guidanceScale,
    scheduler: schedulerIn(recipe, model),
    seed: recipe.seed,
    count: 1,
    width: recipe.width,
    height: recipe.height,
    ...(recipe.guidanceCutoff === undefined ? {} : { guidanceCutoff: recipe.guidanceCutoff }),
    ...(recipe.clipSkip === undefined ? {} : { clipSkip: recipe.clipSkip }),
    ...(recipe.noiseSource === undefined ? {} : { noiseSource: recipe.noiseSource }),
  };
  if (recipe.kind === 'txt2img') return { request: { ...common, kind: 'txt2img', hires: recipe.hires !== undefined && model.hires !== null } };
  if (edit === undefined || (recipe.kind !== 'img2img' && recipe.kind !== 'inpaint')) return { problem: `A picture made by ${recipe.kind} cannot be made again from its recipe.` };
  const from = {
    ...common,
    sourceAssetId: edit.sourceAssetId,
    strength: recipe.strength ?? 1,
    documentId: edit.documentId,
    parentImageIds: edit.parentImageIds,
    ...(edit.at === undefined ? {} : { at: edit.at }),
  };
  if (recipe.kind === 'img2img') return { request: { ...from, kind: 'img2img' } };
  if (edit.maskAssetId === null) return { problem: 'The recipe names no mask, so the edit cannot be made again.' };
  return {
    request: {
      ...from,
      kind: 'inpaint',
      maskAssetId: edit.maskAssetId,
      maskBlur: edit.maskBlur,
      onlyMaskedPadding: edit.onlyMaskedPadding,
      maskedContent: edit.maskedContent,
      // Recipes of before it was written down come from the form's default.
      matchColours: edit.matchColours ?? true,
      ...(edit.passes === undefined ? {} : { passes: edit.passes }),
    },
  };
}
