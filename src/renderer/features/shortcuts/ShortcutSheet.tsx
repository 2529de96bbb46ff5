import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { EDIT_SHORTCUTS, editKeyName } from '../../commands/edit-shortcuts';
import { GALLERY_SHORTCUTS, galleryKeyName, LABEL_KEYS, STAR_KEYS } from '../../commands/gallery-shortcuts';
import { keyName, SHORTCUTS, type Shortcut } from '../../commands/shortcuts';
import { useStudio, useView } from '../../studio-context';
import classes from './ShortcutSheet.module.css';

function Group({ title, scope }: { title: string; scope: Shortcut['scope'] }) {
  const { t } = useTranslation();
  const { isMac } = useStudio();
  return (
    <section>
      <h3 className={classes.heading}>{title}</h3>
      <dl className={classes.list}>
        {SHORTCUTS.filter((shortcut) => shortcut.scope === scope).map(({ id, keys }) => (
          <div key={id}>
            <dt>{t(`shortcuts.${id}`)}</dt>
            <dd>
              {keys.map((key) => (
                <kbd key={key}>{keyName(key, isMac)}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function EditGroup() {
  const { t } = useTranslation();
  const { isMac } = useStudio();
  return (
    <section className={classes.wide}>
      <h3 className={classes.heading}>{t('edit.shortcuts.title')}</h3>
      <dl className={classes.list}>
        {EDIT_SHORTCUTS.map(({ id, keys }) => (
          <div key={id}>
            <dt>{t(`edit.shortcuts.${id}`)}</dt>
            <dd>
              {keys.map((key) => (
                <kbd key={key}>{editKeyName(key, isMac)}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function GalleryGroup() {
  const { t } = useTranslation();
  const { isMac } = useStudio();
  const row = (text: string, keys: readonly string[]) => (
    <div key={text}>
      <dt>{text}</dt>
      <dd>
        {keys.map((key) => (
          <kbd key={key}>{galleryKeyName(key, isMac)}</kbd>
        ))}
      </dd>
    </div>
  );
  return (
    <section className={classes.wide}>
      <h3 className={classes.heading}>{t('gallery.shortcuts.title')}</h3>
      <dl className={classes.list}>
        {GALLERY_SHORTCUTS.map(({ id, keys }) => row(t(`gallery.shortcuts.${id}`), keys))}
        {row(t('gallery.shortcuts.stars'), [STAR_KEYS[0], '…', STAR_KEYS[5]])}
        {row(t('gallery.shortcuts.labels'), Object.keys(LABEL_KEYS))}
      </dl>
    </section>
  );
}

export function ShortcutSheet() {
  const { t } = useTranslation();
  const { stores } = useStudio();
  const isOpen = useView((state) => state.dialog === 'help');
  return (
    // The page never scrolls, and locking it would need a style tag that the CSP forbids.
    <Modal
      opened={isOpen}
      onClose={() => { stores.view.openDialog(null); }}
      title={t('shortcuts.title')}
      closeButtonProps={{ 'aria-label': t('shortcuts.close') }}
      size="42rem"
      centered
      lockScroll={false}
      classNames={{ title: classes.title ?? '', content: classes.sheet ?? '' }}
    >
      <div className={classes.groups}>
        <Group title={t('shortcuts.everywhere')} scope="everywhere" />
        <Group title={t('shortcuts.picture')} scope="picture" />
        <EditGroup />
        <GalleryGroup />
      </div>
    </Modal>
  );
}
