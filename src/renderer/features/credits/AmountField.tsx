import { NumberInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../i18n/format';
import { useLanguage } from '../../studio-context';

export interface AmountFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: number | '';
  readonly min: number;
  readonly max: number;
  readonly isWhole?: boolean;
  /** Empty is an error; without it empty means "no limit". */
  readonly isNeeded?: boolean;
  readonly onChange: (value: number | '') => void;
}

/** A number with its limits said under it as soon as it is beyond them. */
export function AmountField({ label, hint, value, min, max, isWhole = false, isNeeded = false, onChange }: AmountFieldProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const isWrong = value === '' ? isNeeded : value < min || value > max;
  return (
    <NumberInput
      label={label}
      description={hint}
      value={value}
      clampBehavior="none"
      allowNegative={false}
      decimalScale={isWhole ? 0 : 3}
      decimalSeparator={t('sampling.decimal')}
      hideControls
      error={isWrong ? t('credits.plan.range', { min: formatNumber(min, language), max: formatNumber(max, language) }) : null}
      onChange={(next) => { onChange(typeof next === 'number' ? next : ''); }}
    />
  );
}
