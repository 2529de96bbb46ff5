import { Modal } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStudio, useView } from '../../studio-context';
import { Search } from './Search';
import classes from './Palette.module.css';

/** Every command of the studio, found by typing a part of its name. */
export function Palette() {
  const { t } = useTranslation();
  const { stores } = useStudio();
  const isOpen = useView((state) => state.dialog === 'palette');
  const opener = useRef<Element | null>(null);
  useEffect(() => {
    if (isOpen) opener.current = document.activeElement;
    // Given back at once, not after the fade: a command must find the focus where it was.
    else if (opener.current instanceof HTMLElement) opener.current.focus();
  }, [isOpen]);

  const close = (): void => { stores.view.openDialog(null); };
  return (
    <Modal.Root
      opened={isOpen}
      onClose={close}
      returnFocus={false}
      lockScroll={false}
      size="36rem"
      yOffset="12vh"
      transitionProps={{ duration: 100, transition: 'fade' }}
    >
      <Modal.Overlay />
      <Modal.Content className={classes.sheet ?? ''} aria-label={t('palette.title')}>
        <Modal.Body p={0}>
          <Search
            onRun={(run) => {
              close();
              // After React has closed the dialog and the focus is back.
              setTimeout(run, 0);
            }}
          />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
