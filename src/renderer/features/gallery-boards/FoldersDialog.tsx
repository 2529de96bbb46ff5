import { Button, Modal } from '@mantine/core';
import { IconFolderPlus, IconFolderSymlink, IconFolderX, IconPlugConnectedX, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Root } from '../../../shared/gallery';
import { formatNumber } from '../../i18n/format';
import { useGalleryLibrary, useLanguage, useStudio } from '../../studio-context';
import { IconButton } from '../../ui/IconButton';
import classes from './Boards.module.css';

function FolderRow({ root }: { root: Root }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { browse } = useStudio();
  return (
    <li className={classes.folder}>
      <div className={classes.folderFacts}>
        <span className={classes.path}>{root.path}</span>
        <span className={classes.hint}>
          {root.isOwn ? t('gallery.folders.own') : t('gallery.folders.linked')}
          {' · '}
          {t('gallery.folders.pictures', { count: root.count, number: formatNumber(root.count, language) })}
        </span>
        {!root.isAvailable && (
          <span className={classes.missing}>
            <IconPlugConnectedX size={14} stroke={1.75} aria-hidden="true" />
            {t('gallery.folders.missing')}
          </span>
        )}
      </div>
      <IconButton label={t('gallery.folders.move', { path: root.path })} icon={IconFolderSymlink} onClick={() => { browse.moveFolder(root.id); }} />
      {!root.isOwn && <IconButton label={t('gallery.folders.remove', { path: root.path })} icon={IconFolderX} tone="danger" onClick={() => { browse.removeFolder(root.id); }} />}
    </li>
  );
}

/** The folders that the gallery shows, and the files in them that could not be read. */
export function FoldersDialog({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  const { browse } = useStudio();
  const roots = useGalleryLibrary((state) => state.roots);
  const problems = useGalleryLibrary((state) => state.problems);
  return (
    <Modal opened onClose={onClose} title={t('gallery.folders.title')} size="40rem" centered lockScroll={false} closeButtonProps={{ 'aria-label': t('gallery.close') }}>
      <p className={classes.lead}>{t('gallery.folders.lead')}</p>
      <ul className={classes.folders}>
        {roots.map((root) => <FolderRow key={root.id} root={root} />)}
      </ul>
      <div className={classes.dialogButtons}>
        <Button size="xs" leftSection={<IconFolderPlus size={16} stroke={1.6} aria-hidden="true" />} onClick={() => { browse.addFolder(); }}>{t('gallery.folders.add')}</Button>
        <Button size="xs" variant="default" leftSection={<IconRefresh size={16} stroke={1.6} aria-hidden="true" />} onClick={() => { browse.rebuild(); }}>{t('gallery.folders.rebuild')}</Button>
      </div>
      {problems.length > 0 && (
        <section aria-label={t('gallery.folders.problems')}>
          <h3 className={classes.subtitle}>{t('gallery.indexing.problems', { count: problems.length })}</h3>
          <ul className={classes.problemList} tabIndex={0}>
            {problems.map(({ file, reason }) => (
              <li key={file}>
                <span className={classes.path}>{file}</span>
                <span className={classes.hint}>{reason}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Modal>
  );
}
