import { Button } from '@mantine/core';
import { IconFolderPlus, IconPhotoOff, IconPhotoPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useGalleryWindow, useStudio } from '../../studio-context';
import classes from './Gallery.module.css';

/** Nothing to show: either there is nothing yet, or the search finds nothing. */
export function EmptyGallery() {
  const { t } = useTranslation();
  const { browse, stores } = useStudio();
  const query = useGalleryWindow((state) => state.query);
  const isSimilar = useGalleryWindow((state) => state.similar !== null);
  const isFirst = query.text === '' && query.boardId === null && !isSimilar;
  const Glyph = isFirst ? IconPhotoPlus : IconPhotoOff;
  return (
    <div className={classes.empty}>
      <Glyph size={44} stroke={1.1} aria-hidden="true" />
      <h2>{t(isFirst ? 'gallery.empty.title' : 'gallery.empty.noneTitle')}</h2>
      <p>{t(isFirst ? 'gallery.empty.lead' : query.boardId !== null && query.text === '' ? 'gallery.empty.board' : 'gallery.empty.none')}</p>
      <div className={classes.emptyButtons}>
        {isFirst ? (
          <>
            <Button size="sm" onClick={() => { stores.view.show('create'); }}>{t('gallery.empty.create')}</Button>
            <Button size="sm" variant="default" leftSection={<IconFolderPlus size={17} stroke={1.6} aria-hidden="true" />} onClick={() => { browse.addFolder(); }}>{t('gallery.folders.add')}</Button>
          </>
        ) : (
          <Button size="sm" variant="default" onClick={() => { browse.openBoard(null); }}>{t('gallery.empty.all')}</Button>
        )}
      </div>
    </div>
  );
}
