import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle } from '@tabler/icons-react';
import i18next from 'i18next';
import type { Toast, Toasts } from '../commands/toasts';
import classes from './notify.module.css';

/** Errors stay until they are read twice over; a message with a button stays long enough to reach it. */
const SHOWN_MS = { plain: 2500, action: 8000, error: 12_000 } as const;

function show({ tone, title, message, action }: Toast): void {
  const id = crypto.randomUUID();
  const body = action === undefined ? message : (
    <span className={classes.row}>
      <span>{message}</span>
      <Button size="compact-xs" variant="light" onClick={() => { notifications.hide(id); action.run(); }}>
        {action.label}
      </Button>
    </span>
  );
  notifications.show({
    id,
    title,
    message: body,
    role: tone === 'error' ? 'alert' : 'status',
    icon: tone === 'error' ? <IconAlertTriangle size={16} aria-hidden="true" /> : undefined,
    color: 'transparent',
    autoClose: SHOWN_MS[action === undefined ? tone : 'action'],
    withCloseButton: tone === 'error',
    closeButtonProps: { 'aria-label': i18next.t('gallery.close') },
    classNames: { root: classes.root ?? '', icon: classes.icon ?? '', title: classes.title ?? '', description: classes.text ?? '' },
    mod: { tone },
  });
}

export const toasts: Toasts = { show };
