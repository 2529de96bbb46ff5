import type { TFunction } from 'i18next';
import { z } from 'zod';
import { CREDIT_LIMITS, type CreditsState, type PriceQuote } from '../../shared/credits';
import type { StudioErrorData } from '../../shared/errors';
import { leftWithin } from '../../shared/pricing/fit';
import { formatAmount } from '../i18n/format-credits';

/** What is too little for a batch, and by how much. */
const Shortage = z.object({
  limit: z.enum(CREDIT_LIMITS),
  fits: z.number(),
  count: z.number(),
  unitPrice: z.number(),
  left: z.number(),
});
export type Shortage = z.infer<typeof Shortage>;

/** What holds a batch back before it is asked for; null when all of it fits. */
export function shortageOf({ fits, count, unitPrice, heldBackBy }: PriceQuote, state: CreditsState): Shortage | null {
  return heldBackBy === null ? null : { limit: heldBackBy, fits, count, unitPrice, left: leftWithin(state, heldBackBy) };
}

/** The same, from main's refusal; null for any other failure. */
export function refusedFor(error: StudioErrorData | null): Shortage | null {
  if (error?.code !== 'insufficient-credits') return null;
  const parsed = Shortage.safeParse(error.details);
  return parsed.success ? parsed.data : null;
}

/** One sentence: how many fit, and what is left. */
export function shortageText(t: TFunction, language: string, { limit, fits, count, unitPrice, left }: Shortage): string {
  const rest = t(`credits.fit.left.${limit}`, { amount: formatAmount(left, language) });
  return fits > 0 ? t('credits.fit.some', { fits, count, left: rest }) : t('credits.fit.none', { count, left: rest, price: formatAmount(unitPrice, language) });
}
