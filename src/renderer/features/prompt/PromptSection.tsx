import { Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { problemText } from '../../i18n/problem-text';
import { PromptNote } from '../../moderation/PromptNote';
import { useActiveModel, useDraft, useStudio } from '../../studio-context';
import { Section } from '../../ui/Section';
import form from '../../ui/Form.module.css';

export const PROMPT_FIELD_ID = 'prompt';

export function PromptSection() {
  const { t } = useTranslation();
  const { draft: store } = useStudio().stores;
  const { prompt, negativePrompt } = useDraft((state) => state.draft);
  const problems = useDraft((state) => state.problems);
  const model = useActiveModel();
  const hasNegative = model?.usesNegativePrompt ?? true;

  return (
    <Section title={t('prompt.section')} summary={prompt} hasProblem={problems.prompt !== undefined || problems.negativePrompt !== undefined}>
      <Textarea
        id={PROMPT_FIELD_ID}
        aria-label={t('prompt.label')}
        placeholder={t('prompt.placeholder')}
        classNames={{ input: form.prompt ?? '' }}
        autosize
        minRows={3}
        maxRows={9}
        value={prompt}
        error={problemText(t, problems.prompt)}
        errorProps={{ role: 'alert' }}
        onChange={(event) => { store.update({ prompt: event.currentTarget.value }); }}
      />
      <PromptNote prompt={prompt} />
      {hasNegative ? (
        <Textarea
          label={t('prompt.negative')}
          placeholder={t('prompt.negativePlaceholder')}
          classNames={{ input: form.negative ?? '', label: form.promptLabel ?? '' }}
          autosize
          minRows={1}
          maxRows={4}
          value={negativePrompt}
          error={problemText(t, problems.negativePrompt)}
          errorProps={{ role: 'alert' }}
          onChange={(event) => { store.update({ negativePrompt: event.currentTarget.value }); }}
        />
      ) : (
        <p className={form.note}>{t('prompt.negativeUnused')}</p>
      )}
    </Section>
  );
}
