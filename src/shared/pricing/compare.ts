import type { Recipe } from '../recipe';
import { toMilliCredits, type MilliCredits } from './money';
import { priceOf, type PriceRequest } from './price-of';
import { priceRequestOfRecipe } from './price-request';
import type { PriceTable } from './price-table';

/** What something would have cost at one provider. */
export interface Comparison {
  readonly tableId: string;
  readonly provider: string;
  readonly name: string;
  readonly effectiveFrom: string;
  /** Null where pictures are not sold one by one, or not this kind of picture. */
  readonly milliCredits: MilliCredits | null;
  /** A fee for the whole month, whatever is made in it; null where there is none. */
  readonly monthlyFee: MilliCredits | null;
  /** What the provider called it; null without a price. */
  readonly label: string | null;
  readonly isStandIn: boolean;
  /** Pictures that are not in the sum because the provider did not sell their kind. */
  readonly unpriced: number;
}

const headOf = ({ id, provider, name, effectiveFrom, monthlyFee, unit }: PriceTable) => ({
  tableId: id,
  provider,
  name,
  effectiveFrom,
  monthlyFee: monthlyFee === null ? null : toMilliCredits(monthlyFee, unit),
});

/** One picture at every provider of the list. */
export const comparePrices = (request: PriceRequest, tables: readonly PriceTable[]): readonly Comparison[] =>
  tables.map((table) => {
    const price = priceOf(request, table);
    const isUnpriced = price === null && table.monthlyFee === null;
    return { ...headOf(table), milliCredits: price?.milliCredits ?? null, label: price?.label ?? null, isStandIn: price?.isStandIn ?? false, unpriced: isUnpriced ? 1 : 0 };
  });

/** What a picture would have cost elsewhere, from its own recipe. */
export const whatItWouldHaveCost = (recipe: Recipe, tables: readonly PriceTable[]): readonly Comparison[] =>
  comparePrices(priceRequestOfRecipe(recipe), tables);

/** Several pictures of one kind, as the ledger counts them. */
export interface PricedWork {
  readonly request: PriceRequest;
  readonly pictures: number;
}

/**
 * A month's work at every provider: single prices summed, and monthly fees as they are.
 * @returns one comparison per table; `milliCredits` is 0 for an empty month and null at a provider with a fee only
 */
export function whatTheMonthWouldHaveCost(work: readonly PricedWork[], tables: readonly PriceTable[]): readonly Comparison[] {
  return tables.map((table) => {
    const priced = work.map(({ request, pictures }) => ({ pictures, price: priceOf(request, table) }));
    const sum = priced.reduce((total, { pictures, price }) => total + (price?.milliCredits ?? 0) * pictures, 0);
    const missing = priced.reduce((total, { pictures, price }) => total + (price === null ? pictures : 0), 0);
    const isFeeOnly = table.monthlyFee !== null;
    return {
      ...headOf(table),
      milliCredits: isFeeOnly ? null : sum,
      label: null,
      isStandIn: priced.some(({ price }) => price?.isStandIn === true),
      unpriced: isFeeOnly ? 0 : missing,
    };
  });
}
