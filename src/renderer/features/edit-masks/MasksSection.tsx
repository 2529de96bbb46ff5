import { ActionIcon, Menu, TextInput } from '@mantine/core';
import { IconDots, IconEye, IconEyeOff, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CanvasDocument, Mask } from '../../../shared/canvas-document';
import { setActiveMask, setMask } from '../../canvas/edits/mask-edits';
import { useStudio } from '../../studio-context';
import { IconButton } from '../../ui/IconButton';
import { Section } from '../../ui/Section';
import { MaskSettings } from './MaskSettings';
import form from '../../ui/Form.module.css';
import classes from './Masks.module.css';

function MaskRow({ mask, isActive }: { mask: Mask; isActive: boolean }) {
  const { t } = useTranslation();
  const { edit, stores } = useStudio();
  const { canvas } = stores;
  return (
    <li className={classes.row} data-active={isActive}>
      <IconButton
        label={t(mask.visible ? 'edit.masks.hide' : 'edit.masks.show', { name: mask.name })}
        icon={mask.visible ? IconEye : IconEyeOff}
        onClick={() => { canvas.adjust(setMask(mask.id, { visible: !mask.visible })); }}
      />
      <input
        type="color"
        className={classes.swatch}
        aria-label={t('edit.masks.colour', { name: mask.name })}
        value={mask.colour}
        onChange={(event) => { canvas.adjust(setMask(mask.id, { colour: event.currentTarget.value })); }}
      />
      {isActive ? (
        <TextInput className={classes.name} aria-label={t('edit.masks.rename')} value={mask.name} maxLength={80} onChange={(event) => { canvas.adjust(setMask(mask.id, { name: event.currentTarget.value })); }} />
      ) : (
        <button type="button" className={classes.choose} onClick={() => { canvas.adjust(setActiveMask(mask.id)); }}>
          {mask.name}
        </button>
      )}
      <Menu position="bottom-end" width={230}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="plain" size="lg" aria-label={t('edit.masks.more', { name: mask.name })}>
            <IconDots size={18} stroke={1.6} aria-hidden="true" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => { edit.duplicateMask(mask.id); }}>{t('edit.masks.copy')}</Menu.Item>
          <Menu.Item onClick={() => { edit.loadMask(mask.id); }}>{t('edit.masks.load')}</Menu.Item>
          <Menu.Item
            onClick={() => {
              canvas.adjust(setActiveMask(mask.id));
              edit.exportMask();
            }}
          >
            {t('edit.masks.save')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item color="danger" onClick={() => { edit.removeMask(mask.id); }}>{t('edit.masks.remove')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </li>
  );
}

/** The masks of the document; the chosen one is what the tools paint on. */
export function MasksSection({ document }: { document: CanvasDocument }) {
  const { t } = useTranslation();
  const { edit } = useStudio();
  const active = document.masks.find(({ id }) => id === document.activeMaskId);
  return (
    <Section title={t('edit.masks.section')} summary={active?.name} action={<IconButton label={t('edit.masks.add')} icon={IconPlus} className={form.action} onClick={() => { edit.addMask(); }} />}>
      <ul className={classes.list}>
        {document.masks.map((mask) => (
          <MaskRow key={mask.id} mask={mask} isActive={mask.id === active?.id} />
        ))}
      </ul>
      {document.masks.length === 0 && <p className={form.note}>{t('edit.masks.none')}</p>}
      {active !== undefined && <MaskSettings document={document} mask={active} />}
    </Section>
  );
}
