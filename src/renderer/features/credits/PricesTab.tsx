import { Button } from '@mantine/core';
import { IconFolderOpen } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CreditsOverview } from '../../../shared/credits';
import type { PriceTable } from '../../../shared/pricing/price-table';
import { reportError } from '../../commands/commands';
import { formatDay } from '../../i18n/format-credits';
import { useLanguage, useStudio } from '../../studio-context';
import { toasts } from '../../ui/notify';
import classes from './Credits.module.css';
import styles from './Prices.module.css';

function TableCard({ table: { name, effectiveFrom, datePrecision, sources, notes }, isCharging }: { readonly table: PriceTable; readonly isCharging: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <li className={styles.item}>
      <div>
        <h3 className={styles.name}>{name}</h3>
        <p className={styles.since}>{t(`credits.prices.since.${datePrecision}`, { date: formatDay(effectiveFrom, language, datePrecision) })}</p>
        {isCharging && <p className={styles.charging}>{t('credits.prices.charging')}</p>}
      </div>
      <div className={styles.about}>
        <p>{notes}</p>
        <h4>{t('credits.prices.sources')}</h4>
        <ul>
          {sources.map(({ title, url, readOn }) => (
            <li key={title}>
              {title}
              {readOn !== null && `, ${t('credits.prices.read', { date: formatDay(readOn, language) })}`}
              {url !== null && <span className={styles.url}>{url}</span>}
            </li>
          ))}
        </ul>
      </div>
    </li>
  );
}

/** Where every price comes from, and where prices of one's own go. */
export function PricesTab({ overview: { tables, pricesFolder, problems } }: { readonly overview: CreditsOverview }) {
  const { t } = useTranslation();
  const { credits } = useStudio().stores;
  return (
    <>
      <section>
        <h2 className={classes.heading}>{t('credits.prices.title')}</h2>
        <p className={classes.lead}>{t('credits.prices.lead')}</p>
        <ul className={styles.tables}>
          {tables.map((table, index) => (
            <TableCard key={table.id} table={table} isCharging={index === 0} />
          ))}
        </ul>
      </section>
      <section className={styles.own}>
        <h2 className={classes.heading}>{t('credits.prices.own')}</h2>
        <p className={classes.lead}>{t('credits.prices.ownHint')}</p>
        <p className={styles.path}>{pricesFolder}</p>
        {problems.length > 0 && (
          <>
            <h3 className={styles.name}>{t('credits.prices.problems')}</h3>
            <ul className={styles.problems}>
              {problems.map((problem) => (
                <li key={problem}>{problem}</li>
              ))}
            </ul>
          </>
        )}
        <Button
          size="sm"
          variant="default"
          leftSection={<IconFolderOpen size={17} stroke={1.6} aria-hidden="true" />}
          onClick={() => { credits.openPrices().catch((caught: unknown) => { reportError({ toasts, t }, caught); }); }}
        >
          {t('credits.prices.openFolder')}
        </Button>
      </section>
    </>
  );
}
