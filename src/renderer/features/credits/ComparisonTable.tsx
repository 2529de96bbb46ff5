import { useTranslation } from 'react-i18next';
import type { CreditsUsage } from '../../../shared/credits';
import type { Comparison } from '../../../shared/pricing/compare';
import type { MilliCredits } from '../../../shared/pricing/money';
import { formatBytes, formatDuration, formatNumber } from '../../i18n/format';
import { formatDay, formatDollars, formatEnergy } from '../../i18n/format-credits';
import { useLanguage } from '../../studio-context';
import classes from './Credits.module.css';
import { monthsIn } from './span';
import tables from './Tables.module.css';

/** What a provider would have asked for all of it; null where it sold nothing of the kind. */
const totalOf = ({ milliCredits, monthlyFee }: Comparison, months: number): MilliCredits | null => (monthlyFee === null ? milliCredits : monthlyFee * months);

function useNote(): (comparison: Comparison, months: number) => string {
  const { t } = useTranslation();
  const language = useLanguage();
  return ({ monthlyFee, unpriced, isStandIn, effectiveFrom }, months) =>
    [
      ...(monthlyFee === null ? [] : [t('credits.usage.fee', { count: months })]),
      ...(unpriced === 0 ? [] : [t('credits.usage.unpriced', { count: unpriced })]),
      ...(isStandIn ? [t('credits.usage.standIn')] : []),
      t('credits.usage.asOf', { date: formatDay(effectiveFrom, language) }),
    ].join(' ');
}

function HereRow({ usage }: { readonly usage: CreditsUsage }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { seconds, peakMemoryBytes, energyWh, pictures, jobs } = usage;
  const facts = { time: formatDuration(seconds, language), energy: formatEnergy(energyWh, language) };
  const made = t('credits.usage.made', { count: pictures, jobs: t('credits.usage.jobs', { count: jobs }) });
  const work = peakMemoryBytes > 0 ? t('credits.usage.hereNote', { ...facts, memory: formatBytes(peakMemoryBytes, language) }) : t('credits.usage.hereNoteNoMemory', facts);
  return (
    <tr data-own="true">
      <th scope="row">{t('credits.usage.here')}</th>
      <td className={tables.number}>{formatDollars(0, language)}</td>
      <td />
      <td className={tables.note}>{`${made}. ${work}`}</td>
    </tr>
  );
}

/** The same work at every provider's prices, beside what it took here. */
export function ComparisonTable({ usage }: { readonly usage: CreditsUsage }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const noteOf = useNote();
  const months = monthsIn(usage);
  const most = Math.max(1, ...usage.comparisons.map((comparison) => totalOf(comparison, months) ?? 0));

  return (
    <>
      <table className={`${tables.table ?? ''} tabular`}>
        <thead>
          <tr>
            <th scope="col">{t('credits.usage.provider')}</th>
            <th scope="col" className={tables.number}>{t('credits.usage.price')}</th>
            <td aria-hidden="true" className={tables.barColumn} />
            <th scope="col">{t('credits.usage.note')}</th>
          </tr>
        </thead>
        <tbody>
          <HereRow usage={usage} />
          {usage.comparisons.map((comparison) => {
            const total = totalOf(comparison, months);
            return (
              <tr key={comparison.tableId}>
                <th scope="row">{comparison.name}</th>
                <td className={tables.number}>{total === null ? t('credits.bill.notSold') : formatDollars(total, language)}</td>
                <td aria-hidden="true">
                  <span className={tables.bar} style={{ width: `${String(((total ?? 0) / most) * 100)}%` }} />
                </td>
                <td className={tables.note}>{noteOf(comparison, months)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p className={classes.note}>
        {t('credits.bill.assumption', { watts: formatNumber(usage.assumedWatts, language) })} {t('credits.usage.electricity')}
      </p>
    </>
  );
}
