import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobCost } from '../../shared/credits';
import type { Recipe } from '../../shared/recipe';
import { reportError } from '../commands/commands';
import { useCredits, useStudio } from '../studio-context';
import { toasts } from '../ui/notify';

/** The account of the job that made a picture; null where there is none, undefined while it is on its way. */
export function useCost({ jobId }: Recipe): JobCost | null | undefined {
  const { t } = useTranslation();
  const { credits } = useStudio().stores;
  const cost = useCredits(({ costs }) => (jobId === undefined ? null : costs.get(jobId)));
  const isMissing = cost === undefined;
  useEffect(() => {
    if (jobId !== undefined && isMissing) credits.lookUp(jobId).catch((caught: unknown) => { reportError({ toasts, t }, caught); });
  }, [credits, jobId, isMissing, t]);
  return cost;
}
