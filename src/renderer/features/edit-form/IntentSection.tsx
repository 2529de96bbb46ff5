import { Textarea } from '@mantine/core';
import { IconArrowsMaximize, IconBrush, IconEraser, IconSparkles, type Icon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { INTENTS, type CanvasDocument } from '../../../shared/canvas-document';
import { editProblemText } from '../../i18n/edit-problem-text';
import type { EditIntent } from '../../stores/canvas-form';
import { useEditForm, useStudio } from '../../studio-context';
import { Section } from '../../ui/Section';
import { ExtendFields } from './ExtendFields';
import { useEditModel, useEditSettings } from './use-edit-settings';
import form from '../../ui/Form.module.css';
import classes from './EditForm.module.css';

const ICONS: Readonly<Record<EditIntent, Icon>> = { change: IconBrush, remove: IconEraser, add: IconSparkles, extend: IconArrowsMaximize };

/** One choice of four with arrow keys, as radio buttons are. */
function IntentButtons({ intent, onChoose }: { intent: EditIntent; onChoose(intent: EditIntent): void }) {
  const { t } = useTranslation();
  return (
    <div
      className={classes.intents}
      role="radiogroup"
      aria-label={t('edit.intents.label')}
      onKeyDown={(event) => {
        const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
        if (by === undefined) return;
        event.preventDefault();
        const next = INTENTS[(INTENTS.indexOf(intent) + by + INTENTS.length) % INTENTS.length];
        if (next === undefined) return;
        onChoose(next);
        event.currentTarget.querySelector<HTMLElement>(`[data-intent="${next}"]`)?.focus();
      }}
    >
      {INTENTS.map((name) => {
        const Glyph = ICONS[name];
        return (
          <button key={name} type="button" role="radio" className={classes.intent} data-intent={name} aria-checked={name === intent} tabIndex={name === intent ? 0 : -1} onClick={() => { onChoose(name); }}>
            <Glyph size={18} stroke={1.6} aria-hidden="true" />
            {t(`edit.intents.${name}`)}
          </button>
        );
      })}
    </div>
  );
}

export function IntentSection({ document }: { document: CanvasDocument }) {
  const { t } = useTranslation();
  const { edit } = useStudio();
  const { set } = useEditSettings();
  const { intent, prompt, negativePrompt } = document.settings;
  const problems = useEditForm((state) => state.problems);
  const hasNegative = useEditModel(document)?.usesNegativePrompt ?? true;

  return (
    <Section title={t('edit.intents.section')} summary={t(`edit.intents.${intent}`)} hasProblem={problems.prompt !== undefined || problems.negativePrompt !== undefined}>
      <IntentButtons intent={intent} onChoose={(chosen) => { edit.setIntent(chosen); }} />
      <p className={form.note}>{t(`edit.intents.${intent}Hint`)}</p>
      {intent === 'extend' && <ExtendFields document={document} />}
      <Textarea
        id="edit-prompt"
        label={t(`edit.form.${intent}Prompt`)}
        placeholder={t('prompt.placeholder')}
        classNames={{ input: form.prompt ?? '', label: form.promptLabel ?? '' }}
        autosize
        minRows={2}
        maxRows={6}
        value={prompt}
        error={editProblemText(t, problems.prompt)}
        errorProps={{ role: 'alert' }}
        onChange={(event) => { set({ prompt: event.currentTarget.value }); }}
      />
      {hasNegative && (
        <Textarea
          label={t('prompt.negative')}
          placeholder={t('prompt.negativePlaceholder')}
          classNames={{ input: form.negative ?? '', label: form.promptLabel ?? '' }}
          autosize
          minRows={1}
          maxRows={4}
          value={negativePrompt}
          error={editProblemText(t, problems.negativePrompt)}
          errorProps={{ role: 'alert' }}
          onChange={(event) => { set({ negativePrompt: event.currentTarget.value }); }}
        />
      )}
    </Section>
  );
}
