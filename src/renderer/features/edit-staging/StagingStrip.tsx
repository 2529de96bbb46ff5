import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconPlayerPlay, IconRefresh, IconTrash, IconX } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CanvasDocument } from '../../../shared/canvas-document';
import type { Job } from '../../../shared/job';
import { editKeys } from '../../commands/edit-shortcuts';
import { thumbnailUrl } from '../../picture-urls';
import { candidatesOf, pendingJobs, shownCandidate } from '../../stores/canvas-staging';
import { progressFraction } from '../../stores/progress';
import { useJobs, useStaging, useStudio } from '../../studio-context';
import { PixelCanvas } from '../../ui/PixelCanvas';
import { ProgressLine } from '../../ui/ProgressLine';
import { CompareButtons } from './CompareButtons';
import tile from '../../ui/Tile.module.css';
import classes from './Staging.module.css';

function PendingTile({ job }: { job: Job }) {
  const { t } = useTranslation();
  const { commands } = useStudio();
  const { progress } = job;
  const isFailed = job.state === 'failed';
  const label = isFailed ? t('edit.staging.failed') : job.state === 'running' ? t(`stages.${progress?.stage ?? 'loading'}`) : t('edit.staging.waiting');
  return (
    <li className={classes.item}>
      {job.state === 'paused' ? (
        <button type="button" className={`${tile.tile ?? ''} ${classes.tile ?? ''}`} onClick={() => { commands.resume(job); }}>
          <IconPlayerPlay size={18} stroke={1.6} aria-hidden="true" />
          <span className={classes.stage}>{t('kept.go')}</span>
        </button>
      ) : (
        <div className={`${tile.tile ?? ''} ${classes.tile ?? ''}`} data-failed={isFailed}>
          {progress?.preview != null && <PixelCanvas {...progress.preview} />}
          {isFailed && <IconAlertTriangle size={18} stroke={1.6} aria-hidden="true" />}
          <span className={classes.stage}>{label}</span>
          {job.state === 'running' && <ProgressLine className={tile.line} value={progress === null ? null : progressFraction(progress)} label={label} />}
        </div>
      )}
      <button type="button" className={`${tile.close ?? ''} ${classes.close ?? ''}`} aria-label={t(isFailed ? 'stage.dismiss' : 'prompt.cancelThis')} onClick={() => { if (isFailed) commands.dismiss(job); else commands.cancel(job.id); }}>
        <IconX size={12} stroke={2.25} aria-hidden="true" />
      </button>
    </li>
  );
}

/** Results to choose from: each can be looked at on the canvas before one becomes a layer. Gone when there is nothing to choose. */
export function StagingStrip({ document }: { document: CanvasDocument }) {
  const { t } = useTranslation();
  const { edit, stores, isMac } = useStudio();
  const staging = useStaging((state) => state);
  const jobs = useJobs((state) => state.jobs);
  const candidates = useMemo(() => candidatesOf(staging, jobs, document.id), [staging, jobs, document.id]);
  const pending = useMemo(() => pendingJobs(staging, jobs, document.id), [staging, jobs, document.id]);
  const shown = shownCandidate(staging, candidates);
  if (candidates.length === 0 && pending.length === 0) return null;

  return (
    <section className={classes.strip} aria-label={t('edit.staging.label')} data-canvas-keys>
      <ul className={classes.list}>
        {candidates.map(({ imageId }, index) => (
          <li key={imageId} className={classes.item}>
            <button
              type="button"
              className={`${tile.tile ?? ''} ${classes.tile ?? ''}`}
              aria-label={t('edit.staging.candidate', { index: index + 1, count: candidates.length })}
              aria-current={imageId === shown?.imageId}
              onClick={() => {
                stores.staging.select(imageId);
                stores.canvasView.update({ measured: null });
              }}
            >
              <img src={thumbnailUrl(imageId)} alt="" draggable={false} />
            </button>
          </li>
        ))}
        {pending.map((job) => (
          <PendingTile key={job.id} job={job} />
        ))}
      </ul>
      {shown !== null && (
        <>
          <CompareButtons />
          <div className={classes.actions}>
            <Button size="xs" leftSection={<IconCheck size={16} stroke={1.9} aria-hidden="true" />} aria-keyshortcuts={editKeys('accept', isMac)['aria-keyshortcuts']} onClick={() => { edit.accept(); }}>
              {t('edit.staging.accept')}
            </Button>
            <Button size="xs" variant="default" leftSection={<IconTrash size={15} stroke={1.6} aria-hidden="true" />} aria-keyshortcuts={editKeys('discard', isMac)['aria-keyshortcuts']} onClick={() => { edit.discard(); }}>
              {t('edit.staging.discard')}
            </Button>
            <Button size="xs" variant="default" leftSection={<IconRefresh size={15} stroke={1.6} aria-hidden="true" />} onClick={() => { edit.more(); }}>
              {t('edit.staging.more')}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}
