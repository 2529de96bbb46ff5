import { Button, NumberInput, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MASK_PATTERNS, type CanvasDocument, type Mask } from '../../../shared/canvas-document';
import { setMask } from '../../canvas/edits/mask-edits';
import { editKeys } from '../../commands/edit-shortcuts';
import { useStudio } from '../../studio-context';
import { SliderField } from '../../ui/SliderField';
import { MaskRectangle } from './MaskRectangle';
import form from '../../ui/Form.module.css';
import classes from './Masks.module.css';

const MAX_FEATHER = 256;
const SLIDER_FEATHER = 64;
const MAX_GROW = 512;

/** Pixels by which the whole mask gets larger or smaller, as one step that can be taken back. */
function GrowLine() {
  const { t } = useTranslation();
  const { edit } = useStudio();
  const [by, setBy] = useState(8);
  return (
    <div className={form.field}>
      <label className={form.label} htmlFor="mask-grow">{t('edit.masks.growBy')}</label>
      <div className={form.row}>
        <NumberInput id="mask-grow" value={by} min={1} max={MAX_GROW} allowDecimal={false} allowNegative={false} hideControls onChange={(next) => { if (typeof next === 'number' && next >= 1 && next <= MAX_GROW) setBy(next); }} />
        <Button size="xs" variant="default" onClick={() => { edit.maskStep({ kind: 'grow', by }); }}>{t('edit.masks.grow')}</Button>
        <Button size="xs" variant="default" onClick={() => { edit.maskStep({ kind: 'grow', by: -by }); }}>{t('edit.masks.shrink')}</Button>
      </div>
    </div>
  );
}

export function MaskSettings({ document, mask }: { document: CanvasDocument; mask: Mask }) {
  const { t } = useTranslation();
  const { edit, stores, isMac } = useStudio();
  const set = (change: Parameters<typeof setMask>[1]): void => { stores.canvas.adjust(setMask(mask.id, change)); };
  return (
    <>
      <div className={classes.buttons}>
        <Button size="xs" variant="default" onClick={() => { edit.maskStep({ kind: 'fill' }); }}>{t('edit.masks.fill')}</Button>
        <Button size="xs" variant="default" aria-keyshortcuts={editKeys('invert', isMac)['aria-keyshortcuts']} onClick={() => { edit.maskStep({ kind: 'invert' }); }}>{t('edit.masks.invert')}</Button>
        <Button size="xs" variant="default" aria-keyshortcuts={editKeys('clear', isMac)['aria-keyshortcuts']} onClick={() => { edit.maskStep({ kind: 'clear' }); }}>{t('edit.masks.clear')}</Button>
      </div>
      <SliderField
        label={t('edit.masks.strength')}
        value={Math.round(mask.strength * 100)}
        min={0}
        max={100}
        step={1}
        decimalSeparator={t('sampling.decimal')}
        error={null}
        onChange={(percent) => { if (percent !== null) set({ strength: Math.min(1, percent / 100) }); }}
      />
      <SliderField
        label={t('edit.masks.feather')}
        value={mask.feather}
        min={0}
        max={MAX_FEATHER}
        sliderMax={SLIDER_FEATHER}
        step={1}
        decimalSeparator={t('sampling.decimal')}
        error={null}
        onChange={(feather) => { if (feather !== null) set({ feather: Math.min(MAX_FEATHER, feather) }); }}
      />
      <div className={form.field}>
        <span className={form.label}>{t('edit.masks.pattern')}</span>
        <Select
          aria-label={t('edit.masks.pattern')}
          data={MASK_PATTERNS.map((pattern) => ({ value: pattern, label: t(`edit.masks.patterns.${pattern}`) }))}
          value={mask.pattern}
          onChange={(value) => {
            const pattern = MASK_PATTERNS.find((name) => name === value);
            if (pattern !== undefined) set({ pattern });
          }}
        />
      </div>
      <GrowLine />
      <MaskRectangle document={document} />
    </>
  );
}
