import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PriceQuote } from '../../shared/credits';
import { formatAmount } from '../i18n/format-credits';
import { useCredits, useLanguage } from '../studio-context';
import classes from './Price.module.css';

/** A button's label with the price under it: what will be charged, or what it would be where nothing is. */
export function PriceTag({ quote, children }: { readonly quote: PriceQuote | null; readonly children: ReactNode }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const isFree = useCredits((state) => state.overview?.state.balance === null);
  if (quote === null) return children;
  const amount = formatAmount(quote.totalPrice, language);
  return (
    <span className={classes.label}>
      <span>{children}</span>{' '}
      <span className={`${classes.tag ?? ''} tabular`}>{isFree ? t('credits.button.free', { amount }) : t('credits.button.charge', { amount })}</span>
    </span>
  );
}
