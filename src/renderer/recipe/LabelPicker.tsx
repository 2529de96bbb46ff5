import { useTranslation } from 'react-i18next';
import { LABELS, type Label } from '../../shared/gallery';
import classes from './Marks.module.css';

export interface LabelPickerProps {
  readonly value: Label | null;
  onChange(label: Label | null): void;
}

/** Colour labels to press; the one that is set goes away. */
export function LabelPicker({ value, onChange }: LabelPickerProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.labels} role="group" aria-label={t('gallery.marks.label')}>
      {LABELS.map((label) => (
        <button
          key={label}
          type="button"
          className={classes.label}
          data-label={label}
          aria-pressed={value === label}
          aria-label={t(`gallery.marks.labels.${label}`)}
          title={t(`gallery.marks.labels.${label}`)}
          onClick={() => { onChange(value === label ? null : label); }}
        />
      ))}
    </div>
  );
}
