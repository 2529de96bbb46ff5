import { useTranslation } from 'react-i18next';
import type { Recipe } from '../../shared/recipe';
import { formatAmount } from '../i18n/format-credits';
import { useCredits, useLanguage } from '../studio-context';
import { picturePrice } from './picture-price';
import { useCost } from './use-cost';

/** What a picture cost, in two words; nothing for one that is on no account. */
export function PriceAfter({ recipe }: { readonly recipe: Recipe }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const cost = useCost(recipe);
  const table = useCredits(({ overview }) => overview?.tables[0]);
  const { charged } = picturePrice(recipe, cost, table);
  if (charged === null) return null;
  return <span>{' · '}{charged === 0 ? t('credits.after.free') : t('credits.after.charged', { amount: formatAmount(charged, language) })}</span>;
}
