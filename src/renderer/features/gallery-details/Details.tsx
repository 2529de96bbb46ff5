import { Button, Menu } from '@mantine/core';
import { IconAdjustmentsUp, IconArrowsLeftRight, IconBrush, IconCopy, IconDots, IconDownload, IconFolder, IconPackageExport, IconPhotoSearch, IconRefresh, IconRepeat, IconResize, IconSitemap, IconTag, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { GalleryImage } from '../../../shared/gallery';
import { MAX_COMPARED } from '../../commands/gallery-commands';
import { formatBytes, formatDate, formatSize } from '../../i18n/format';
import { FactList } from '../../recipe/FactList';
import { ForeignFacts } from '../../recipe/ForeignFacts';
import { nameOf } from '../../recipe/picture-name';
import { RecipeFacts } from '../../recipe/RecipeFacts';
import { useGallerySelection, useGalleryWindow, useLanguage, useStudio } from '../../studio-context';
import { IconButton } from '../../ui/IconButton';
import { Section } from '../../ui/Section';
import { commonMarks } from './common-marks';
import classes from './Details.module.css';
import { MarksForm } from './MarksForm';
import { useFocusedImage } from './use-focused-image';

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true } as const;

function RecipeMenu({ image }: { image: GalleryImage }) {
  const { t } = useTranslation();
  const { browse, stores } = useStudio();
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <IconButton label={t('gallery.actions.more')} icon={IconDots} />
      </Menu.Target>
      <Menu.Dropdown>
        {image.recipe !== null && (
          <>
            <Menu.Item leftSection={<IconRepeat {...icon} />} onClick={() => { browse.reproduce(image); }}>{t('gallery.actions.reproduce')}</Menu.Item>
            <Menu.Item leftSection={<IconRefresh {...icon} />} onClick={() => { stores.browser.view.open({ kind: 'replay', image }); }}>{t('gallery.actions.replay')}</Menu.Item>
            <Menu.Divider />
          </>
        )}
        <Menu.Item leftSection={<IconTag {...icon} />} onClick={() => { browse.writeMarks([image.id]); }}>{t('gallery.actions.writeMarks')}</Menu.Item>
        <Menu.Item leftSection={<IconTrash {...icon} />} color="danger" onClick={() => { browse.trash([image.id]); }}>{t('gallery.actions.trash')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function Actions({ image }: { image: GalleryImage }) {
  const { t } = useTranslation();
  const { browse, commands, edit, stores } = useStudio();
  const { view } = stores.browser;
  const hasSettings = image.recipe !== null || image.foreign !== null;
  return (
    <div className={classes.actions}>
      <div className={classes.main}>
        {hasSettings && (
          <Button size="xs" variant="default" leftSection={<IconAdjustmentsUp {...icon} />} onClick={() => { browse.recallImage(image); }}>{t('gallery.actions.use')}</Button>
        )}
        <Button size="xs" variant="default" leftSection={<IconBrush {...icon} />} onClick={() => { edit.openImage(image); }}>{t('gallery.actions.edit')}</Button>
      </div>
      <div className={classes.icons}>
        <IconButton label={t('resize.action')} icon={IconResize} onClick={() => { browse.resize(image); }} />
        <IconButton label={t('gallery.actions.saveAs')} icon={IconDownload} onClick={() => { commands.save(image, 'png'); }} />
        <IconButton label={t('gallery.actions.copy')} icon={IconCopy} onClick={() => { commands.copy(image); }} />
        <IconButton label={t('gallery.actions.folder')} icon={IconFolder} onClick={() => { commands.showInFolder(image); }} />
        <IconButton label={t('gallery.actions.export')} icon={IconPackageExport} onClick={() => { view.open({ kind: 'export', imageIds: [image.id] }); }} />
        <IconButton label={t('gallery.actions.similar')} icon={IconPhotoSearch} onClick={() => { browse.showSimilar({ imageId: image.id }); }} />
        <IconButton label={t('gallery.actions.lineage')} icon={IconSitemap} onClick={() => { view.open({ kind: 'lineage', image }); }} />
        <RecipeMenu image={image} />
      </div>
    </div>
  );
}

function OnePicture({ image }: { image: GalleryImage }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const file = [
    { name: t('recipe.file'), value: image.fileName, isLong: true },
    { name: t('recipe.size'), value: formatSize(image.width, image.height) },
    { name: t('gallery.details.bytes'), value: `${formatBytes(image.bytes, language)} · ${image.format.toUpperCase()}` },
    { name: t('recipe.made'), value: formatDate(image.createdAt, language) },
  ];
  return (
    <>
      <header className={classes.head}>
        <h2 className={classes.title}>{nameOf(image)}</h2>
        {image.origin !== 'palimpsest' && image.origin !== 'unknown' && <p className={classes.origin}>{t(`gallery.origins.${image.origin}`)}</p>}
      </header>
      <Actions image={image} />
      <Section title={t('gallery.details.marks')}>
        <MarksForm key={image.id} imageIds={[image.id]} marks={image.marks} image={image} />
      </Section>
      <Section title={t('recipe.title')}>
        {image.foreign === null ? <RecipeFacts image={image} /> : <ForeignFacts settings={image.foreign} />}
      </Section>
      {image.recipe === null && (
        <Section title={t('recipe.file')}>
          <FactList facts={file} />
        </Section>
      )}
    </>
  );
}

function ManyPictures({ count }: { count: number }) {
  const { t } = useTranslation();
  const { browse, stores } = useStudio();
  const { window, view } = stores.browser;
  const selected = useGallerySelection((state) => state.selected);
  const pages = useGalleryWindow((state) => state.pages);
  const imageIds = [...selected];
  // Those that are loaded speak for all: a hint, and what is set holds for every one.
  const loaded = [...pages.values()].flatMap(({ images }) => images.filter(({ id }) => selected.has(id)));
  return (
    <>
      <header className={classes.head}>
        <h2 className={classes.title}>{t('gallery.selected', { count })}</h2>
      </header>
      <div className={classes.actions}>
        <div className={classes.main}>
          {count <= MAX_COMPARED && (
            <Button size="xs" variant="default" leftSection={<IconArrowsLeftRight {...icon} />} onClick={() => { browse.compare(); }}>{t('gallery.actions.compare')}</Button>
          )}
          <Button size="xs" variant="default" leftSection={<IconPackageExport {...icon} />} onClick={() => { view.open({ kind: 'export', imageIds }); }}>{t('gallery.actions.export')}</Button>
          <Button size="xs" variant="default" leftSection={<IconResize {...icon} />} onClick={() => { browse.resizeAll(imageIds); }}>{t('resize.action')}</Button>
          {count === 2 && (
            <Button
              size="xs"
              variant="default"
              onClick={() => {
                const [before, after] = imageIds.map((id) => window.imageAt(window.indexOfLoaded(id)));
                if (before != null && after != null) view.open({ kind: 'changes', before, after });
              }}
            >
              {t('gallery.actions.changes')}
            </Button>
          )}
        </div>
        <div className={classes.icons}>
          <IconButton label={t('gallery.actions.trash')} icon={IconTrash} tone="danger" onClick={() => { browse.trash(imageIds); }} />
        </div>
      </div>
      <Section title={t('gallery.details.marks')}>
        <MarksForm imageIds={imageIds} marks={commonMarks(loaded.map(({ marks }) => marks))} image={null} />
      </Section>
    </>
  );
}

/** Everything about the picture in focus, or what can be done with all that are chosen. */
export function Details() {
  const { t } = useTranslation();
  const image = useFocusedImage();
  const count = useGallerySelection((state) => state.selected.size);
  return (
    <aside className={classes.details} aria-label={t('gallery.details.title')} tabIndex={-1}>
      {count > 1 ? <ManyPictures count={count} /> : image === null ? <p className={classes.none}>{t('gallery.details.none')}</p> : <OnePicture image={image} />}
    </aside>
  );
}
