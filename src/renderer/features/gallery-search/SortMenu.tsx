import { Button, Menu } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { SORT_KEYS } from '../../../shared/gallery';
import { useGalleryWindow, useStudio } from '../../studio-context';

/** The order of the pictures. */
export function SortMenu() {
  const { t } = useTranslation();
  const { browse } = useStudio();
  const sort = useGalleryWindow((state) => state.query.sort);
  const Direction = sort.isDescending ? IconArrowDown : IconArrowUp;
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<Direction size={15} stroke={1.75} aria-hidden="true" />} aria-label={t('gallery.sort.label', { by: t(`gallery.sort.by.${sort.by}`) })}>
          {t(`gallery.sort.by.${sort.by}`)}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {SORT_KEYS.map((by) => (
          <Menu.Item
            key={by}
            role="menuitemradio"
            aria-checked={sort.by === by}
            rightSection={sort.by === by ? <IconCheck size={15} stroke={2} aria-hidden="true" /> : undefined}
            // Names and prompts read from A; everything else begins with the newest and the most.
            onClick={() => { browse.sort({ by, isDescending: !['name', 'model', 'prompt'].includes(by) }); }}
          >
            {t(`gallery.sort.by.${by}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<Direction size={15} stroke={1.75} aria-hidden="true" />} onClick={() => { browse.sort({ ...sort, isDescending: !sort.isDescending }); }}>
          {t('gallery.sort.turn')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
