import { SegmentedControl, Slider } from '@mantine/core';
import { IconLayoutDashboard, IconLayoutGrid } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { COLUMNS } from '../../stores/gallery-view';
import { useGalleryView, useStudio } from '../../studio-context';
import classes from './Search.module.css';

const LAYOUTS = [
  { value: 'square', icon: IconLayoutGrid },
  { value: 'justified', icon: IconLayoutDashboard },
] as const;

/** How large the pictures are and whether they are cut to squares. */
export function LookControls() {
  const { t } = useTranslation();
  const { view } = useStudio().stores.browser;
  const { columns, layout } = useGalleryView((state) => state);
  return (
    <div className={classes.look}>
      <Slider
        className={classes.columns}
        size={3}
        label={null}
        thumbLabel={t('gallery.look.size')}
        min={COLUMNS.min}
        max={COLUMNS.max}
        // To the right the pictures grow.
        value={COLUMNS.max + COLUMNS.min - columns}
        onChange={(value) => { view.update({ columns: COLUMNS.max + COLUMNS.min - value }); }}
      />
      <SegmentedControl
        aria-label={t('gallery.look.layout')}
        value={layout}
        data={LAYOUTS.map(({ value, icon: Glyph }) => ({
          value,
          label: (
            <span className={classes.layout} title={t(`gallery.look.${value}`)}>
              <Glyph size={16} stroke={1.6} aria-hidden="true" />
              <span className="visually-hidden">{t(`gallery.look.${value}`)}</span>
            </span>
          ),
        }))}
        onChange={(value) => { view.update({ layout: value }); }}
      />
    </div>
  );
}
