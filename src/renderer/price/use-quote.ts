import type { PriceQuote } from '../../shared/credits';
import { quoteFor } from '../stores/credits';
import type { PricedForm } from '../stores/price-requests';
import { useCredits } from '../studio-context';

/** What a form costs now and whether it fits; null while that cannot be told. */
export function useQuote(form: PricedForm | null): PriceQuote | null {
  const overview = useCredits((state) => state.overview);
  return form === null ? null : quoteFor(overview, form);
}
