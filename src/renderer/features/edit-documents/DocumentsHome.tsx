import { Button } from '@mantine/core';
import { IconFolderOpen, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatDate, formatSize } from '../../i18n/format';
import { useCanvas, useGallery, useLanguage, useStudio } from '../../studio-context';
import { VeiledImage } from '../../moderation/VeiledImage';
import { thumbnailUrl } from '../../picture-urls';
import { IconButton } from '../../ui/IconButton';
import { Page } from '../../ui/Page';
import classes from './Documents.module.css';

const NEWEST = 12;

/** Nothing is open: go on with a document, take one of the newest pictures, or open a file. */
export function DocumentsHome() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { edit } = useStudio();
  const documents = useCanvas((state) => state.documents);
  const images = useGallery((state) => state.images);

  return (
    <Page
      title={t('edit.documents.title')}
      lead={t('edit.documents.lead')}
      action={<Button leftSection={<IconFolderOpen size={17} stroke={1.6} aria-hidden="true" />} onClick={() => { edit.openFile(); }}>{t('edit.documents.openFile')}</Button>}
    >
      {documents.length > 0 && (
        <section className={classes.group}>
          <h2>{t('edit.documents.recent')}</h2>
          <ul className={classes.documents}>
            {documents.map(({ id, name, width, height, modifiedAt }) => (
              <li key={id}>
                <button type="button" className={classes.document} onClick={() => { edit.openDocument(id); }}>
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
    </Page>
  );
}
