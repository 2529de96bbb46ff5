import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CreditsUsage } from '../../../shared/credits';
import { reportError } from '../../commands/commands';
import { useCredits, useStudio } from '../../studio-context';
import { toasts } from '../../ui/notify';
import type { Span } from './span';

/** What was made in a span, asked anew whenever the ledger has grown; null until it is there. */
export function useUsage({ from, to }: Span): CreditsUsage | null {
  const { t } = useTranslation();
  const { credits } = useStudio().stores;
  const rows = useCredits(({ overview }) => overview?.state.rows ?? 0);
  const [usage, setUsage] = useState<CreditsUsage | null>(null);
  useEffect(() => {
    let isCurrent = true;
    credits
      .usage({ from, to })
      .then((found) => { if (isCurrent) setUsage(found); })
      .catch((caught: unknown) => { reportError({ toasts, t }, caught); });
    return () => { isCurrent = false; };
  }, [credits, from, to, rows, t]);
  return usage;
}
