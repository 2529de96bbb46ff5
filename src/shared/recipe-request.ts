import type { GenerationRequest } from './generation';
import type { ModelSummary } from './model';
import type { Recipe } from './recipe';
import { SCHEDULERS, type SchedulerId } from './schedulers';

/** The scheduler that a recipe names, as a request names it; null = the model's own. */
export function schedulerIn({ scheduler }: Pick<Recipe, 'scheduler'>, model: ModelSummary): SchedulerId | null {
  if (scheduler.label === model.ownScheduler) return null;
  return SCHEDULERS.find(({ label }) => label === scheduler.label)?.id ?? null;
}

export interface RequestFromRecipe {
  /** Null when it cannot be asked again. */
  readonly request: GenerationRequest | null;
  /** One sentence each: what cannot be repeated as it was. */
  readonly problems: readonly string[];
}

/** The request that made a picture, one picture of it, on `model`. Pure. */
export function requestFromRecipe(recipe: Recipe, model: ModelSummary): RequestFromRecipe {
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
  };
  const { edit } = recipe;
  if (recipe.kind === 'txt2img') return { request: { ...common, kind: 'txt2img', hires: recipe.hires !== undefined && model.hires !== null }, problems: [] };
  if (edit === undefined || (recipe.kind !== 'img2img' && recipe.kind !== 'inpaint')) return { request: null, problems: [`A picture made by ${recipe.kind} cannot be made again from its recipe.`] };
  const from = { ...common, sourceAssetId: edit.sourceAssetId, strength: recipe.strength ?? 1, documentId: edit.documentId, parentImageIds: edit.parentImageIds };
  if (recipe.kind === 'img2img') return { request: { ...from, kind: 'img2img' }, problems: [] };
  if (edit.maskAssetId === null) return { request: null, problems: ['The recipe names no mask, so the edit cannot be made again.'] };
  return {
    request: { ...from, kind: 'inpaint', maskAssetId: edit.maskAssetId, maskBlur: edit.maskBlur, onlyMaskedPadding: edit.onlyMaskedPadding, maskedContent: edit.maskedContent, matchColours: false },
    problems: [],
  };
}
