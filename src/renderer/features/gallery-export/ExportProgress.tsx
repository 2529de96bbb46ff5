import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatNumber, formatSeconds } from '../../i18n/format';
import { useGalleryLibrary, useLanguage, useStudio } from '../../studio-context';
import { ProgressLine } from '../../ui/ProgressLine';
import classes from './Export.module.css';

/** An export under way, below the pictures. */
export function ExportProgress() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { browse } = useStudio();
  const exporting = useGalleryLibrary((state) => state.exporting);
  if (exporting === null) return null;
  const { done, total, secondsLeft, exportId } = exporting;
  return (
    <div className={classes.progress} role="status">
      <span className="tabular">
        {t('gallery.export.progress', { done: formatNumber(done, language), total: formatNumber(total, language) })}
        {secondsLeft !== null && ` · ${t('progress.left', { time: formatSeconds(secondsLeft, language) })}`}
      </span>
      <ProgressLine value={total === 0 ? null : done / total} label={t('gallery.export.label')} />
      <Button size="compact-xs" variant="default" onClick={() => { browse.cancelExport(exportId); }}>{t('gallery.cancel')}</Button>
    </div>
  );
}
