import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CreditsOverview, CreditsState } from '../../../shared/credits';
import type { MilliCredits } from '../../../shared/pricing/money';
import { formatAllowance, formatAmount, formatDay, formatDollars } from '../../i18n/format-credits';
import { useLanguage } from '../../studio-context';
import classes from './Figures.module.css';
import { Meter } from './Meter';
import { spanOf } from './span';
import { useUsage } from './use-usage';

function Figure({ name, value, children }: { readonly name: string; readonly value: string; readonly children: ReactNode }) {
  return (
    <div className={classes.figure}>
      <dt>{name}</dt>
      <dd>
        <span className={classes.value}>{value}</span>
        {children}
      </dd>
    </div>
  );
}

function Left({ state: { balance, allowance, period, reserved, plan } }: { readonly state: CreditsState }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (balance === null || allowance === null)
    return (
      <Figure name={t('credits.balance.title')} value={t('credits.balance.unlimited')}>
        <span className={classes.hint}>{t('credits.balance.unlimitedHint')}</span>
      </Figure>
    );
  const total = formatAllowance(allowance, language);
  return (
    <Figure name={t('credits.balance.title')} value={formatAmount(balance, language)}>
      <Meter value={allowance === 0 ? 0 : balance / allowance} tone="plain" label={t('credits.balance.meter', { left: formatAmount(balance, language), total })} />
      <span className={classes.hint}>
        {t(`credits.plan.names.${plan.plan}`)} · {period === null ? t('credits.balance.once') : t('credits.balance.refill', { amount: total, date: formatDay(period.next, language) })}
      </span>
      {reserved > 0 && <span className={classes.hint}>{t('credits.balance.held', { amount: formatAmount(reserved, language) })}</span>}
    </Figure>
  );
}

function Used({ name, used, limit }: { readonly name: string; readonly used: MilliCredits; readonly limit: MilliCredits | null }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const amount = formatAmount(used, language);
  return (
    <Figure name={name} value={amount}>
      {limit !== null && (
        <Meter value={limit === 0 ? 1 : used / limit} tone={used >= limit ? 'full' : 'plain'} label={t('credits.balance.budgetMeter', { used: amount, total: formatAllowance(limit, language) })} />
      )}
      <span className={classes.hint}>{limit === null ? t('credits.balance.listPrice') : t('credits.balance.budget', { amount: formatAllowance(limit, language) })}</span>
    </Figure>
  );
}

function Saved({ today }: { readonly today: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const comparison = useUsage(spanOf('month', today))?.comparisons[0];
  return (
    <Figure name={t('credits.balance.saved')} value={comparison === undefined ? '…' : formatDollars(comparison.milliCredits ?? 0, language)}>
      {comparison !== undefined && <span className={classes.hint}>{t('credits.balance.savedHint', { provider: comparison.name })}</span>}
    </Figure>
  );
}

/** The four numbers one comes for: what is left, today, this month, and what was saved. */
export function BalanceFigures({ overview: { state } }: { readonly overview: CreditsOverview }) {
  const { t } = useTranslation();
  const { budget } = state.plan;
  return (
    <dl className={`${classes.figures ?? ''} tabular`}>
      <Left state={state} />
      <Used name={t('credits.balance.today')} used={state.usedToday} limit={budget.perDay} />
      <Used name={t('credits.balance.month')} used={state.usedThisMonth} limit={budget.perMonth} />
      <Saved today={state.today} />
    </dl>
  );
}
