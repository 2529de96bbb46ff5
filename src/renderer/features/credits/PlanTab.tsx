import { Button, Radio } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PLAN_ALLOWANCES, PLAN_IDS, type CreditsPlan } from '../../../shared/credits';
import { reportError } from '../../commands/commands';
import { formatAllowance } from '../../i18n/format-credits';
import { useLanguage, useStudio } from '../../studio-context';
import { toasts } from '../../ui/notify';
import { BudgetFields } from './BudgetFields';
import classes from './Credits.module.css';
import { draftOf, isSamePlan, planOf, type PlanDraft } from './plan-draft';
import { PlanFields } from './PlanFields';
import styles from './Plan.module.css';

type PlanId = CreditsPlan['plan'];

/** What a plan of that name gives, in a few words. */
function usePlanHint(): (plan: PlanId) => string {
  const { t } = useTranslation();
  const language = useLanguage();
  return (plan) => {
    if (plan === 'unlimited') return t('credits.plan.unlimited');
    if (plan === 'custom') return t('credits.plan.custom');
    return t('credits.plan.monthly', { amount: formatAllowance(PLAN_ALLOWANCES[plan], language) });
  };
}

function PlanChoice({ plan, onChange }: { readonly plan: PlanId; readonly onChange: (plan: PlanId) => void }) {
  const { t } = useTranslation();
  const hintOf = usePlanHint();
  const isPlan = (value: string): value is PlanId => PLAN_IDS.some((known) => known === value);
  return (
    <Radio.Group aria-label={t('credits.plan.title')} value={plan} onChange={(value) => { if (isPlan(value)) onChange(value); }}>
      <div className={styles.plans}>
        {PLAN_IDS.map((id) => (
          <Radio.Card key={id} value={id} className={styles.plan} aria-label={`${t(`credits.plan.names.${id}`)}: ${hintOf(id)}`}>
            <Radio.Indicator size="xs" />
            <span>
              <b>{t(`credits.plan.names.${id}`)}</b>
              <span className={styles.hint}>{hintOf(id)}</span>
            </span>
          </Radio.Card>
        ))}
      </div>
    </Radio.Group>
  );
}

/** The plan and the budget: filled in, then saved as one row of the ledger. */
export function PlanTab({ plan: current }: { readonly plan: CreditsPlan }) {
  const { t } = useTranslation();
  const { credits } = useStudio().stores;
  const [draft, setDraft] = useState<PlanDraft>(() => draftOf(current));
  const plan = planOf(draft);
  const isChanged = plan === null || !isSamePlan(plan, current);
  const change = (patch: Partial<PlanDraft>): void => { setDraft((before) => ({ ...before, ...patch })); };

  const save = (): void => {
    if (plan === null) return;
    credits
      .setPlan(plan)
      .then(() => { toasts.show({ tone: 'plain', message: t('credits.plan.saved') }); })
      .catch((caught: unknown) => { reportError({ toasts, t }, caught); });
  };

  return (
    <>
      <section>
        <h2 className={classes.heading}>{t('credits.plan.title')}</h2>
        <p className={classes.lead}>{t('credits.plan.lead')}</p>
        <PlanChoice plan={draft.plan} onChange={(id) => { change({ plan: id }); }} />
        <PlanFields draft={draft} onChange={change} />
      </section>
      <section className={styles.part}>
        <h2 className={classes.heading}>{t('credits.plan.budget')}</h2>
        <p className={classes.lead}>{t('credits.plan.budgetLead')}</p>
        <BudgetFields draft={draft} onChange={change} />
      </section>
      <div className={styles.buttons}>
        <Button size="sm" disabled={plan === null || !isChanged} onClick={save}>
          {t('credits.plan.save')}
        </Button>
        <Button size="sm" variant="subtle" disabled={!isChanged} onClick={() => { setDraft(draftOf(current)); }}>
          {t('credits.plan.reset')}
        </Button>
      </div>
    </>
  );
}
