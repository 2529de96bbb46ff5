import { Button } from '@mantine/core';
import { IconEye, IconEyeOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { GalleryImage } from '../../shared/gallery';
import { useStudio } from '../studio-context';
import { useVeil } from './use-veil';
import classes from './Veil.module.css';

/** Over a blurred picture: which rule asked for that, and the way to see it. Over one that was asked to be seen: the way back. */
export function VeilNote({ image }: { image: GalleryImage }) {
  const { t } = useTranslation();
  const { stores } = useStudio();
  const { rules, isVeiled } = useVeil(image);
  if (rules.length === 0) return null;
  const names = rules.map((rule) => t(`moderation.pictureRules.${rule}`)).join(', ');
  return isVeiled ? (
    <div className={classes.note}>
      <IconEyeOff size={24} stroke={1.6} aria-hidden="true" />
      <p>{t('moderation.hidden', { rules: names })}</p>
      <Button size="sm" variant="default" leftSection={<IconEye size={16} stroke={1.75} aria-hidden="true" />} onClick={() => { stores.veil.show(image.id); }}>
        {t('moderation.show')}
      </Button>
    </div>
  ) : (
    <Button className={classes.cover ?? ''} size="compact-xs" variant="default" leftSection={<IconEyeOff size={14} stroke={1.75} aria-hidden="true" />} onClick={() => { stores.veil.cover(image.id); }}>
      {t('moderation.hide')}
    </Button>
  );
}
