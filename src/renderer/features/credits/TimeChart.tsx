import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UsageShare } from '../../../shared/credits';
import { formatNumber } from '../../i18n/format';
import { formatAmount, formatDay } from '../../i18n/format-credits';
import { useLanguage } from '../../studio-context';
import classes from './Charts.module.css';
import type { Measure } from './measure';
import { axisEnd, type Timeline } from './span';
import tables from './Tables.module.css';

interface TimeProps {
  readonly timeline: Timeline;
  readonly measure: Measure;
}

/** How a day or month and its value are written. */
function useWords({ unit }: Timeline, measure: Measure) {
  const language = useLanguage();
  return {
    nameOf: (name: string): string => (unit === 'day' ? formatDay(name, language) : formatDay(`${name}-01`, language, 'month')),
    valueOf: (value: number): string => (measure === 'price' ? formatAmount(value, language) : formatNumber(value, language)),
  };
}

/** Credits end at a round number of credits, not of thousandths. */
const endOf = (shares: readonly UsageShare[], measure: Measure): number => axisEnd(Math.max(...shares.map((share) => share[measure])));

function Bars({ timeline, measure }: TimeProps) {
  const { nameOf, valueOf } = useWords(timeline, measure);
  const [pointed, setPointed] = useState<UsageShare | null>(null);
  const { shares } = timeline;
  const end = endOf(shares, measure);
  const half = measure === 'pictures' && end < 2 ? null : end / 2;
  return (
    <div className={`${classes.plot ?? ''} tabular`} aria-hidden="true" onPointerLeave={() => { setPointed(null); }}>
      <p className={classes.pointed}>{pointed !== null && `${nameOf(pointed.name)}: ${valueOf(pointed[measure])}`}</p>
      <div className={classes.axis}>
        <span>{valueOf(end)}</span>
        {half !== null && <span>{valueOf(half)}</span>}
        <span>0</span>
      </div>
      <div className={classes.bars} data-half={half !== null}>
        {shares.map((share) => (
          <span key={share.name} className={classes.slot} onPointerEnter={() => { setPointed(share); }}>
            <span className={classes.column} style={{ height: `${String((share[measure] / end) * 100)}%` }} />
          </span>
        ))}
      </div>
      <div className={classes.ends}>
        <span>{nameOf(shares[0]?.name ?? '')}</span>
        {shares.length > 1 && <span>{nameOf(shares.at(-1)?.name ?? '')}</span>}
      </div>
    </div>
  );
}

function Rows({ timeline, measure, title }: TimeProps & { readonly title: string }) {
  const { t } = useTranslation();
  const { nameOf } = useWords(timeline, measure);
  const language = useLanguage();
  return (
    <table className={`${tables.table ?? ''} tabular`} aria-label={title}>
      <thead>
        <tr>
          <th scope="col">{t(`credits.charts.${timeline.unit}`)}</th>
          <th scope="col" className={tables.number}>{t('credits.charts.pictures')}</th>
          <th scope="col" className={tables.number}>{t('credits.charts.price')}</th>
          <th scope="col" className={tables.number}>{t('credits.charts.charged')}</th>
        </tr>
      </thead>
      <tbody>
        {timeline.shares
          .filter(({ pictures }) => pictures > 0)
          .map(({ name, pictures, price, charged }) => (
            <tr key={name}>
              <th scope="row">{nameOf(name)}</th>
              <td className={tables.number}>{formatNumber(pictures, language)}</td>
              <td className={tables.number}>{formatAmount(price, language)}</td>
              <td className={tables.number}>{formatAmount(charged, language)}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}

/** Use over time as bars; a screen reader always has the table behind them, and everyone else at the press of a button. */
export function TimeChart({ timeline, measure }: TimeProps) {
  const { t } = useTranslation();
  const [isTable, setTable] = useState(false);
  const title = t(timeline.unit === 'day' ? 'credits.charts.perDay' : 'credits.charts.perMonth');
  return (
    <section>
      <div className={classes.head}>
        <h3 className={classes.title}>{title}</h3>
        <Button size="compact-xs" variant="subtle" onClick={() => { setTable(!isTable); }}>
          {isTable ? t('credits.charts.asChart') : t('credits.charts.asTable')}
        </Button>
      </div>
      {!isTable && <Bars timeline={timeline} measure={measure} />}
      <div className={isTable ? undefined : 'visually-hidden'}>
        <Rows timeline={timeline} measure={measure} title={title} />
      </div>
    </section>
  );
}
