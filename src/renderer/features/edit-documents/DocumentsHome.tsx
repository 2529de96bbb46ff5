import { Button } from '@mantine/core';
import { IconFolderOpen, IconPhoto, IconPhotoDown, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ImageId } from '../../../shared/ids';
import { formatDate, formatSize } from '../../i18n/format';
import { useCanvas, useGallery, useLanguage, useStudio } from '../../studio-context';
import { VeiledImage } from '../../moderation/VeiledImage';
import { thumbnailUrl } from '../../picture-urls';
import { IconButton } from '../../ui/IconButton';
import { Page } from '../../ui/Page';
import classes from './Documents.module.css';

const NEWEST = 12;

/** A picture that the gallery no longer has leaves the place empty; one that is veiled there is veiled here. */
function Cover({ imageId }: { imageId: ImageId }) {
  const image = useGallery((state) => state.images.find(({ id }) => id === imageId));
  if (image === undefined) return <img src={thumbnailUrl(imageId)} alt="" loading="lazy" />;
  return <VeiledImage image={image} isSmall src={thumbnailUrl(imageId)} alt="" loading="lazy" />;
}

/** Nothing is open: go on with a document, take one of the newest pictures, or open a file. */
export function DocumentsHome() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { edit, stores } = useStudio();
  const documents = useCanvas((state) => state.documents);
  const images = useGallery((state) => state.images);
  const isEmpty = documents.length === 0 && images.length === 0;

  return (
    <Page
      title={t('edit.documents.title')}
      lead={t('edit.documents.lead')}
      action={!isEmpty && <Button leftSection={<IconFolderOpen size={17} stroke={1.6} aria-hidden="true" />} onClick={() => { edit.openFile(); }}>{t('edit.documents.openFile')}</Button>}
    >
      {documents.length > 0 && (
        <section className={classes.group}>
          <h2>{t('edit.documents.recent')}</h2>
          <ul className={classes.documents}>
            {documents.map(({ id, name, width, height, modifiedAt, imageId }) => (
              <li key={id}>
                <button type="button" className={classes.document} onClick={() => { edit.openDocument(id); }}>
                  <span className={classes.cover}>{imageId === null ? <IconPhoto size={18} stroke={1.5} aria-hidden="true" /> : <Cover imageId={imageId} />}</span>
                  <b>{name}</b>
                  <span className="tabular">{formatSize(width, height)} · {formatDate(modifiedAt, language)}</span>
                </button>
                <IconButton label={t('edit.documents.trash', { name })} icon={IconTrash} tone="danger" onClick={() => { edit.trashDocument(id); }} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {images.length > 0 && (
        <section className={classes.group}>
          <h2>{t('edit.documents.newest')}</h2>
          <ul className={classes.pictures}>
            {images.slice(0, NEWEST).map((image) => (
              <li key={image.id}>
                <button type="button" className={classes.picture} aria-label={t('edit.documents.editPicture', { name: image.recipe?.prompt ?? image.fileName })} onClick={() => { edit.openImage(image); }}>
                  <VeiledImage image={image} isSmall src={thumbnailUrl(image.id)} alt="" loading="lazy" />
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {isEmpty && (
        <div className={classes.empty}>
          <IconPhotoDown size={44} stroke={1.1} aria-hidden="true" />
          <p>{t('edit.documents.empty')}</p>
          <div className={classes.choices}>
            <Button leftSection={<IconFolderOpen size={17} stroke={1.6} aria-hidden="true" />} onClick={() => { edit.openFile(); }}>{t('edit.documents.openFile')}</Button>
            <Button variant="default" onClick={() => { stores.view.show('create'); }}>{t('edit.documents.makeOne')}</Button>
          </div>
        </div>
      )}
    </Page>
  );
}
