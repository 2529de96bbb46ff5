import { Button, Menu, TextInput } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CanvasDocument } from '../../../shared/canvas-document';
import { SAVE_FORMATS } from '../../../shared/save-format';
import { EXPORT_TEXT } from '../../commands/menu-actions';
import { useStudio } from '../../studio-context';
import classes from './Documents.module.css';

/** The open document's name, and where it can go. */
export function DocumentBar({ document }: { document: CanvasDocument }) {
  const { t } = useTranslation();
  const { edit, stores } = useStudio();
  return (
    <div className={classes.bar}>
      <Menu position="bottom-start" width={240}>
        <Menu.Target>
          <Button size="xs" variant="default" rightSection={<IconChevronDown size={14} aria-hidden="true" />}>{t('edit.documents.menu')}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => { edit.openFile(); }}>{t('edit.documents.openFile')}</Menu.Item>
          <Menu.Item onClick={() => { edit.closeDocument(); }}>{t('edit.documents.close')}</Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={() => { edit.exportDocument(); }}>{t('edit.documents.export')}</Menu.Item>
          {SAVE_FORMATS.map((format) => (
            <Menu.Item key={format} onClick={() => { edit.exportPicture(format); }}>{t(EXPORT_TEXT[format])}</Menu.Item>
          ))}
          <Menu.Item onClick={() => { edit.exportMask(); }}>{t('edit.masks.save')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <TextInput
        className={classes.name}
        variant="unstyled"
        aria-label={t('edit.documents.name')}
        value={document.name}
        maxLength={120}
        onChange={(event) => {
          const name = event.currentTarget.value;
          stores.canvas.adjust((draft) => { draft.name = name; });
        }}
      />
    </div>
  );
}
