import { useTranslation } from 'react-i18next';
import { comparePrices, type Comparison } from '../../shared/pricing/compare';
import { localCostOf } from '../../shared/pricing/local-cost';
import { priceOf } from '../../shared/pricing/price-of';
import type { PriceTable } from '../../shared/pricing/price-table';
import type { Recipe } from '../../shared/recipe';
import { formatBytes, formatNumber, formatSeconds } from '../i18n/format';
import { formatAmount, formatDollars, formatEnergy } from '../i18n/format-credits';
import { useCredits, useLanguage } from '../studio-context';
import { picturePrice, type PicturePrice } from './picture-price';
import classes from './Price.module.css';
import { useCost } from './use-cost';

const NO_TABLES: readonly PriceTable[] = [];

function Facts({ price: { request, charged, listPrice }, table }: { readonly price: PicturePrice; readonly table: PriceTable }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const priced = priceOf(request, table);
  return (
    <dl className={classes.facts}>
      {charged !== null && (
        <div>
          <dt>{t('credits.bill.charged')}</dt>
          <dd>{charged === 0 ? t('credits.bill.free') : t('credits.amount', { amount: formatAmount(charged, language) })}</dd>
        </div>
      )}
      {listPrice !== null && (
        <div>
          <dt>{t('credits.bill.list')}</dt>
          <dd>{t('credits.amount', { amount: formatAmount(listPrice, language) })}</dd>
        </div>
      )}
      {priced !== null && (
        <div>
          <dt>{t('credits.bill.as')}</dt>
          <dd>{priced.isStandIn ? t('credits.bill.standIn', { label: priced.label }) : priced.label}</dd>
        </div>
      )}
    </dl>
  );
}

function ElsewherePrice({ milliCredits, monthlyFee }: Comparison) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (monthlyFee !== null) return <dd>{t('credits.bill.monthly', { amount: formatDollars(monthlyFee, language) })}</dd>;
  return <dd data-quiet={milliCredits === null}>{milliCredits === null ? t('credits.bill.notSold') : formatDollars(milliCredits, language)}</dd>;
}

function useHere(recipe: Recipe): { readonly text: string; readonly watts: string } {
  const { t } = useTranslation();
  const language = useLanguage();
  const { seconds, peakMemoryBytes, energyWh, assumedWatts } = localCostOf(recipe);
  const facts = { time: formatSeconds(seconds, language), energy: formatEnergy(energyWh, language) };
  const text = peakMemoryBytes > 0 ? t('credits.bill.hereFacts', { ...facts, memory: formatBytes(peakMemoryBytes, language) }) : t('credits.bill.hereFactsNoMemory', facts);
  return { text, watts: formatNumber(assumedWatts, language) };
}

/** What one picture cost here, and what it would have cost elsewhere. */
export function PictureBill({ recipe }: { readonly recipe: Recipe }) {
  const { t } = useTranslation();
  const tables = useCredits(({ overview }) => overview?.tables ?? NO_TABLES);
  const cost = useCost(recipe);
  const here = useHere(recipe);
  const [table] = tables;
  if (table === undefined || cost === undefined) return null;
  const price = picturePrice(recipe, cost, table);
  return (
    <section className={classes.bill}>
      <h3>{t('credits.bill.title')}</h3>
      <Facts price={price} table={table} />
      <h3>{t('credits.bill.elsewhere')}</h3>
      <dl className={classes.facts}>
        {comparePrices(price.request, tables).map((comparison) => (
          <div key={comparison.tableId}>
            <dt>{comparison.name}</dt>
            <ElsewherePrice {...comparison} />
          </div>
        ))}
        <div>
          <dt>{t('credits.bill.here')}</dt>
          <dd>{here.text}</dd>
        </div>
      </dl>
      <p className={classes.note}>{t('credits.bill.assumption', { watts: here.watts })}</p>
    </section>
  );
}
