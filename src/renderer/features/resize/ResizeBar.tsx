import { Button } from '@mantine/core';
import { IconPlayerStop, IconResize } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { isTerminal } from '../../../shared/job';
import type { PlannedResize } from '../../../shared/resize/contract';
import type { ResizeSettings } from '../../../shared/resize/settings';
import { formatDuration } from '../../i18n/format';
import { FitNotice } from '../../price/FitNotice';
import { PriceTag } from '../../price/PriceTag';
import { progressFraction } from '../../stores/progress';
import { useJobs, useLanguage, useResize, useStudio } from '../../studio-context';
import { ProgressLine } from '../../ui/ProgressLine';
import classes from './Resize.module.css';

/** Runs it, with what it costs; then how far it is, and the way to stop it. */
export function ResizeBar({ settings, planned }: { readonly settings: ResizeSettings | null; readonly planned: PlannedResize | null }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { stores, commands } = useStudio();
  const picture = useResize((state) => state.picture);
  const jobId = useResize((state) => state.jobId);
  const job = useJobs((state) => state.jobs.find(({ id }) => id === jobId) ?? null);
  const isBusy = job !== null && !isTerminal(job.state);
  const progress = job?.progress ?? null;
  const isBlocked = planned === null || planned.plan.problems.some(({ isBlocking }) => isBlocking);

  const run = (): void => {
    if (picture === null || settings === null) return;
    stores.resize.started(stores.jobs.submit({ kind: 'resize', source: picture.source, settings, prompt: picture.name, count: 1 }));
  };

  return (
    <div className={classes.footer}>
      <FitNotice quote={planned?.price ?? null} onMake={run} />
      {job?.state === 'failed' && <p role="alert" className={classes.problem}>{job.error?.message}</p>}
      {isBusy ? (
        <>
          <ProgressLine value={progress === null ? null : progress.total > 0 ? progress.step / progress.total : progressFraction(progress)} label={progress === null ? t('stage.submitting') : t(`stages.${progress.stage}`)} />
          <div className={classes.running}>
            <span className="tabular">
              {progress === null ? t('stage.queued', { count: job.position ?? 0 }) : t(`stages.${progress.stage}`)}
              {progress !== null && progress.total > 1 && ` · ${t('progress.step', { step: progress.step, total: progress.total })}`}
              {progress?.secondsLeft != null && ` · ${t('progress.left', { time: formatDuration(progress.secondsLeft, language) })}`}
            </span>
            <Button size="xs" variant="default" leftSection={<IconPlayerStop size={15} stroke={1.75} aria-hidden="true" />} onClick={() => { commands.cancel(job.id); }}>
              {t('resize.run.cancel')}
            </Button>
          </div>
        </>
      ) : (
        <Button fullWidth size="md" disabled={isBlocked} leftSection={<IconResize size={18} stroke={1.75} aria-hidden="true" />} onClick={run}>
          <PriceTag quote={planned?.price ?? null}>{t('resize.run.go')}</PriceTag>
        </Button>
      )}
    </div>
  );
}
