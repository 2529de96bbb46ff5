import { Menu } from '@mantine/core';
import { IconFolder, IconFolderSearch, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Board } from '../../../shared/gallery';
import { useGalleryLibrary, useGalleryView, useGalleryWindow, useStudio } from '../../studio-context';
import { IconButton } from '../../ui/IconButton';
import classes from './Boards.module.css';
import { NameDialog } from './NameDialog';
import { SidebarEntry } from './SidebarEntry';

type Asking = { readonly kind: 'new' | 'smart' } | { readonly kind: 'rename'; readonly board: Board };

/** Boards: put together by hand (pictures can be dragged onto them), or always what a search finds. */
export function BoardList() {
  const { t } = useTranslation();
  const { browse, stores } = useStudio();
  const boards = useGalleryLibrary((state) => state.boards);
  const query = useGalleryWindow((state) => state.query);
  const isPictures = useGalleryView((state) => state.place === 'pictures');
  const isSimilar = useGalleryWindow((state) => state.similar !== null);
  const [asking, setAsking] = useState<Asking | null>(null);

  const done = (name: string): void => {
    if (asking?.kind === 'rename') browse.renameBoard(asking.board.id, name);
    else browse.createBoard(name, { query: asking?.kind === 'smart' ? query.text : null, imageIds: asking?.kind === 'new' ? [...stores.browser.selection.getState().selected] : [] });
  };

  return (
    <section aria-label={t('gallery.boards.title')}>
      <header className={classes.heading}>
        <h2>{t('gallery.boards.title')}</h2>
        <Menu position="bottom-end" width={240}>
          <Menu.Target>
            <IconButton label={t('gallery.boards.new')} icon={IconPlus} />
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconFolder size={16} stroke={1.6} aria-hidden="true" />} onClick={() => { setAsking({ kind: 'new' }); }}>{t('gallery.boards.newEmpty')}</Menu.Item>
            <Menu.Item leftSection={<IconFolderSearch size={16} stroke={1.6} aria-hidden="true" />} disabled={query.text.trim() === ''} onClick={() => { setAsking({ kind: 'smart' }); }}>{t('gallery.boards.newSmart')}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </header>
      {boards.length === 0 && <p className={classes.hint}>{t('gallery.boards.none')}</p>}
      <ul className={classes.list}>
        {boards.map((board) => (
          <SidebarEntry
            key={board.id}
            text={board.name}
            icon={board.query === null ? IconFolder : IconFolderSearch}
            coverId={board.coverId}
            count={board.count}
            isCurrent={isPictures && !isSimilar && query.boardId === board.id}
            onOpen={() => { browse.openBoard(board.id); }}
            onDropPictures={board.query === null ? (imageIds) => { browse.addToBoard(board, imageIds); } : undefined}
            menu={
              <>
                <Menu.Item onClick={() => { setAsking({ kind: 'rename', board }); }}>{t('gallery.boards.rename')}</Menu.Item>
                <Menu.Item color="danger" onClick={() => { browse.removeBoard(board); }}>{t('gallery.boards.remove')}</Menu.Item>
              </>
            }
          />
        ))}
      </ul>
      {asking !== null && (
        <NameDialog
          title={t(`gallery.boards.ask.${asking.kind}`)}
          initial={asking.kind === 'rename' ? asking.board.name : asking.kind === 'smart' ? query.text.slice(0, 60) : ''}
          onDone={done}
          onClose={() => { setAsking(null); }}
        />
      )}
    </section>
  );
}
