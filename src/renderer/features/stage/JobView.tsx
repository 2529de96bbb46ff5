import { Button } from '@mantine/core';
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { isGeneration, type Job } from '../../../shared/job';
import { formatDuration } from '../../i18n/format';
import { progressFraction } from '../../stores/progress';
import { useLanguage, useStudio } from '../../studio-context';
import { FittedFrame } from '../../ui/FittedFrame';
import { PixelCanvas } from '../../ui/PixelCanvas';
import { ProgressLine } from '../../ui/ProgressLine';
import classes from './Stage.module.css';

const PREVIEW_SCALE = 8;

/** The picture on its way: a preview that sharpens, and how far it is in words and as a line. */
export function JobView({ job }: { job: Job }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { commands } = useStudio();
  const { progress, request } = job;
  const preview = progress?.preview ?? null;

  const headline = (): string => {
    if (progress !== null) return t(`stages.${progress.stage}`);
    if (job.state === 'paused') return t('kept.headline');
    if (job.state === 'queued') return t('stage.queued', { count: job.position ?? 0 });
    return job.state === 'running' ? t('stages.loading') : t('stage.submitting');
  };

  const facts: string[] = [];
  if (progress !== null && progress.total > 1) facts.push(t('progress.step', { step: progress.step, total: progress.total }));
  if (progress !== null && progress.imageCount > 1) facts.push(t('progress.picture', { index: progress.imageIndex + 1, total: progress.imageCount }));
  if (progress?.pass !== undefined) facts.push(t('progress.pass', { index: progress.pass.index + 1, total: progress.pass.count }));
  if (progress?.secondsLeft !== null && progress?.secondsLeft !== undefined) facts.push(t('progress.left', { time: formatDuration(progress.secondsLeft, language) }));

  // A resize is told by its words; its shape is known when it is there.
  const frame = isGeneration(request) ? { width: request.width, height: request.height } : { width: 512, height: 512 };

  return (
    <>
      <div className={classes.space}>
        <FittedFrame {...frame} zoom="fit">
          {preview === null ? (
            <div className={classes.empty}>
              <p className={classes.wish}>{request.prompt}</p>
            </div>
          ) : (
            <PixelCanvas {...preview} scale={PREVIEW_SCALE} className={classes.picture} label={t('stage.previewAlt')} />
          )}
        </FittedFrame>
      </div>
      {job.state === 'running' && (
        <ProgressLine className={classes.progress} value={progress === null ? null : progressFraction(progress)} label={headline()} />
      )}
      <div className={classes.bar}>
        <span className={`${classes.facts ?? ''} tabular`}>
          <b>{headline()}</b>
          {facts.map((fact) => ` · ${fact}`).join('')}
        </span>
        <span className={classes.spring} />
        {job.state === 'paused' && (
          <Button size="xs" leftSection={<IconPlayerPlay size={15} stroke={1.75} aria-hidden="true" />} onClick={() => { commands.resume(job); }}>
            {t('kept.go')}
          </Button>
        )}
        {job.state !== 'running' && <Button size="xs" variant="default" leftSection={<IconPlayerStop size={15} stroke={1.75} aria-hidden="true" />} onClick={() => { commands.cancel(job.id); }}>
          {t('prompt.cancelThis')}
        </Button>}
      </div>
    </>
  );
}
