import { SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CreditsState } from '../../../shared/credits';
import { ComparisonTable } from './ComparisonTable';
import classes from './Credits.module.css';
import { isSpan, spanOf, SPANS, type Span, type SpanName } from './span';
import { UsageCharts } from './UsageCharts';
import { useUsage } from './use-usage';

interface SpanPickerProps {
  readonly name: SpanName;
  readonly chosen: Span;
  readonly onName: (name: SpanName) => void;
  readonly onChosen: (span: Span) => void;
}

function SpanPicker({ name, chosen, onName, onChosen }: SpanPickerProps) {
  const { t } = useTranslation();
  const error = isSpan(chosen) ? null : t('credits.usage.reversedSpan');
  return (
    <div className={classes.bar}>
      <SegmentedControl
        aria-label={t('credits.usage.spanLabel')}
        data={SPANS.map((value) => ({ value, label: t(`credits.usage.spans.${value}`) }))}
        value={name}
        onChange={onName}
      />
      {name === 'chosen' && (
        <>
          <TextInput type="date" aria-label={t('credits.usage.from')} value={chosen.from} onChange={(event) => { onChosen({ ...chosen, from: event.currentTarget.value }); }} />
          <span aria-hidden="true">–</span>
          <TextInput type="date" aria-label={t('credits.usage.to')} value={chosen.to} onChange={(event) => { onChosen({ ...chosen, to: event.currentTarget.value }); }} />
          {error !== null && <span role="alert" className={classes.error}>{error}</span>}
        </>
      )}
    </div>
  );
}

/** What was made in a span of time: what it would have cost elsewhere, and when, with what and how. */
export function UsagePart({ state: { today } }: { readonly state: CreditsState }) {
  const { t } = useTranslation();
  const [name, setName] = useState<SpanName>('month');
  const [chosen, setChosen] = useState<Span>(() => spanOf('month', today));
  const [lastGood, setLastGood] = useState(chosen);
  const span = name === 'chosen' ? lastGood : spanOf(name, today);
  const usage = useUsage(span);

  return (
    <section>
      <h2 className={classes.heading}>{t('credits.usage.title')}</h2>
      <SpanPicker
        name={name}
        chosen={chosen}
        onName={setName}
        onChosen={(next) => {
          setChosen(next);
          // A date that is half typed leaves what is shown.
          if (isSpan(next)) setLastGood(next);
        }}
      />
      {usage !== null && usage.pictures === 0 && <p className={classes.lead}>{t('credits.usage.none')}</p>}
      {usage !== null && usage.pictures > 0 && (
        <>
          <ComparisonTable usage={usage} />
          <UsageCharts usage={usage} span={span} />
        </>
      )}
    </section>
  );
}
