import { Button } from '@mantine/core';
import { IconFolderOpen } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { reportError } from '../../commands/commands';
import { pickFile } from '../../commands/pick-file';
import { VeiledImage } from '../../moderation/VeiledImage';
import { thumbnailUrl } from '../../picture-urls';
import { nameOf } from '../../recipe/picture-name';
import { useGallery, useStudio } from '../../studio-context';
import { toasts } from '../../ui/notify';
import classes from './Resize.module.css';

const NEWEST = 24;

/** Nothing is open: take one of the newest pictures, or a file. */
export function ResizeHome() {
  const { t } = useTranslation();
  const { resize } = useStudio().stores;
  const images = useGallery((state) => state.images);
  const open = async (): Promise<void> => {
    const file = await pickFile('image/*');
    if (file !== null) await resize.openFile(file);
  };
  return (
    <div className={classes.home}>
      <Button
        leftSection={<IconFolderOpen size={17} stroke={1.6} aria-hidden="true" />}
        onClick={() => { open().catch((caught: unknown) => { reportError({ toasts, t }, caught); }); }}
      >
        {t('resize.open.file')}
      </Button>
      {images.length === 0 ? (
        <p className={classes.note}>{t('resize.open.none')}</p>
      ) : (
        <section>
          <h2 className={classes.subtitle}>{t('resize.open.newest')}</h2>
          <ul className={classes.pictures}>
            {images.slice(0, NEWEST).map((image) => (
              <li key={image.id}>
                <button type="button" className={classes.picture} aria-label={t('resize.open.picture', { name: nameOf(image) })} onClick={() => { resize.openImage(image); }}>
                  <VeiledImage image={image} isSmall src={thumbnailUrl(image.id)} alt="" loading="lazy" />
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
