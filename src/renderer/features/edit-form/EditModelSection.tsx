import { NumberInput, SegmentedControl, Select } from '@mantine/core';
import { IconDice5, IconRestore } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CanvasDocument } from '../../../shared/canvas-document';
import { LIMITS } from '../../../shared/limits';
import { editProblemText } from '../../i18n/edit-problem-text';
import { editModels, effectiveEdit } from '../../stores/canvas-form';
import { drawSeed } from '../../stores/draft';
import { useEditForm, useModels } from '../../studio-context';
import { IconButton } from '../../ui/IconButton';
import { Section } from '../../ui/Section';
import { SliderField } from '../../ui/SliderField';
import { useEditModel, useEditSettings } from './use-edit-settings';
import form from '../../ui/Form.module.css';

const SLIDER_STEPS = 60;
const SLIDER_GUIDANCE = 20;
const COUNTS = Array.from({ length: LIMITS.count.max }, (_, index) => String(LIMITS.count.min + index));

export function EditModelSection({ document }: { document: CanvasDocument }) {
  const { t } = useTranslation();
  const { set } = useEditSettings();
  const { settings } = document;
  const problems = useEditForm((state) => state.problems);
  const models = useModels((state) => state.models);
  const isLoaded = useModels((state) => state.isLoaded);
  const model = useEditModel(document);
  const usable = editModels(models);
  const hasProblem = (isLoaded && model === null) || [problems.modelId, problems.numInferenceSteps, problems.guidanceScale, problems.seed, problems.count].some((problem) => problem !== undefined);

  const reset = (settings.numInferenceSteps !== null || settings.guidanceScale !== null) && (
    <IconButton label={t('sampling.reset')} icon={IconRestore} className={form.action} onClick={() => { set({ numInferenceSteps: null, guidanceScale: null }); }} />
  );

  return (
    <Section title={t('edit.form.model')} summary={model?.name} isOpenAtFirst={false} hasProblem={hasProblem} action={reset}>
      {model === null ? (
        <p className={form.note}>{isLoaded ? t('edit.form.noModel') : t('model.loading')}</p>
      ) : (
        <>
          <Select
            aria-label={t('model.label')}
            data={usable.map(({ id, name }) => ({ value: id, label: name }))}
            value={model.id}
            onChange={(value) => {
              const chosen = usable.find(({ id }) => id === value);
              if (chosen !== undefined) set({ modelId: chosen.id, numInferenceSteps: null, guidanceScale: null });
            }}
          />
          <Numbers document={document} />
          <div className={form.field}>
            <span className={form.label}>{t('seed.label')}</span>
            <div className={form.row}>
              <NumberInput
                aria-label={t('seed.label')}
                placeholder={t('seed.random')}
                value={settings.seed ?? ''}
                min={LIMITS.seed.min}
                max={LIMITS.seed.max}
                clampBehavior="none"
                allowDecimal={false}
                allowNegative={false}
                hideControls
                error={editProblemText(t, problems.seed)}
                onChange={(next) => { set({ seed: typeof next === 'number' ? next : null }); }}
              />
              <IconButton label={t('seed.dice')} icon={IconDice5} onClick={() => { set({ seed: drawSeed() }); }} />
            </div>
          </div>
          <SegmentedControl aria-label={t('output.count')} fullWidth data={COUNTS} value={String(settings.count)} onChange={(value) => { set({ count: Number(value) }); }} />
        </>
      )}
    </Section>
  );
}

function Numbers({ document }: { document: CanvasDocument }) {
  const { t } = useTranslation();
  const { set } = useEditSettings();
  const problems = useEditForm((state) => state.problems);
  const model = useEditModel(document);
  if (model === null) return null;
  const { settings } = document;
  const { numInferenceSteps, guidanceScale } = effectiveEdit(settings, model);
  return (
    <>
      <SliderField
        label={t('sampling.steps')}
        value={numInferenceSteps}
        {...LIMITS.numInferenceSteps}
        sliderMax={SLIDER_STEPS}
        step={1}
        decimalSeparator={t('sampling.decimal')}
        error={editProblemText(t, problems.numInferenceSteps)}
        onChange={(value) => { set({ numInferenceSteps: value }); }}
      />
      <SliderField
        label={t('sampling.guidance')}
        value={guidanceScale}
        {...LIMITS.guidanceScale}
        sliderMax={SLIDER_GUIDANCE}
        step={0.5}
        decimalSeparator={t('sampling.decimal')}
        error={editProblemText(t, problems.guidanceScale)}
        onChange={(value) => { set({ guidanceScale: value }); }}
      />
    </>
  );
}
