import { Select } from '@mantine/core';
import { IconPlayerSkipForward, IconRefresh } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FolderFile, FolderFileState, ResizeFolder } from '../../../shared/resize/folder';
import { reportError } from '../../commands/commands';
import { useResizeRuns, useStudio } from '../../studio-context';
import { IconButton } from '../../ui/IconButton';
import { toasts } from '../../ui/notify';
import classes from './Many.module.css';

const STATES = ['waiting', 'running', 'done', 'known', 'exists', 'skipped', 'failed'] as const satisfies readonly FolderFileState[];
const ROW_PX = 34;
const WINDOW = 100;

interface Stretch {
  readonly offset: number;
  readonly total: number;
  readonly files: readonly FolderFile[];
}

/** The files around a row, read again when one of them changes. */
function useStretch(run: ResizeFolder, state: FolderFileState | null, first: number): Stretch {
  const { t } = useTranslation();
  const { resizeRuns } = useStudio().stores;
  const changes = useResizeRuns((runs) => runs.changes);
  const [stretch, setStretch] = useState<Stretch>({ offset: 0, total: 0, files: [] });
  const offset = Math.max(0, Math.floor(first / (WINDOW / 2)) * (WINDOW / 2) - WINDOW / 2);
  useEffect(() => {
    let isWanted = true;
    resizeRuns
      .files(run.id, state, { offset, limit: 2 * WINDOW })
      .then((answer) => { if (isWanted) setStretch({ offset, ...answer }); })
      .catch((caught: unknown) => { if (isWanted) reportError({ toasts, t }, caught); });
    return () => { isWanted = false; };
  }, [resizeRuns, run.id, state, offset, changes, t]);
  return stretch;
}

function FileRow({ run, file }: { readonly run: ResizeFolder; readonly file: FolderFile }) {
  const { t } = useTranslation();
  const { resizeRuns } = useStudio().stores;
  const guard = (work: Promise<void>): void => { work.catch((caught: unknown) => { reportError({ toasts, t }, caught); }); };
  const note = file.error?.message ?? file.warnings[0] ?? file.outputName ?? '';
  return (
    <>
      <span className={classes.fileName} title={file.name}>{file.name}</span>
      <span className={classes.fileState} data-state={file.state}>{t(`resize.many.fileStates.${file.state}`)}</span>
      <span className={classes.fileNote} title={note}>{note}</span>
      {file.state === 'waiting' && <IconButton label={t('resize.many.skip', { name: file.name })} icon={IconPlayerSkipForward} onClick={() => { guard(resizeRuns.skip(run.id, file.index)); }} />}
      {(file.state === 'failed' || file.state === 'skipped') && <IconButton label={t('resize.many.retryOne', { name: file.name })} icon={IconRefresh} onClick={() => { guard(resizeRuns.retry(run.id, file.index)); }} />}
    </>
  );
}

/** One run's files, a hundred thousand if need be: state, result or reason, and what can be done. */
export function RunFiles({ run }: { readonly run: ResizeFolder }) {
  const { t } = useTranslation();
  const [state, setState] = useState<FolderFileState | null>(null);
  const [first, setFirst] = useState(0);
  const scroller = useRef<HTMLDivElement>(null);
  const { offset, total, files } = useStretch(run, state, first);
  // eslint-disable-next-line react-hooks/incompatible-library -- no compiler memoizes this component, and the virtualizer stays inside it
  const rows = useVirtualizer({ count: total, getScrollElement: () => scroller.current, estimateSize: () => ROW_PX, overscan: 8 });
  const items = rows.getVirtualItems();
  const start = items[0]?.index ?? 0;
  useEffect(() => { setFirst(start); }, [start]);

  return (
    <div className={classes.files}>
      <div className={classes.filter}>
        <Select
          size="xs"
          aria-label={t('resize.many.filter')}
          data={[{ value: 'all', label: `${t('resize.many.all')} (${String(run.total)})` }, ...STATES.filter((known) => run.counts[known] > 0).map((value) => ({ value, label: `${t(`resize.many.fileStates.${value}`)} (${String(run.counts[value])})` }))]}
          value={state ?? 'all'}
          allowDeselect={false}
          onChange={(value) => { setState(STATES.find((known) => known === value) ?? null); }}
        />
      </div>
      {total === 0 && <p className={classes.none}>{t('resize.many.none')}</p>}
      <div ref={scroller} className={classes.scroller} role="list" aria-label={t('resize.many.files', { name: run.name })} tabIndex={0}>
        <div style={{ height: rows.getTotalSize(), position: 'relative' }}>
          {items.map(({ index, key, start: top }) => {
            const file = files[index - offset];
            return (
              <div key={key} role="listitem" aria-setsize={total} aria-posinset={index + 1} className={classes.file} style={{ transform: `translateY(${String(top)}px)` }}>
                {file !== undefined && <FileRow run={run} file={file} />}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
