import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../i18n/format';
import { useGalleryLibrary, useLanguage, useStudio } from '../../studio-context';
import { ProgressLine } from '../../ui/ProgressLine';
import classes from './Boards.module.css';

/** Folders being read, and files that could not be: said where the library ends, and only while it is so. */
export function IndexingLine() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { view } = useStudio().stores.browser;
  const indexing = useGalleryLibrary((state) => state.indexing);
  const problems = useGalleryLibrary((state) => state.problems);
  if (indexing === null && problems.length === 0) return null;
  return (
    <div className={classes.indexing}>
      {indexing !== null && (
        <>
          <span className="tabular">{t('gallery.indexing.reading', { done: formatNumber(indexing.done, language), total: formatNumber(indexing.total, language) })}</span>
          <ProgressLine value={indexing.total === 0 ? null : indexing.done / indexing.total} label={t('gallery.indexing.label')} />
        </>
      )}
      {problems.length > 0 && (
        <button type="button" className={classes.problems} onClick={() => { view.open({ kind: 'folders' }); }}>
          {t('gallery.indexing.problems', { count: problems.length })}
        </button>
      )}
    </div>
  );
}
