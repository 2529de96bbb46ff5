import { IconLayoutSidebar, IconLayoutSidebarRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../i18n/format';
import { useGallerySelection, useGalleryView, useGalleryWindow, useLanguage, useStudio } from '../../studio-context';
import { IconButton } from '../../ui/IconButton';
import { LookControls } from '../gallery-search/LookControls';
import { SearchBox } from '../gallery-search/SearchBox';
import { SearchChips } from '../gallery-search/SearchChips';
import { SortMenu } from '../gallery-search/SortMenu';
import classes from './Gallery.module.css';

function Count() {
  const { t } = useTranslation();
  const language = useLanguage();
  const total = useGalleryWindow((state) => state.total);
  const pending = useGalleryWindow((state) => state.similar?.pending ?? 0);
  const selected = useGallerySelection((state) => state.selected.size);
  if (total === null || total === 0) return null;
  return (
    <p className={`${classes.count ?? ''} tabular`} role="status">
      {t('gallery.count', { count: total, number: formatNumber(total, language) })}
      {selected > 1 && ` · ${t('gallery.selected', { count: selected })}`}
      {pending > 0 && ` · ${t('gallery.search.pending', { count: pending })}`}
    </p>
  );
}

/** Finding and ordering, above the pictures. */
export function GalleryBar() {
  const { t } = useTranslation();
  const { view } = useStudio().stores.browser;
  const { isSidebarOpen, isDetailsOpen } = useGalleryView((state) => state);
  return (
    <div className={classes.bar}>
      <div className={classes.tools}>
        <IconButton label={t('gallery.sidebar.toggle')} icon={IconLayoutSidebar} aria-pressed={isSidebarOpen} onClick={() => { view.update({ isSidebarOpen: !isSidebarOpen }); }} />
        <SearchBox />
        <Count />
        <div className={classes.look}>
          <SortMenu />
          <LookControls />
        </div>
        <IconButton className={classes.last} label={t('gallery.details.toggle')} icon={IconLayoutSidebarRight} keys={['I']} aria-pressed={isDetailsOpen} onClick={() => { view.update({ isDetailsOpen: !isDetailsOpen }); }} />
        <SearchChips />
      </div>
    </div>
  );
}
