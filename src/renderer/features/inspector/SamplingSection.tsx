import { Select } from '@mantine/core';
import { IconRestore } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { LIMITS } from '../../../shared/limits';
import { SCHEDULERS, type SchedulerId } from '../../../shared/schedulers';
import { formatNumber } from '../../i18n/format';
import { problemText } from '../../i18n/problem-text';
import { effectiveValues } from '../../stores/draft-request';
import { useActiveModel, useDraft, useLanguage, useStudio } from '../../studio-context';
import { IconButton } from '../../ui/IconButton';
import { Section } from '../../ui/Section';
import { SliderField } from '../../ui/SliderField';
import { MoreSampling } from './MoreSampling';
import form from '../../ui/Form.module.css';

const OWN = 'own';

/** Where the sliders end; larger values can be typed. */
const SLIDER_STEPS = 60;
const SLIDER_GUIDANCE = 20;

/** The model's own settings. */
const UNTOUCHED = { numInferenceSteps: null, guidanceScale: null, scheduler: null, guidanceCutoff: 1, clipSkip: 0, noiseSource: 'cpu' } as const;

const labelOf = (id: SchedulerId): string => SCHEDULERS.find((scheduler) => scheduler.id === id)?.label ?? id;

export function SamplingSection() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { draft: store } = useStudio().stores;
  const draft = useDraft((state) => state.draft);
  const problems = useDraft((state) => state.problems);
  const model = useActiveModel();
  if (model === null) return null;

  const { numInferenceSteps, guidanceScale } = effectiveValues(draft, model);
  const isChanged = Object.entries(UNTOUCHED).some(([field, value]) => draft[field as keyof typeof UNTOUCHED] !== value);
  const summary = t('sampling.summary', { steps: numInferenceSteps, guidance: formatNumber(guidanceScale, language) });

  const reset = isChanged && (
    <IconButton
      label={t('sampling.reset')}
      icon={IconRestore}
      className={form.action}
      onClick={() => { store.update(UNTOUCHED); }}
    />
  );

  return (
    <Section title={t('sampling.section')} summary={summary} action={reset} hasProblem={problems.numInferenceSteps !== undefined || problems.guidanceScale !== undefined}>
      <SliderField
        label={t('sampling.steps')}
        value={numInferenceSteps}
        min={LIMITS.numInferenceSteps.min}
        max={LIMITS.numInferenceSteps.max}
        sliderMax={SLIDER_STEPS}
        step={1}
        decimalSeparator={t('sampling.decimal')}
        error={problemText(t, problems.numInferenceSteps)}
        onChange={(value) => { store.update({ numInferenceSteps: value }); }}
      />
      <SliderField
        label={t('sampling.guidance')}
        value={guidanceScale}
        min={LIMITS.guidanceScale.min}
        max={LIMITS.guidanceScale.max}
        sliderMax={SLIDER_GUIDANCE}
        step={0.5}
        decimalSeparator={t('sampling.decimal')}
        error={problemText(t, problems.guidanceScale)}
        onChange={(value) => { store.update({ guidanceScale: value }); }}
      />
      <div className={form.field}>
        <span className={form.label}>{t('sampling.scheduler')}</span>
        <Select
          aria-label={t('sampling.scheduler')}
          data={[
            { value: OWN, label: t('sampling.own', { name: model.ownScheduler }) },
            ...model.schedulers.map((id) => ({ value: id, label: labelOf(id) })),
          ]}
          value={draft.scheduler ?? OWN}
          onChange={(value) => { store.update({ scheduler: model.schedulers.find((id) => id === value) ?? null }); }}
        />
      </div>
      <MoreSampling />
    </Section>
  );
}
