import { Button } from '@mantine/core';
import { IconFiles, IconFolderOpen, IconPlayerPause, IconPlayerPlay, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ResizeFolder } from '../../../shared/resize/folder';
import { reportError } from '../../commands/commands';
import { formatDuration } from '../../i18n/format';
import { useLanguage, useResizeRuns, useStudio } from '../../studio-context';
import { IconButton } from '../../ui/IconButton';
import { toasts } from '../../ui/notify';
import { ProgressLine } from '../../ui/ProgressLine';
import classes from './Many.module.css';
import { RunFiles } from './RunFiles';

const ended = ({ counts, total }: ResizeFolder): number => total - counts.waiting - counts.running;

function RunRow({ run, isOpen }: { readonly run: ResizeFolder; readonly isOpen: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { resizeRuns } = useStudio().stores;
  const guard = (work: Promise<void>): void => { work.catch((caught: unknown) => { reportError({ toasts, t }, caught); }); };
  const { failed } = run.counts;
  return (
    <li className={classes.run} data-open={isOpen}>
      <button type="button" className={classes.runName} aria-expanded={isOpen} onClick={() => { resizeRuns.open(isOpen ? null : run.id); }}>
        <b>{run.name}</b>
        <span className="tabular">
          {t(`resize.many.states.${run.state}`)} · {t('resize.many.progress', { done: ended(run), total: run.total })}
          {failed > 0 && <span className={classes.failed}> · {t('resize.many.failed', { count: failed })}</span>}
          {run.secondsLeft !== null && run.state === 'running' && ` · ${t('progress.left', { time: formatDuration(run.secondsLeft, language) })}`}
        </span>
      </button>
      <ProgressLine className={classes.line} value={run.total === 0 ? 1 : ended(run) / run.total} label={run.name} />
      <div className={classes.actions}>
        {run.state === 'running' && <IconButton label={t('resize.many.pause')} icon={IconPlayerPause} onClick={() => { guard(resizeRuns.pause(run.id)); }} />}
        {run.state === 'paused' && <IconButton label={t('resize.many.resume')} icon={IconPlayerPlay} tone="accent" onClick={() => { guard(resizeRuns.resume(run.id)); }} />}
        {failed > 0 && <IconButton label={t('resize.many.retry')} icon={IconRefresh} onClick={() => { guard(resizeRuns.retry(run.id, null)); }} />}
        <IconButton label={t('resize.many.openOutput')} icon={IconFolderOpen} onClick={() => { guard(resizeRuns.openOutput(run.id)); }} />
        <IconButton label={t('resize.many.remove')} icon={IconTrash} onClick={() => { guard(resizeRuns.remove(run.id)); }} />
      </div>
      {isOpen && <RunFiles run={run} />}
    </li>
  );
}

/** Choosing files, and every run with how far it is. */
export function ManyFiles() {
  const { t } = useTranslation();
  const { resizeRuns } = useStudio().stores;
  const runs = useResizeRuns((state) => state.runs);
  const openId = useResizeRuns((state) => state.openId);
  const choose = (what: 'folder' | 'files'): void => { resizeRuns.choose(what).catch((caught: unknown) => { reportError({ toasts, t }, caught); }); };
  return (
    <div className={classes.many}>
      <div className={classes.choose}>
        <p>{t('resize.many.empty')}</p>
        <div className={classes.buttons}>
          <Button leftSection={<IconFolderOpen size={17} stroke={1.6} aria-hidden="true" />} onClick={() => { choose('folder'); }}>{t('resize.many.chooseFolder')}</Button>
          <Button variant="default" leftSection={<IconFiles size={17} stroke={1.6} aria-hidden="true" />} onClick={() => { choose('files'); }}>{t('resize.many.choose')}</Button>
          <span>{t('resize.many.drop')}</span>
        </div>
      </div>
      {runs.length > 0 && (
        <section>
          <h2 className={classes.subtitle}>{t('resize.many.runs')}</h2>
          <ul className={classes.runs}>
            {runs.map((run) => <RunRow key={run.id} run={run} isOpen={run.id === openId} />)}
          </ul>
        </section>
      )}
    </div>
  );
}
