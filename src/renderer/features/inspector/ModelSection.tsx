import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatBytes } from '../../i18n/format';
import { problemText } from '../../i18n/problem-text';
import { usableModels } from '../../stores/models';
import { useActiveModel, useDraft, useLanguage, useModels, useStudio } from '../../studio-context';
import { Section } from '../../ui/Section';
import form from '../../ui/Form.module.css';

export function ModelSection() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { draft: store } = useStudio().stores;
  const models = useModels((state) => state.models);
  const isLoaded = useModels((state) => state.isLoaded);
  const problem = useDraft((state) => state.problems.modelId);
  const active = useActiveModel();
  const usable = usableModels(models);

  const facts = active === null ? null : [active.family, t('model.memory', { size: formatBytes(active.estimatedMemoryBytes, language) })].join(' · ');

  return (
    <Section title={t('model.section')} summary={active?.name} hasProblem={problem !== undefined || (isLoaded && active === null)}>
      {active === null ? (
        <p className={form.note}>{isLoaded ? t('model.none') : t('model.loading')}</p>
      ) : (
        <>
          <Select
            aria-label={t('model.label')}
            data={usable.map((model) => ({ value: model.id, label: model.name }))}
            value={active.id}
            error={problemText(t, problem)}
            onChange={(value) => {
              const chosen = usable.find((model) => model.id === value);
              if (chosen !== undefined) store.chooseModel(chosen);
            }}
          />
          <p className={form.note}>{facts}</p>
        </>
      )}
    </Section>
  );
}
