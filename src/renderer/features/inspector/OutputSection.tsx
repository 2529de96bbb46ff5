import { SegmentedControl, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LIMITS } from '../../../shared/limits';
import { formatNumber } from '../../i18n/format';
import { useActiveModel, useDraft, useLanguage, useStudio } from '../../studio-context';
import { Section } from '../../ui/Section';
import classes from './Inspector.module.css';

const COUNTS = Array.from({ length: LIMITS.count.max }, (_, index) => String(LIMITS.count.min + index));

export function OutputSection() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { draft: store } = useStudio().stores;
  const { count, hires } = useDraft((state) => state.draft);
  const enlarger = useActiveModel()?.hires ?? null;

  return (
    <Section title={t('output.section')} summary={t('output.countShort', { count })}>
      <SegmentedControl
        aria-label={t('output.count')}
        className={classes.counts}
        fullWidth
        data={COUNTS}
        value={String(count)}
        onChange={(value) => { store.update({ count: Number(value) }); }}
      />
      {enlarger !== null && (
        <Switch
          label={t('output.hires', { scale: formatNumber(enlarger.scale, language), upscaler: enlarger.upscaler })}
          classNames={{ label: classes.label ?? '' }}
          checked={hires}
          onChange={(event) => { store.update({ hires: event.currentTarget.checked }); }}
        />
      )}
    </Section>
  );
}
