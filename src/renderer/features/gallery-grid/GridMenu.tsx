import { Menu } from '@mantine/core';
import { IconArrowsLeftRight, IconBrush, IconCopy, IconDownload, IconFolder, IconFolderMinus, IconFolderPlus, IconAdjustmentsUp, IconMaximize, IconPackageExport, IconPhotoSearch, IconResize, IconSitemap, IconTrash, type Icon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { galleryKeyName, GALLERY_SHORTCUTS, type GalleryShortcutId } from '../../commands/gallery-shortcuts';
import { LabelPicker } from '../../recipe/LabelPicker';
import { Stars } from '../../recipe/Stars';
import { useGalleryLibrary, useGallerySelection, useGalleryWindow, useStudio } from '../../studio-context';
import { Keys } from '../../ui/Keys';
import classes from './GridMenu.module.css';
import type { MenuPlace } from './use-grid-pointer';

interface Entry {
  readonly text: string;
  readonly icon: Icon;
  readonly shortcut?: GalleryShortcutId;
  readonly tone?: 'danger';
  run(): void;
}

function MenuEntry({ text, icon: Glyph, shortcut, tone, run }: Entry) {
  const { isMac } = useStudio();
  const keys = GALLERY_SHORTCUTS.find(({ id }) => id === shortcut)?.keys ?? [];
  return (
    <Menu.Item
      {...(tone !== undefined && { color: tone })}
      leftSection={<Glyph size={16} stroke={1.6} aria-hidden="true" />}
      rightSection={keys.length === 0 ? undefined : <Keys names={keys.map((key) => galleryKeyName(key, isMac))} />}
      onClick={run}
    >
      {text}
    </Menu.Item>
  );
}

/** What one can do with one picture, or with several. */
function useEntries(): readonly (readonly Entry[])[] {
  const { t } = useTranslation();
  const { stores, browse, edit, commands } = useStudio();
  const { view, window } = stores.browser;
  // What is chosen decides what is offered.
  useGallerySelection((state) => state.selected);
  const focusIndex = useGallerySelection((state) => state.focusIndex);
  const boardId = useGalleryWindow((state) => state.query.boardId);
  const boards = useGalleryLibrary((state) => state.boards);
  const image = window.imageAt(focusIndex);
  const targets = stores.browser.selection.targets();
  if (image === null) return [];
  const board = boards.find(({ id }) => id === boardId);
  const isOne = targets.length <= 1;
  const forOne: readonly Entry[] = [
    { text: t('gallery.actions.view'), icon: IconMaximize, shortcut: 'view', run: () => { browse.view(focusIndex); } },
    ...(image.recipe === null && image.foreign === null ? [] : [{ text: t('gallery.actions.use'), icon: IconAdjustmentsUp, shortcut: 'use', run: () => { browse.recallImage(image); } } as const]),
    { text: t('gallery.actions.edit'), icon: IconBrush, shortcut: 'edit', run: () => { edit.openImage(image); } },
    { text: t('resize.action'), icon: IconResize, run: () => { browse.resize(image); } },
    { text: t('gallery.actions.similar'), icon: IconPhotoSearch, run: () => { browse.showSimilar({ imageId: image.id }); } },
    { text: t('gallery.actions.lineage'), icon: IconSitemap, run: () => { view.open({ kind: 'lineage', image }); } },
  ];
  const filesOfOne: readonly Entry[] = [
    { text: t('gallery.actions.saveAs'), icon: IconDownload, run: () => { commands.save(image, 'png'); } },
    { text: t('gallery.actions.copy'), icon: IconCopy, shortcut: 'copy', run: () => { commands.copy(image); } },
    { text: t('gallery.actions.folder'), icon: IconFolder, run: () => { commands.showInFolder(image); } },
  ];
  return [
    isOne ? forOne : [{ text: t('gallery.actions.compare'), icon: IconArrowsLeftRight, shortcut: 'compare', run: () => { browse.compare(); } }],
    [
      ...(isOne ? filesOfOne : [{ text: t('resize.action'), icon: IconResize, run: () => { browse.resizeAll(targets); } }]),
      { text: t('gallery.actions.export'), icon: IconPackageExport, run: () => { view.open({ kind: 'export', imageIds: targets }); } },
    ],
    [
      ...(board?.query === null ? [{ text: t('gallery.actions.removeFromBoard', { name: board.name }), icon: IconFolderMinus, run: () => { browse.removeFromBoard(board, targets); } }] : []),
      { text: t('gallery.actions.trash'), icon: IconTrash, shortcut: 'trash', tone: 'danger', run: () => { browse.trash(); } },
    ],
  ];
}

function Boards() {
  const { t } = useTranslation();
  const { stores, browse } = useStudio();
  const boards = useGalleryLibrary((state) => state.boards).filter(({ query }) => query === null);
  if (boards.length === 0) return null;
  return (
    <Menu.Sub>
      <Menu.Sub.Target>
        <Menu.Sub.Item leftSection={<IconFolderPlus size={16} stroke={1.6} aria-hidden="true" />}>{t('gallery.actions.addToBoard')}</Menu.Sub.Item>
      </Menu.Sub.Target>
      <Menu.Sub.Dropdown>
        {boards.map((board) => (
          <Menu.Item key={board.id} onClick={() => { browse.addToBoard(board, stores.browser.selection.targets()); }}>
            {board.name}
          </Menu.Item>
        ))}
      </Menu.Sub.Dropdown>
    </Menu.Sub>
  );
}

function Contents() {
  const { t } = useTranslation();
  const { stores, browse } = useStudio();
  const { selected, focusIndex } = useGallerySelection((state) => state);
  const groups = useEntries();
  const marks = stores.browser.window.imageAt(focusIndex)?.marks;
  return (
    <>
      {selected.size > 1 && <Menu.Label>{t('gallery.selected', { count: selected.size })}</Menu.Label>}
      <div className={classes.marks}>
        <Stars value={marks?.rating ?? 0} onChange={(rating) => { browse.mark({ rating }); }} />
        <LabelPicker value={marks?.label ?? null} onChange={(label) => { browse.mark({ label }); }} />
      </div>
      {groups.map((entries, at) => (
        <div key={at} role="presentation">
          <Menu.Divider />
          {at === groups.length - 1 && <Boards />}
          {entries.map((entry) => <MenuEntry key={entry.text} {...entry} />)}
        </div>
      ))}
    </>
  );
}

/** The one menu of the grid: it opens at the pointer, for what is chosen. */
export function GridMenu({ place, onClose }: { place: MenuPlace; onClose(): void }) {
  return (
    <Menu opened onChange={(isOpen) => { if (!isOpen) onClose(); }} position="bottom-start" offset={2} width={330} withinPortal>
      <Menu.Target>
        <span className={classes.place} role="presentation" style={{ left: place.x, top: place.y }} />
      </Menu.Target>
      <Menu.Dropdown>
        <Contents />
      </Menu.Dropdown>
    </Menu>
  );
}
