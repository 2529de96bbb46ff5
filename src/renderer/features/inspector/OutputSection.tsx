import { SegmentedControl, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LIMITS } from '../../../shared/limits';
import { formatNumber, formatSize } from '../../i18n/format';
import { enlargementOf } from '../../stores/draft-request';
import { useActiveModel, useDraft, useLanguage, useStudio } from '../../studio-context';
import { Section } from '../../ui/Section';
import form from '../../ui/Form.module.css';
import classes from './Inspector.module.css';

const COUNTS = Array.from({ length: LIMITS.count.max }, (_, index) => String(LIMITS.count.min + index));

export function OutputSection() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { draft: store } = useStudio().stores;
  const draft = useDraft((state) => state.draft);
  const model = useActiveModel();
  const enlargement = model === null ? null : enlargementOf(draft, model);

  return (
    <Section title={t('output.section')} summary={t('output.countShort', { count: draft.count })}>
      <SegmentedControl
        aria-label={t('output.count')}
        className={classes.counts}
        fullWidth
        data={COUNTS}
        value={String(draft.count)}
        onChange={(value) => { store.update({ count: Number(value) }); }}
      />
      {enlargement !== null && (
        <Switch
          label={t('output.hires', { scale: formatNumber(enlargement.scale, language), size: formatSize(enlargement.width, enlargement.height) })}
          classNames={{ label: form.label ?? '' }}
          checked={draft.hires}
          onChange={(event) => { store.update({ hires: event.currentTarget.checked }); }}
        />
      )}
    </Section>
  );
}
