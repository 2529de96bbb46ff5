import { IconClock, IconFolders, IconPhoto, IconStar, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useGalleryLibrary, useGalleryView, useGalleryWindow, useStudio } from '../../studio-context';
import { BoardList } from './BoardList';
import classes from './Boards.module.css';
import { IndexingLine } from './IndexingLine';
import { SearchList } from './SearchList';
import { SidebarEntry } from './SidebarEntry';

/** Searches everybody wants, as places. */
const PLACES = [
  { id: 'recent', icon: IconClock, text: 'date:7d' },
  { id: 'best', icon: IconStar, text: 'rating>=4' },
] as const;

/** The places of the library: everything, what is recent and good, boards, searches, the trash and the folders. */
export function Sidebar() {
  const { t } = useTranslation();
  const { browse, stores } = useStudio();
  const { view } = stores.browser;
  const place = useGalleryView((state) => state.place);
  const query = useGalleryWindow((state) => state.query);
  const isSimilar = useGalleryWindow((state) => state.similar !== null);
  const roots = useGalleryLibrary((state) => state.roots);
  const trash = useGalleryLibrary((state) => state.trash);
  const isSearch = place === 'pictures' && !isSimilar && query.boardId === null;
  const all = roots.reduce((sum, { count }) => sum + count, 0);

  return (
    <nav className={classes.sidebar} aria-label={t('gallery.sidebar.label')}>
      <div className={classes.places}>
        <ul className={classes.list}>
          <SidebarEntry text={t('gallery.sidebar.all')} icon={IconPhoto} count={roots.length === 0 ? undefined : all} isCurrent={isSearch && query.text === ''} onOpen={() => { browse.openBoard(null); }} />
          {PLACES.map(({ id, icon, text }) => (
            <SidebarEntry key={id} text={t(`gallery.sidebar.${id}`)} icon={icon} isCurrent={isSearch && query.text === text} onOpen={() => { browse.openSearch(text); }} />
          ))}
        </ul>
        <BoardList />
        <SearchList />
      </div>
      <ul className={classes.list}>
        <SidebarEntry text={t('gallery.sidebar.trash')} icon={IconTrash} count={trash.length} isCurrent={place === 'trash'} onOpen={() => { view.goTo('trash'); }} onDropPictures={(imageIds) => { browse.trash(imageIds); }} />
        <SidebarEntry text={t('gallery.sidebar.folders')} icon={IconFolders} isCurrent={false} onOpen={() => { view.open({ kind: 'folders' }); }} />
      </ul>
      <IndexingLine />
    </nav>
  );
}
