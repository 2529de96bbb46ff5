import { Button } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { CreditLimit, CreditsState, PriceQuote } from '../../shared/credits';
import { leftWithin } from '../../shared/pricing/fit';
import { useCredits, useLanguage } from '../studio-context';
import { ChangePlanButton } from './ChangePlanButton';
import classes from './Price.module.css';
import { shortageOf, shortageText } from './shortage';

export interface FitNoticeProps {
  readonly quote: PriceQuote | null;
  /** Makes as many as fit. */
  readonly onMake: (count: number) => void;
}

function warningText(t: TFunction, quote: PriceQuote, state: CreditsState): string | null {
  const isBeyond = (limit: CreditLimit): boolean => leftWithin(state, limit) < quote.totalPrice;
  const limit = quote.warnings.find(isBeyond) ?? quote.warnings[0];
  if (limit === undefined) return null;
  return isBeyond(limit) ? t(`credits.fit.beyond.${limit}`) : t(`credits.fit.near.${limit}`);
}

/** Says above the button what does not fit, and offers what does; says nothing while all is well. */
export function FitNotice({ quote, onMake }: FitNoticeProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const state = useCredits((credits) => credits.overview?.state ?? null);
  if (quote === null || state === null) return null;
  const shortage = shortageOf(quote, state);
  const text = shortage === null ? warningText(t, quote, state) : shortageText(t, language, shortage);

  return (
    // Stands empty while all is well: only what comes into a region that is there already is read aloud.
    <div role="status">
      {text !== null && (
        <div className={classes.notice} data-tone={shortage === null ? 'warning' : 'short'}>
          <p>{text}</p>
          {shortage !== null && (
            <div className={classes.buttons}>
              {shortage.fits > 0 && (
                <Button size="compact-xs" variant="light" onClick={() => { onMake(shortage.fits); }}>
                  {t('credits.fit.make', { count: shortage.fits })}
                </Button>
              )}
              <ChangePlanButton size="compact-xs" variant="subtle" />
            </div>
          )}
        </div>
      )}
    </div>
  );
}
