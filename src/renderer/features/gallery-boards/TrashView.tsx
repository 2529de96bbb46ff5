import { Button, Modal } from '@mantine/core';
import { IconRestore, IconTrashX } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TrashedImage } from '../../../shared/gallery';
import { formatBytes, formatDate, formatNumber } from '../../i18n/format';
import { thumbnailUrl } from '../../picture-urls';
import { useGalleryLibrary, useLanguage, useStudio } from '../../studio-context';
import { LoadedImage } from '../../ui/LoadedImage';
import classes from './Boards.module.css';

const ROW = 56;

function TrashRow({ image }: { image: TrashedImage }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { browse } = useStudio();
  return (
    <>
      <LoadedImage className={classes.trashPicture} src={thumbnailUrl(image.id, 128)} alt="" />
      <span className={classes.trashName}>{image.fileName}</span>
      <span className={`${classes.hint ?? ''} tabular`}>{formatDate(image.trashedAt, language)}</span>
      <span className={`${classes.hint ?? ''} tabular`}>{formatBytes(image.bytes, language)}</span>
      <Button size="compact-xs" variant="default" aria-label={t('gallery.trash.restoreOne', { name: image.fileName })} onClick={() => { browse.restore([image.id]); }}>
        {t('gallery.trash.restore')}
      </Button>
    </>
  );
}

function TrashList({ trash }: { trash: readonly TrashedImage[] }) {
  const { t } = useTranslation();
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- no compiler memoizes this component, and the virtualizer stays inside it
  const virtualizer = useVirtualizer({ count: trash.length, getScrollElement: () => scroller, estimateSize: () => ROW, overscan: 8 });
  return (
    <div ref={setScroller} className={classes.trashScroller} tabIndex={0}>
      <ul className={classes.trashList} style={{ height: virtualizer.getTotalSize() }} aria-label={t('gallery.sidebar.trash')}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const image = trash[index];
          return image === undefined ? null : (
            <li key={image.id} className={classes.trashRow} style={{ transform: `translateY(${String(start)}px)`, height: ROW }} aria-setsize={trash.length} aria-posinset={index + 1}>
              <TrashRow image={image} />
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** What was deleted: everything can come back until the trash is emptied, and then it lies in the system's. */
export function TrashView() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { browse } = useStudio();
  const trash = useGalleryLibrary((state) => state.trash);
  const [isAsking, setAsking] = useState(false);
  return (
    <section className={classes.trash} aria-label={t('gallery.sidebar.trash')}>
      <header className={classes.trashHead}>
        <h2>{t('gallery.sidebar.trash')}</h2>
        <span className={classes.hint}>{t('gallery.trash.count', { count: trash.length, number: formatNumber(trash.length, language), size: formatBytes(trash.reduce((sum, { bytes }) => sum + bytes, 0), language) })}</span>
        <span className={classes.spring} />
        <Button size="xs" variant="default" disabled={trash.length === 0} leftSection={<IconRestore size={16} stroke={1.6} aria-hidden="true" />} onClick={() => { browse.restore(trash.map(({ id }) => id)); }}>
          {t('gallery.trash.restoreAll')}
        </Button>
        <Button size="xs" variant="default" color="danger" disabled={trash.length === 0} leftSection={<IconTrashX size={16} stroke={1.6} aria-hidden="true" />} onClick={() => { setAsking(true); }}>
          {t('gallery.trash.empty')}
        </Button>
      </header>
      {trash.length === 0 ? <p className={classes.nothing}>{t('gallery.trash.nothing')}</p> : <TrashList trash={trash} />}
      <Modal opened={isAsking} onClose={() => { setAsking(false); }} title={t('gallery.trash.empty')} size="24rem" centered lockScroll={false} closeButtonProps={{ 'aria-label': t('gallery.close') }}>
        <p className={classes.lead}>{t('gallery.trash.emptyAsk', { count: trash.length })}</p>
        <div className={classes.formButtons}>
          <Button size="xs" variant="default" data-autofocus onClick={() => { setAsking(false); }}>{t('gallery.cancel')}</Button>
          <Button
            size="xs"
            onClick={() => {
              setAsking(false);
              browse.emptyTrash();
            }}
          >
            {t('gallery.trash.empty')}
          </Button>
        </div>
      </Modal>
    </section>
  );
}
