import { useTranslation } from 'react-i18next';
import type { UsageShare } from '../../../shared/credits';
import { formatNumber } from '../../i18n/format';
import { formatAmount } from '../../i18n/format-credits';
import { useLanguage } from '../../studio-context';
import classes from './Charts.module.css';
import type { Measure } from './measure';
import tables from './Tables.module.css';

export interface ShareTableProps {
  readonly title: string;
  /** Heading of the names. */
  readonly column: string;
  readonly shares: readonly UsageShare[];
  readonly nameOf: (share: UsageShare) => string;
  readonly measure: Measure;
}

/** Shares as bars in a table, so that the picture and its numbers are one thing, read aloud as well as seen. */
export function ShareTable({ title, column, shares, nameOf, measure }: ShareTableProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const sorted = [...shares].sort((a, b) => b[measure] - a[measure]);
  const most = Math.max(1, sorted[0]?.[measure] ?? 0);
  return (
    <section>
      <h3 className={classes.title}>{title}</h3>
      <table className={`${tables.table ?? ''} tabular`}>
        <thead>
          <tr>
            <th scope="col">{column}</th>
            <td aria-hidden="true" className={classes.shareBar} />
            <th scope="col" className={tables.number}>{t('credits.charts.pictures')}</th>
            <th scope="col" className={tables.number}>{t('credits.charts.price')}</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((share) => (
            <tr key={share.name}>
              <th scope="row" className={classes.name}>{nameOf(share)}</th>
              <td aria-hidden="true">
                <span className={tables.bar} style={{ width: `${String((share[measure] / most) * 100)}%` }} />
              </td>
              <td className={tables.number}>{formatNumber(share.pictures, language)}</td>
              <td className={tables.number}>{formatAmount(share.price, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
