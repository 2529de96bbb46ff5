import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobId } from '../../../shared/ids';
import { isTerminal } from '../../../shared/job';
import type { ResizeSettings } from '../../../shared/resize/settings';
import type { PlannedResize } from '../../../shared/resize/contract';
import { reportError } from '../../commands/commands';
import { pickUpscaler } from '../../stores/resize';
import { settingsOf } from '../../stores/resize-form';
import { useActiveModel, useJobs, useResize, useStudio } from '../../studio-context';
import { toasts } from '../../ui/notify';

/** So long nothing must have changed before main is asked. */
const PLAN_PAUSE_MS = 120;

/** The form as it would be sent; null while something is missing. */
export function useResizeSettings(): ResizeSettings | null {
  const form = useResize((state) => state.form);
  const upscaler = useResize((state) => pickUpscaler(state.upscalers, state.form.upscalerId));
  const model = useActiveModel();
  return useMemo(() => settingsOf(form, { upscalerId: upscaler?.id ?? null, model }), [form, upscaler?.id, model]);
}

/** The screen's job once it has ended: how long such work takes here is known better then. */
function useEndedJob(): JobId | null {
  const jobId = useResize((state) => state.jobId);
  return useJobs((state) => state.jobs.find(({ id, state: at }) => id === jobId && isTerminal(at))?.id ?? null);
}

/** What main makes of the form for the open picture; null while nothing can be said. */
export function usePlan(settings: ResizeSettings | null): PlannedResize | null {
  const { t } = useTranslation();
  const { resize } = useStudio().stores;
  const source = useResize((state) => state.picture?.source ?? null);
  const endedJob = useEndedJob();
  const [settled] = useDebouncedValue(settings, PLAN_PAUSE_MS);
  const [planned, setPlanned] = useState<PlannedResize | null>(null);
  useEffect(() => {
    if (source === null || settled === null) return undefined;
    let isWanted = true;
    resize
      .plan(source, settled)
      .then((answer) => { if (isWanted) setPlanned(answer); })
      .catch((caught: unknown) => { if (isWanted) reportError({ toasts, t }, caught); });
    return () => { isWanted = false; };
  }, [resize, source, settled, endedJob, t]);
  return settings === null ? null : planned;
}
