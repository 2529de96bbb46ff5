import { Checkbox, NumberInput, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ASPECT_PRESETS, RESIZE_LIMITS } from '../../../shared/resize/size-target';
import { TARGETS, type ResizeForm } from '../../stores/resize-form';
import { useResize, useStudio } from '../../studio-context';
import { Section } from '../../ui/Section';
import classes from './Resize.module.css';

type NumberKey = 'percent' | 'width' | 'height' | 'longest' | 'megapixels' | 'widthCm' | 'heightCm' | 'dpi';

const LIMITS: Readonly<Record<NumberKey, { readonly min: number; readonly max: number }>> = {
  percent: RESIZE_LIMITS.percent,
  width: RESIZE_LIMITS.side,
  height: RESIZE_LIMITS.side,
  longest: RESIZE_LIMITS.side,
  megapixels: RESIZE_LIMITS.megapixels,
  widthCm: RESIZE_LIMITS.centimetres,
  heightCm: RESIZE_LIMITS.centimetres,
  dpi: RESIZE_LIMITS.dpi,
};

const ratioName = ([across, down]: readonly [number, number]): string => `${String(across)}:${String(down)}`;

interface NumberFieldProps {
  readonly field: NumberKey;
  readonly label: string;
  readonly unit: string;
}

function NumberField({ field, label, unit }: NumberFieldProps) {
  const { t } = useTranslation();
  const { resize } = useStudio().stores;
  const value = useResize((state) => state.form[field]);
  const mayFollow = field === 'width' || field === 'height' || field === 'widthCm' || field === 'heightCm';
  return (
    <NumberInput
      label={label}
      value={value ?? ''}
      {...LIMITS[field]}
      allowDecimal={field === 'percent' || field === 'megapixels' || field.endsWith('Cm')}
      allowNegative={false}
      decimalScale={2}
      hideControls
      placeholder={mayFollow ? t('resize.size.free') : ''}
      rightSection={<span className={classes.unit}>{unit}</span>}
      rightSectionWidth="auto"
      onChange={(next) => { resize.update({ [field]: typeof next === 'number' ? next : null }); }}
    />
  );
}

function Fields({ form }: { readonly form: ResizeForm }) {
  const { t } = useTranslation();
  const { resize } = useStudio().stores;
  switch (form.by) {
    case 'percent':
      return <NumberField field="percent" label={t('resize.size.percent')} unit="%" />;
    case 'longest':
      return <NumberField field="longest" label={t('resize.size.longest')} unit={t('resize.size.px')} />;
    case 'megapixels':
      return <NumberField field="megapixels" label={t('resize.size.megapixels')} unit="MP" />;
    case 'pixels':
    case 'print': {
      const isPrint = form.by === 'print';
      const unit = isPrint ? t('resize.size.cm') : t('resize.size.px');
      return (
        <>
          <div className={classes.pair}>
            <NumberField field={isPrint ? 'widthCm' : 'width'} label={t('resize.size.width')} unit={unit} />
            <NumberField field={isPrint ? 'heightCm' : 'height'} label={t('resize.size.height')} unit={unit} />
          </div>
          {isPrint && <NumberField field="dpi" label={t('resize.size.dpi')} unit="dpi" />}
          <Checkbox size="xs" label={t('resize.size.lock')} checked={form.lock} onChange={({ currentTarget }) => { resize.update({ lock: currentTarget.checked }); }} />
        </>
      );
    }
    case 'aspect':
      return (
        <Select
          label={t('resize.size.ratio')}
          data={ASPECT_PRESETS.map(ratioName)}
          value={ratioName(form.ratio)}
          allowDeselect={false}
          onChange={(value) => {
            const ratio = ASPECT_PRESETS.find((preset) => ratioName(preset) === value);
            if (ratio !== undefined) resize.update({ ratio });
          }}
        />
      );
  }
}

/** How large the result is to be, in whichever unit one thinks. */
export function SizeSection() {
  const { t } = useTranslation();
  const { resize } = useStudio().stores;
  const form = useResize((state) => state.form);
  return (
    <Section title={t('resize.size.section')}>
      <Select
        aria-label={t('resize.size.by')}
        data={TARGETS.map((value) => ({ value, label: t(`resize.size.${value}`) }))}
        value={form.by}
        allowDeselect={false}
        onChange={(value) => {
          const by = TARGETS.find((target) => target === value);
          // Another shape cannot be had by scaling alone.
          if (by !== undefined) resize.update({ by, ...(by === 'aspect' && (form.way === 'model' || form.way === 'resample') && { way: 'crop' }) });
        }}
      />
      <Fields form={form} />
    </Section>
  );
}
