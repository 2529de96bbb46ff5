import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { StudioError } from '../../../shared/errors';
import type { ResizePreview } from '../../../shared/resize/contract';
import type { PreviewRegion } from '../../../shared/resize/requests';
import type { ResizeSettings } from '../../../shared/resize/settings';
import { previewUrl } from '../../picture-urls';
import { useResize, useStudio } from '../../studio-context';
import { CompareFrame } from './CompareFrame';
import classes from './Stage.module.css';

/** Longer than a drag's pauses, shorter than patience. */
const PREVIEW_PAUSE_MS = 350;

interface Shown {
  readonly preview: ResizePreview | null;
  readonly problem: string | null;
  /** What it was asked for. */
  readonly settings: ResizeSettings | null;
  readonly region: PreviewRegion | null;
}

function usePreview(settings: ResizeSettings | null, region: PreviewRegion): Pick<Shown, 'preview' | 'problem'> & { readonly isWorking: boolean } {
  const { resize } = useStudio().stores;
  const source = useResize((state) => state.picture?.source ?? null);
  const [wanted] = useDebouncedValue(settings, PREVIEW_PAUSE_MS);
  const [place] = useDebouncedValue(region, PREVIEW_PAUSE_MS);
  const [shown, setShown] = useState<Shown>({ preview: null, problem: null, settings: null, region: null });
  useEffect(() => {
    if (source === null || wanted === null || wanted.way.way === 'extend') return undefined;
    let isCurrent = true;
    resize
      .preview(source, wanted, place)
      .then((preview) => { if (isCurrent) setShown({ preview, problem: null, settings: wanted, region: place }); })
      .catch((caught: unknown) => {
        const error = StudioError.fromCaught(caught);
        // A newer question has taken the place of this one.
        if (isCurrent && error.code !== 'cancelled') setShown({ preview: null, problem: error.message, settings: wanted, region: place });
      });
    return () => { isCurrent = false; };
  }, [resize, source, wanted, place]);
  return { ...shown, isWorking: settings !== null && (shown.settings !== settings || shown.region !== region) };
}

/** The chosen part before and after, made by the same engine as the whole. */
export function PreviewPane({ settings, region }: { readonly settings: ResizeSettings | null; readonly region: PreviewRegion }) {
  const { t } = useTranslation();
  const { preview, problem, isWorking } = usePreview(settings, region);
  if (settings?.way.way === 'extend') return <p className={classes.caption}>{t('resize.preview.none')}</p>;
  return (
    <figure className={classes.preview} aria-busy={isWorking}>
      {preview !== null && (
        <CompareFrame
          before={previewUrl(preview.before)}
          after={previewUrl(preview.after)}
          alt={t('resize.preview.alt')}
          dividerLabel={t('resize.preview.divider')}
          labels={[t('resize.preview.before'), t('resize.preview.after')]}
          aspect={preview.width / preview.height}
        />
      )}
      <figcaption className={classes.caption}>{isWorking ? t('resize.preview.working') : (problem ?? t('resize.preview.hint'))}</figcaption>
    </figure>
  );
}
