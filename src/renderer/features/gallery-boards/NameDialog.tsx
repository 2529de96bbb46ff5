import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Boards.module.css';

export interface NameDialogProps {
  readonly title: string;
  readonly initial: string;
  onDone(name: string): void;
  onClose(): void;
}

/** Asks for one name. */
export function NameDialog({ title, initial, onDone, onClose }: NameDialogProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(initial);
  const trimmed = name.trim();
  return (
    <Modal opened onClose={onClose} title={title} size="22rem" centered lockScroll={false} closeButtonProps={{ 'aria-label': t('gallery.close') }}>
      <form
        className={classes.nameForm}
        onSubmit={(event) => {
          event.preventDefault();
          if (trimmed === '') return;
          onDone(trimmed);
          onClose();
        }}
      >
        <TextInput label={t('gallery.boards.name')} value={name} maxLength={100} data-autofocus onChange={({ currentTarget }) => { setName(currentTarget.value); }} />
        <div className={classes.formButtons}>
          <Button variant="default" size="xs" onClick={onClose}>{t('gallery.cancel')}</Button>
          <Button type="submit" size="xs" disabled={trimmed === ''}>{t('gallery.boards.save')}</Button>
        </div>
      </form>
    </Modal>
  );
}
