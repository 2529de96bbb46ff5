import { Input, SegmentedControl, Select } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { isMonthly } from '../../../shared/credits';
import { AmountField } from './AmountField';
import { MOST_CREDITS, type PlanDraft } from './plan-draft';
import styles from './Plan.module.css';

export interface DraftFieldsProps {
  readonly draft: PlanDraft;
  readonly onChange: (patch: Partial<PlanDraft>) => void;
}

const REFILLS = ['monthly', 'once'] as const;
const SYSTEM = 'system';
/** Chromium's list leaves out the one that is nobody's. */
const TIME_ZONES = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])].sort();

/** What a plan needs to know beyond its name; nothing for one that never refills. */
export function PlanFields({ draft, onChange }: DraftFieldsProps) {
  const { t } = useTranslation();
  const refillId = useId();
  const isCustom = draft.plan === 'custom';
  return (
    <div className={styles.fields}>
      {isCustom && (
        <>
          <AmountField label={t('credits.plan.allowance')} value={draft.allowance} min={0} max={MOST_CREDITS} isNeeded onChange={(allowance) => { onChange({ allowance }); }} />
          <Input.Wrapper label={t('credits.plan.refill')} labelElement="div" labelProps={{ id: refillId }}>
            <SegmentedControl
              className={styles.choice}
              aria-labelledby={refillId}
              data={REFILLS.map((value) => ({ value, label: t(`credits.plan.refills.${value}`) }))}
              value={draft.customRefill}
              onChange={(customRefill) => { onChange({ customRefill }); }}
            />
          </Input.Wrapper>
        </>
      )}
      {isMonthly(draft) && (
        <AmountField label={t('credits.plan.refillDay')} hint={t('credits.plan.refillHint')} value={draft.refillDay} min={1} max={31} isWhole isNeeded onChange={(refillDay) => { onChange({ refillDay }); }} />
      )}
      <Select
        label={t('credits.plan.timeZone')}
        searchable
        data={[{ value: SYSTEM, label: t('credits.plan.systemZone') }, ...TIME_ZONES.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))]}
        value={draft.timeZone ?? SYSTEM}
        onChange={(zone) => { if (zone !== null) onChange({ timeZone: zone === SYSTEM ? null : zone }); }}
      />
    </div>
  );
}
