import { Button, Menu } from '@mantine/core';
import { IconAdjustmentsUp, IconAlertTriangle, IconBrush, IconCopy, IconDownload, IconFolder, IconInfoCircle, IconRefresh, IconResize, IconTrash, IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { SAVE_FORMATS, type SaveFormat } from '../../../shared/save-format';
import type { GalleryImage } from '../../../shared/gallery';
import { ariaKeys, keyName, keysOf, type ShortcutId } from '../../commands/shortcuts';
import { formatSize } from '../../i18n/format';
import { exportNote } from '../../i18n/licence-text';
import { PriceAfter } from '../../price/PriceAfter';
import { useStudio, useView } from '../../studio-context';
import { IconButton } from '../../ui/IconButton';
import classes from './Stage.module.css';

const FORMAT_TEXT = { png: 'actions.savePng', jpeg: 'actions.saveJpeg', webp: 'actions.saveWebp' } as const satisfies Record<SaveFormat, string>;

/** What one can do with the picture on the stage. */
export function PictureBar({ image }: { image: GalleryImage }) {
  const { t } = useTranslation();
  const { browse, commands, edit, stores, isMac } = useStudio();
  const { zoom, isRecipeOpen } = useView((state) => state);
  const keys = (id: ShortcutId) => ({ keys: keysOf(id).map((key) => keyName(key, isMac)), 'aria-keyshortcuts': ariaKeys(id, isMac) });
  const hasRecipe = image.recipe !== null;
  const note = exportNote(t, image.recipe);
  const warning = image.recipe?.warnings[0];

  return (
    <div className={classes.bar} role="toolbar" aria-label={t('stage.toolbar')}>
      {hasRecipe && (
        <>
          <Button size="xs" variant="default" leftSection={<IconAdjustmentsUp size={16} stroke={1.6} aria-hidden="true" />} aria-keyshortcuts={ariaKeys('use', isMac)} onClick={() => { commands.use(image); }}>
            {t('actions.use')}
          </Button>
          <Button size="xs" variant="default" leftSection={<IconRefresh size={16} stroke={1.6} aria-hidden="true" />} aria-keyshortcuts={ariaKeys('again', isMac)} onClick={() => { commands.again(image); }}>
            {t('actions.again')}
          </Button>
        </>
      )}
      <Button size="xs" variant="default" leftSection={<IconBrush size={16} stroke={1.6} aria-hidden="true" />} onClick={() => { edit.openImage(image); }}>
        {t('actions.edit')}
      </Button>
      <Button size="xs" variant="default" leftSection={<IconResize size={16} stroke={1.6} aria-hidden="true" />} onClick={() => { browse.resize(image); }}>
        {t('resize.action')}
      </Button>
      <span className={classes.spring} />
      {warning !== undefined && !isRecipeOpen && (
        <IconButton label={warning} icon={IconAlertTriangle} tone="accent" onClick={() => { stores.view.setRecipeOpen(true); }} />
      )}
      <span className={`${classes.facts ?? ''} ${classes.dimensions ?? ''} tabular`}>{formatSize(image.width, image.height)}{image.recipe !== null && <PriceAfter recipe={image.recipe} />}</span>
      <IconButton
        label={zoom === 'fit' ? t('stage.actual') : t('stage.fit')}
        icon={zoom === 'fit' ? IconZoomIn : IconZoomOut}
        {...keys('zoom')}
        onClick={() => { stores.view.toggleZoom(); }}
      />
      <Menu position="top-end" width={220}>
        <Menu.Target>
          <IconButton label={t('actions.save')} icon={IconDownload} {...keys('save')} />
        </Menu.Target>
        <Menu.Dropdown>
          {note !== null && <Menu.Label className={classes.note ?? ''}>{note} {t('licences.picture.yours')}</Menu.Label>}
          {SAVE_FORMATS.map((format) => (
            <Menu.Item key={format} onClick={() => { commands.save(image, format); }}>
              {t(FORMAT_TEXT[format])}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <IconButton label={t('actions.copy')} icon={IconCopy} {...keys('copy')} onClick={() => { commands.copy(image); }} />
      <IconButton label={t('actions.folder')} icon={IconFolder} onClick={() => { commands.showInFolder(image); }} />
      <IconButton label={t('actions.trash')} icon={IconTrash} tone="danger" {...keys('trash')} onClick={() => { commands.trash(image); }} />
      <span className={classes.divider} />
      <IconButton
        label={t('actions.recipe')}
        icon={IconInfoCircle}
        variant={isRecipeOpen ? 'light' : 'subtle'}
        aria-pressed={isRecipeOpen}
        {...keys('recipe')}
        onClick={() => { stores.view.setRecipeOpen(!isRecipeOpen); }}
      />
    </div>
  );
}
