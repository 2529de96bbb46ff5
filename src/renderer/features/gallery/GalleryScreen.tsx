import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { galleryRunsOf } from '../../commands/gallery-runs';
import { useGalleryView, useGalleryWindow, useStudio } from '../../studio-context';
import { Sidebar } from '../gallery-boards/Sidebar';
import { TrashView } from '../gallery-boards/TrashView';
import { Details } from '../gallery-details/Details';
import { ExportProgress } from '../gallery-export/ExportProgress';
import { Grid } from '../gallery-grid/Grid';
import { RecallDrop } from '../gallery-recall/RecallDrop';
import { EmptyGallery } from './EmptyGallery';
import classes from './Gallery.module.css';
import { GalleryBar } from './GalleryBar';

/** Ctrl+F leads to the search from anywhere on the screen. */
function useSearchKey(): void {
  const studio = useStudio();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.key !== 'f') return;
      event.preventDefault();
      galleryRunsOf(studio).search?.();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => { window.removeEventListener('keydown', onKeyDown); };
  }, [studio]);
}

function Pictures() {
  const total = useGalleryWindow((state) => state.total);
  return (
    <div className={classes.pictures}>
      <GalleryBar />
      {total === 0 ? <EmptyGallery /> : <Grid />}
      <ExportProgress />
    </div>
  );
}

/** The whole library: its places left, its pictures in the middle, what is known of one of them right. */
export function GalleryScreen() {
  const { t } = useTranslation();
  const { browse, stores } = useStudio();
  const { window } = stores.browser;
  const { place, isSidebarOpen, isDetailsOpen, layout } = useGalleryView((state) => state);
  useSearchKey();
  useEffect(() => { browse.open(); }, [browse]);
  useEffect(() => { window.wantAspects(layout === 'justified'); }, [layout, window]);
  const isPictures = place === 'pictures';
  // Without pictures there is nothing to tell about.
  const hasDetails = useGalleryWindow((state) => state.total !== 0) && isDetailsOpen && isPictures;
  return (
    <RecallDrop>
      <div className={classes.gallery} data-sidebar={isSidebarOpen} data-details={hasDetails}>
        <h1 className="visually-hidden">{t('rail.gallery')}</h1>
        {isSidebarOpen && <Sidebar />}
        {isPictures ? <Pictures /> : <TrashView />}
        {hasDetails && <Details />}
      </div>
    </RecallDrop>
  );
}
