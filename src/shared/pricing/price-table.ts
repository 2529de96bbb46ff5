import { z } from 'zod';
import { PRICE_FAMILIES } from './families';

/** What is done, in the words of a price list. */
export const PRICE_TOOLS = ['txt2img', 'img2img', 'inpaint', 'outpaint', 'upscale'] as const;
export type PriceTool = (typeof PRICE_TOOLS)[number];

const amount = z.number().min(0).max(1_000_000);

/** Shapes of published prices; amounts are in the table's unit. */
export const PriceFormula = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('flat'), amount }),
  /** scale · (width · height − offsetPixels) · steps / perSteps */
  z.strictObject({ kind: z.literal('area-steps'), scale: z.number(), offsetPixels: z.number(), perSteps: z.number().positive() }),
  /** constant + linear · steps + quadratic · steps², with listed step counts at their own price */
  z.strictObject({
    kind: z.literal('quadratic-steps'),
    constant: z.number(),
    linear: z.number(),
    quadratic: z.number(),
    fixed: z.array(z.strictObject({ steps: z.int().positive(), amount })),
  }),
  /** One price up to a number of pixels, another beyond it. */
  z.strictObject({ kind: z.literal('pixel-limit'), upToPixels: z.int().positive(), amount, beyond: amount }),
]);
export type PriceFormula = z.infer<typeof PriceFormula>;

export const PriceRule = z.strictObject({
  /** What the provider called it, e.g. "Stable Diffusion XL 1.0". */
  label: z.string().min(1).max(100),
  tools: z.array(z.enum(PRICE_TOOLS)).min(1),
  /** Model families the price is for. */
  families: z.array(z.enum(PRICE_FAMILIES)).min(1),
  /** Words that must all stand in the model's name, lower case; empty = any name. */
  nameWords: z.array(z.string().regex(/^[a-z0-9.]+$/)).default([]),
  /** The provider did not offer exactly this; it is priced as the nearest thing on its list. */
  isStandIn: z.boolean().default(false),
  formula: PriceFormula,
});
export type PriceRule = z.infer<typeof PriceRule>;

/** One provider's prices from one date on: data, never constants, because prices change. */
export const PriceTable = z.strictObject({
  version: z.literal(1),
  id: z.string().regex(/^[a-z0-9-]{1,60}$/),
  provider: z.string().regex(/^[a-z0-9-]{1,40}$/),
  name: z.string().min(1).max(80),
  /** First day on which the prices held, YYYY-MM-DD; how exactly it is known stands beside it. */
  effectiveFrom: z.iso.date(),
  datePrecision: z.enum(['day', 'month', 'year']),
  currency: z.literal('USD'),
  /** 1 credit = 1 US cent. */
  unit: z.enum(['credit', 'usd']),
  /** Least price of one picture, in the unit; the published area formula goes below zero for small pictures. */
  floor: amount,
  /** A fee for a month that covers everything; null where pictures are paid one by one. */
  monthlyFee: amount.nullable(),
  sources: z.array(z.strictObject({ title: z.string().min(1), url: z.url().nullable(), readOn: z.iso.date().nullable() })).min(1),
  notes: z.string(),
  /** The first that fits counts. */
  rules: z.array(PriceRule),
});
export type PriceTable = z.infer<typeof PriceTable>;

/**
 * The newest table of each provider that is in force on a day; of two with the same date the later in the list, so that
 * a user's own table replaces a shipped one.
 * @param day YYYY-MM-DD
 */
export function tablesInForce(tables: readonly PriceTable[], day: string): readonly PriceTable[] {
  const newest = new Map<string, PriceTable>();
  for (const table of tables) {
    if (table.effectiveFrom > day) continue;
    const other = newest.get(table.provider);
    if (other === undefined || table.effectiveFrom >= other.effectiveFrom) newest.set(table.provider, table);
  }
  return [...newest.values()];
}

/** Whose prices the studio charges by. */
export const CHARGING_PROVIDER = 'dreamstudio';
