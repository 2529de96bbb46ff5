import { Input, SegmentedControl } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { AmountField } from './AmountField';
import { MOST_CREDITS } from './plan-draft';
import type { DraftFieldsProps } from './PlanFields';
import styles from './Plan.module.css';

const STOPS = ['hard', 'warn'] as const;

/** Limits of one's own on a day and a month, and what happens there. */
export function BudgetFields({ draft, onChange }: DraftFieldsProps) {
  const { t } = useTranslation();
  const stopId = useId();
  return (
    <div className={styles.fields}>
      <AmountField label={t('credits.plan.perDay')} value={draft.perDay} min={0} max={MOST_CREDITS} onChange={(perDay) => { onChange({ perDay }); }} />
      <AmountField label={t('credits.plan.perMonth')} value={draft.perMonth} min={0} max={MOST_CREDITS} onChange={(perMonth) => { onChange({ perMonth }); }} />
      <AmountField label={t('credits.plan.warnAt')} value={draft.warnAtPercent} min={1} max={100} isWhole isNeeded onChange={(warnAtPercent) => { onChange({ warnAtPercent }); }} />
      <Input.Wrapper label={t('credits.plan.stop')} labelElement="div" labelProps={{ id: stopId }}>
        <SegmentedControl
          className={styles.choice}
          aria-labelledby={stopId}
          data={STOPS.map((value) => ({ value, label: t(`credits.plan.stops.${value}`) }))}
          value={draft.isHardStop ? 'hard' : 'warn'}
          onChange={(value) => { onChange({ isHardStop: value === 'hard' }); }}
        />
      </Input.Wrapper>
    </div>
  );
}
