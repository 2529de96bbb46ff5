import { Modal } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { GalleryImage } from '../../../shared/gallery';
import { VeiledImage } from '../../moderation/VeiledImage';
import { thumbnailUrl } from '../../picture-urls';
import { nameOf } from '../../recipe/picture-name';
import { recipeChanges, wordChanges, type RecipeChange } from '../../recipe/recipe-changes';
import classes from './Lineage.module.css';

const TEXTS: ReadonlySet<string> = new Set(['prompt', 'negativePrompt']);

function Words({ before, after }: { before: string; after: string }) {
  return (
    <span className={classes.words}>
      {wordChanges(before, after).map(({ kind, text }, at) => {
        const key = `${String(at)} ${kind}`;
        if (kind === 'added') return <ins key={key}>{text}</ins>;
        return kind === 'removed' ? <del key={key}>{text}</del> : <span key={key}>{text}</span>;
      })}
    </span>
  );
}

function ChangeRow({ change }: { change: RecipeChange }) {
  const { t } = useTranslation();
  const none = t('gallery.changes.none');
  return (
    <tr>
      <th scope="row">{t(`gallery.changes.keys.${change.key}`)}</th>
      {TEXTS.has(change.key) ? (
        <td colSpan={2}>
          <Words before={change.before ?? ''} after={change.after ?? ''} />
        </td>
      ) : (
        <>
          <td>{change.before ?? none}</td>
          <td>{change.after ?? none}</td>
        </>
      )}
    </tr>
  );
}

/** What is different between how two pictures were made. */
export function ChangesDialog({ before, after, onClose }: { before: GalleryImage; after: GalleryImage; onClose(): void }) {
  const { t } = useTranslation();
  const changes = useMemo(() => recipeChanges(before, after), [before, after]);
  const isUnknown = [before, after].some(({ recipe, foreign }) => recipe === null && foreign === null);
  const picture = (image: GalleryImage) => (
    <figure>
      <VeiledImage image={image} src={thumbnailUrl(image.id, 256, image.modifiedAt)} alt={nameOf(image)} />
      <figcaption>{image.fileName}</figcaption>
    </figure>
  );
  return (
    <Modal opened onClose={onClose} title={t('gallery.changes.title')} size="46rem" centered lockScroll={false} closeButtonProps={{ 'aria-label': t('gallery.close') }}>
      <div className={classes.pair}>
        {picture(before)}
        <IconArrowRight size={22} stroke={1.5} aria-hidden="true" />
        {picture(after)}
      </div>
      {changes.length === 0 ? (
        <p className={classes.lead}>{t(isUnknown ? 'gallery.changes.unknown' : 'gallery.changes.same')}</p>
      ) : (
        <table className={classes.changes}>
          <thead className="visually-hidden">
            <tr>
              <th scope="col">{t('gallery.changes.what')}</th>
              <th scope="col">{t('gallery.changes.before')}</th>
              <th scope="col">{t('gallery.changes.after')}</th>
            </tr>
          </thead>
          <tbody>
            {changes.map((change) => <ChangeRow key={change.key} change={change} />)}
          </tbody>
        </table>
      )}
    </Modal>
  );
}
