import type { JobCost } from '../../shared/credits';
import { priceOf, type PriceRequest } from '../../shared/pricing/price-of';
import { priceRequestOfFacts, priceRequestOfRecipe } from '../../shared/pricing/price-request';
import type { PriceTable } from '../../shared/pricing/price-table';
import type { MilliCredits } from '../../shared/pricing/money';
import type { Recipe } from '../../shared/recipe';

/** One picture's price, afterwards. */
export interface PicturePrice {
  readonly request: PriceRequest;
  /** Null where the picture is on no account, or on one that is still open. */
  readonly charged: MilliCredits | null;
  readonly listPrice: MilliCredits | null;
}

/**
 * What a picture cost: by its account where the ledger has one, which knows at what size the model worked, else by its
 * recipe at the table in force.
 */
export function picturePrice(recipe: Recipe, cost: JobCost | null | undefined, table: PriceTable | undefined): PicturePrice {
  const request = (cost == null ? null : priceRequestOfFacts(cost.facts)) ?? priceRequestOfRecipe(recipe);
  const listed = table === undefined ? null : (priceOf(request, table)?.milliCredits ?? null);
  if (cost == null) return { request, charged: null, listPrice: listed };
  return { request, charged: cost.closed === null ? null : cost.facts.unitCharge, listPrice: cost.facts.unitPrice };
}
