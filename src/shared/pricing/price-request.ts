import type { Img2ImgRequest, InpaintRequest, Txt2ImgRequest } from '../generation';
import type { ModelSummary } from '../model';
import type { Recipe } from '../recipe';
import { familyOfLabel, PRICE_FAMILIES, type PriceFamily } from './families';
import type { JobFacts } from './job-facts';
import type { PriceRequest } from './price-of';
import { PRICE_TOOLS, type PriceTool } from './price-table';

/** What a price depends on of the model. */
export type PricedModel = Pick<ModelSummary, 'name' | 'family' | 'nativeSize' | 'size' | 'hires'>;

type Sized<Request> = Pick<Request, Extract<keyof Request, 'kind' | 'width' | 'height' | 'numInferenceSteps' | 'hires' | 'onlyMaskedPadding' | 'passes'>>;

/** The fields of a request that its price depends on, so that a form can be priced before it is complete. */
export type PricedRequest = Sized<Txt2ImgRequest> | Sized<Img2ImgRequest> | Sized<InpaintRequest>;

/** A side as the model works at it: whole steps of its grid, inside its limits. */
const workingSide = (side: number, { min, max, multipleOf }: ModelSummary['size']): number =>
  Math.min(max, Math.max(min, Math.floor(side / multipleOf) * multipleOf));

/**
 * What a request costs depends on, before it runs. Edits are priced at the size the model works at, not at the size of
 * the document: the native size where only the masked part is sent, else the region cut to the model's grid.
 */
export function priceRequestOf(request: PricedRequest, model: PricedModel): PriceRequest {
  const passes = request.kind === 'inpaint' ? request.passes : undefined;
  const isCropped = passes !== undefined || ('onlyMaskedPadding' in request && request.onlyMaskedPadding !== null);
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
    ...(passes !== undefined && { passes: passes.length }),
  };
}

/** An enlargement of a finished picture by an upscaler model. */
export interface Upscale {
  /** As the model calls itself; lists that sold several kinds tell them apart by its words ("latent", "conservative"). */
  readonly upscalerName: string;
  /** Pixels of the picture that goes in; those of the result do not count, whatever the scale. */
  readonly width: number;
  readonly height: number;
}

/**
 * What the price of one enlargement depends on; give it to `quote`, or as `JobOrder.request` to `Credits.reserve`.
 * Resampling (Lanczos and the like) asks no model and is free: such a job opens no account at all.
 * Sources: resources/prices; DreamStudio sold Real-ESRGAN at 0.2, whatever the size, and the latent x4 upscaler at 8, or at 12 for an
 * input beyond 512 x 512.
 */
export const priceRequestOfUpscale = ({ upscalerName, width, height }: Upscale): PriceRequest => ({
  tool: 'upscale',
  family: 'other',
  modelName: upscalerName,
  width,
  height,
  numInferenceSteps: 1,
  isEnlarged: false,
});

/** The same, afterwards, from what is written in the picture. */
export const priceRequestOfRecipe = (recipe: Recipe): PriceRequest => ({
  tool: recipe.kind,
  family: familyOfLabel(recipe.model.family),
  modelName: recipe.model.name,
  width: recipe.width,
  height: recipe.height,
  numInferenceSteps: recipe.numInferenceSteps,
  isEnlarged: recipe.hires !== undefined,
  ...(recipe.edit?.passes !== undefined && { passes: recipe.edit.passes.length }),
});

/** The same, from what the ledger keeps of a job; null for a tool that this version does not know. */
export function priceRequestOfFacts(facts: JobFacts): PriceRequest | null {
  const tool = PRICE_TOOLS.find((known): known is PriceTool => known === facts.tool);
  const family = PRICE_FAMILIES.find((known): known is PriceFamily => known === facts.family) ?? 'other';
  const { modelName, width, height, numInferenceSteps, isEnlarged, passes } = facts;
  return tool === undefined ? null : { tool, family, modelName, width, height, numInferenceSteps, isEnlarged, ...(passes !== undefined && { passes }) };
}
