import type { GenerationRequest } from '../generation';
import type { ModelSummary } from '../model';
import type { Recipe } from '../recipe';
import { familyOfLabel } from './families';
import type { PriceRequest } from './price-of';

type PricedModel = Pick<ModelSummary, 'name' | 'family' | 'nativeSize' | 'size' | 'hires'>;

/** A side as the model works at it: whole steps of its grid, inside its limits. */
const workingSide = (side: number, { min, max, multipleOf }: ModelSummary['size']): number =>
  Math.min(max, Math.max(min, Math.floor(side / multipleOf) * multipleOf));

/**
 * What a request costs depends on, before it runs. Edits are priced at the size the model works at, not at the size of
 * the document: the native size where only the masked part is sent, else the region cut to the model's grid.
 */
export function priceRequestOf(request: GenerationRequest, model: PricedModel): PriceRequest {
  const isCropped = 'onlyMaskedPadding' in request && request.onlyMaskedPadding !== null;
  const side = (asked: number): number => {
    if (request.kind === 'txt2img') return asked;
    return isCropped ? model.nativeSize : workingSide(asked, model.size);
  };
  return {
    tool: request.kind,
    family: familyOfLabel(model.family),
    modelName: model.name,
    width: side(request.width),
    height: side(request.height),
    numInferenceSteps: request.numInferenceSteps,
    isEnlarged: 'hires' in request && request.hires && model.hires !== null,
  };
}

/** The same, afterwards, from what is written in the picture. */
export const priceRequestOfRecipe = (recipe: Recipe): PriceRequest => ({
  tool: recipe.kind,
  family: familyOfLabel(recipe.model.family),
  modelName: recipe.model.name,
  width: recipe.width,
  height: recipe.height,
  numInferenceSteps: recipe.numInferenceSteps,
  isEnlarged: recipe.hires !== undefined,
});
