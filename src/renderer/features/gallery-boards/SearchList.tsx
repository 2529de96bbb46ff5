import { Menu } from '@mantine/core';
import { IconBookmark, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGalleryLibrary, useGalleryView, useGalleryWindow, useStudio } from '../../studio-context';
import { IconButton } from '../../ui/IconButton';
import classes from './Boards.module.css';
import { NameDialog } from './NameDialog';
import { SidebarEntry } from './SidebarEntry';

/** Searches that were given a name. */
export function SearchList() {
  const { t } = useTranslation();
  const { browse } = useStudio();
  const searches = useGalleryLibrary((state) => state.searches);
  const text = useGalleryWindow((state) => state.query.text.trim());
  const isPictures = useGalleryView((state) => state.place === 'pictures');
  const [isAsking, setAsking] = useState(false);
  const isNew = text !== '' && !searches.some((search) => search.text === text);
  if (searches.length === 0 && !isNew) return null;
  return (
    <section aria-label={t('gallery.searches.title')}>
      <header className={classes.heading}>
        <h2>{t('gallery.searches.title')}</h2>
        {isNew && <IconButton label={t('gallery.searches.save')} icon={IconPlus} onClick={() => { setAsking(true); }} />}
      </header>
      <ul className={classes.list}>
        {searches.map((search) => (
          <SidebarEntry
            key={search.id}
            text={search.name}
            icon={IconBookmark}
            isCurrent={isPictures && search.text === text}
            onOpen={() => { browse.openSearch(search.text); }}
            menu={<Menu.Item color="danger" onClick={() => { browse.removeSearch(search.id); }}>{t('gallery.searches.remove')}</Menu.Item>}
          />
        ))}
      </ul>
      {isAsking && <NameDialog title={t('gallery.searches.save')} initial={text.slice(0, 60)} onDone={browse.saveSearch} onClose={() => { setAsking(false); }} />}
    </section>
  );
}
