import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CreditsUsage, UsageShare } from '../../../shared/credits';
import { PRICE_TOOLS, type PriceTool } from '../../../shared/pricing/price-table';
import classes from './Charts.module.css';
import { MEASURES, type Measure } from './measure';
import { ShareTable } from './ShareTable';
import { timelineOf, type Span } from './span';
import { TimeChart } from './TimeChart';

const isTool = (name: string): name is PriceTool => PRICE_TOOLS.some((tool) => tool === name);

/** When, with which model and with which tool the work of a span was done. */
export function UsageCharts({ usage, span }: { readonly usage: CreditsUsage; readonly span: Span }) {
  const { t } = useTranslation();
  const [measure, setMeasure] = useState<Measure>('pictures');
  const timeline = timelineOf(usage.byDay, span);
  const nameOfModel = ({ name }: UsageShare): string => (name === '' ? t('credits.charts.unknownModel') : name);
  const nameOfTool = ({ name }: UsageShare): string => (isTool(name) ? t(`credits.tools.${name}`) : name);

  return (
    <div className={classes.charts}>
      <SegmentedControl
        className={classes.measure}
        aria-label={t('credits.charts.measure')}
        data={MEASURES.map((value) => ({ value, label: t(`credits.charts.measures.${value}`) }))}
        value={measure}
        onChange={setMeasure}
      />
      <TimeChart timeline={timeline} measure={measure} />
      <div className={classes.pair}>
        <ShareTable title={t('credits.charts.perModel')} column={t('credits.charts.model')} shares={usage.byModel} nameOf={nameOfModel} measure={measure} />
        <ShareTable title={t('credits.charts.perTool')} column={t('credits.charts.tool')} shares={usage.byTool} nameOf={nameOfTool} measure={measure} />
      </div>
    </div>
  );
}
