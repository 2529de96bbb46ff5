import { IconAlertTriangle, IconClock, IconClockPause, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../../shared/job';
import type { GalleryImage } from '../../../shared/gallery';
import { useVeil } from '../../moderation/use-veil';
import veil from '../../moderation/Veil.module.css';
import { thumbnailUrl } from '../../picture-urls';
import { progressFraction } from '../../stores/progress';
import { selectionOf, type StripItem } from '../../stores/strip-items';
import { useStudio } from '../../studio-context';
import { PixelCanvas } from '../../ui/PixelCanvas';
import { ProgressLine } from '../../ui/ProgressLine';
import tile from '../../ui/Tile.module.css';
import classes from './Strip.module.css';

export interface StripTileProps {
  readonly item: StripItem;
  readonly index: number;
  readonly isSelected: boolean;
  /** The one tile that Tab reaches; the arrows do the rest. */
  readonly isTabStop: boolean;
}

export function StripTile({ item, index, isSelected, isTabStop }: StripTileProps) {
  const { t } = useTranslation();
  const { stores, commands } = useStudio();
  const label = useTileLabel(item, index);
  const isFailed = item.kind === 'job' && item.job.state === 'failed';
  return (
    <>
      <button
        type="button"
        className={`${tile.tile ?? ''} ${classes.tile ?? ''}`}
        data-kind={isFailed ? 'failed' : item.kind}
        aria-label={label}
        aria-current={isSelected}
        tabIndex={isTabStop ? 0 : -1}
        onClick={() => { stores.view.select(selectionOf(item)); }}
      >
        {item.kind === 'image' ? <Thumbnail image={item.image} /> : <JobTile job={item.job} />}
      </button>
      {item.kind === 'job' && (
        <button
          type="button"
          className={`${tile.close ?? ''} ${classes.close ?? ''}`}
          tabIndex={isTabStop ? 0 : -1}
          aria-label={t(isFailed ? 'strip.dismissJob' : 'strip.cancelJob', { prompt: item.job.request.prompt })}
          onClick={() => { if (isFailed) commands.dismiss(item.job); else commands.cancel(item.job.id); }}
        >
          <IconX size={12} stroke={2.25} aria-hidden="true" />
        </button>
      )}
    </>
  );
}

function useTileLabel(item: StripItem, index: number): string {
  const { t } = useTranslation();
  if (item.kind === 'image') {
    const prompt = item.image.recipe?.prompt;
    return prompt === undefined ? t('strip.unknown', { index: index + 1 }) : t('strip.picture', { prompt, index: index + 1 });
  }
  const { state, request } = item.job;
  const key = state === 'failed' ? 'strip.failed' : state === 'running' ? 'strip.job' : state === 'paused' ? 'strip.kept' : 'strip.waiting';
  const name = t(key, { prompt: request.prompt });
  return request.count > 1 && state !== 'failed' ? `${name} ${countOf(item.job)}` : name;
}

/** How many of its pictures are there. */
const countOf = ({ imageIds, request }: Job): string => `${String(imageIds.length)}/${String(request.count)}`;

function Thumbnail({ image }: { image: GalleryImage }) {
  const { isVeiled } = useVeil(image);
  return <img className={isVeiled ? veil.veiledSmall : undefined} src={thumbnailUrl(image.id)} alt="" loading="lazy" decoding="async" draggable={false} />;
}

function JobTile({ job }: { job: Job }) {
  const { t } = useTranslation();
  const { progress, request } = job;
  const preview = progress?.preview ?? null;
  return (
    <>
      {preview !== null && <PixelCanvas {...preview} />}
      {job.state === 'failed' && <IconAlertTriangle size={20} stroke={1.5} aria-hidden="true" />}
      {preview === null && job.state !== 'failed' && (
        <span className={classes.waiting}>
          {job.state === 'paused' && <IconClockPause size={14} stroke={1.75} aria-hidden="true" />}
          {(job.state === 'queued' || job.state === 'submitting') && <IconClock size={14} stroke={1.75} aria-hidden="true" />}
          <span className={classes.wish}>{request.prompt}</span>
        </span>
      )}
      {request.count > 1 && job.state !== 'failed' && <> <span className={classes.count}>{countOf(job)}</span></>}
      {job.state === 'running' && (
        <ProgressLine className={tile.line} value={progress === null ? null : progressFraction(progress)} label={t('strip.job', { prompt: request.prompt })} />
      )}
    </>
  );
}
