import { useVirtualizer } from '@tanstack/react-virtual';
import type { TFunction } from 'i18next';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { LedgerDetail, LedgerRow } from '../../../shared/credits';
import type { MilliCredits } from '../../../shared/pricing/money';
import { formatDate, formatNumber } from '../../i18n/format';
import { formatAmount } from '../../i18n/format-credits';
import { useLanguage } from '../../studio-context';
import styles from './Ledger.module.css';
import { useLedgerRows } from './use-ledger-rows';

const ROW_PX = 40;

/** Why a row is there, and for a job what it was. */
function reasonOf(t: TFunction, detail: LedgerDetail): string {
  if (detail.reason === 'plan') return t('credits.ledger.reasons.plan', { plan: t(`credits.plan.names.${detail.plan.plan}`) });
  if (detail.reason !== 'job') return t(`credits.ledger.reasons.${detail.reason}`);
  const { modelName, width, height, numInferenceSteps } = detail.facts;
  return t('credits.ledger.facts', { model: modelName, width, height, steps: numInferenceSteps });
}

function Cells({ row }: { readonly row: LedgerRow }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const signed = (amount: MilliCredits): string => (amount > 0 ? `+${formatAmount(amount, language)}` : formatAmount(amount, language));
  const orNothing = (amount: number, text: (amount: number) => string): string => (amount === 0 ? '' : text(amount));
  return (
    <>
      <span role="cell" className={styles.quiet}>{formatNumber(row.sequence, language)}</span>
      <span role="cell" className={styles.quiet}>{formatDate(row.at, language)}</span>
      <span role="cell" className={styles.what}>
        <b>{t(`credits.ledger.kinds.${row.kind}`)}</b> {reasonOf(t, row.detail)}
      </span>
      <span role="cell" className={styles.number}>{orNothing(row.pictures, (count) => formatNumber(count, language))}</span>
      <span role="cell" className={styles.number}>{orNothing(row.price, (amount) => formatAmount(amount, language))}</span>
      <span role="cell" className={styles.number}>{orNothing(row.amount, signed)}</span>
    </>
  );
}

const COLUMNS = ['number', 'time', 'what', 'pictures', 'price', 'amount'] as const;
const NUMBERS: readonly (typeof COLUMNS)[number][] = ['pictures', 'price', 'amount'];

/** The rows, newest first; only those in sight exist. */
export function LedgerRows({ count }: { readonly count: number }) {
  const { t } = useTranslation();
  const pages = useLedgerRows(count);
  const scroller = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- no compiler memoizes this component, and the virtualizer stays inside it
  const virtualizer = useVirtualizer({ count, getScrollElement: () => scroller.current, estimateSize: () => ROW_PX, overscan: 10, getItemKey: (index) => count - index });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  const { need } = pages;
  useEffect(() => {
    need(first);
    need(last);
  }, [need, first, last]);

  return (
    <div className={`${styles.table ?? ''} tabular`} role="table" aria-label={t('credits.ledger.title')} aria-rowcount={count + 1}>
      <div role="row" aria-rowindex={1} className={`${styles.row ?? ''} ${styles.head ?? ''}`}>
        {COLUMNS.map((name) => (
          <span key={name} role="columnheader" className={NUMBERS.includes(name) ? styles.number : undefined}>
            {t(`credits.ledger.${name}`)}
          </span>
        ))}
      </div>
      <div ref={scroller} role="rowgroup" className={styles.scroller} tabIndex={0} aria-label={t('credits.ledger.title')}>
        <div role="presentation" style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
          {items.map(({ index, key, start }) => {
            const row = pages.at(index);
            return (
              <div key={key} role="row" aria-rowindex={index + 2} className={styles.row} data-placed style={{ transform: `translateY(${String(start)}px)` }}>
                {row !== undefined && <Cells row={row} />}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
