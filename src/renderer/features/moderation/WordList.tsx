import { Button, Checkbox, Textarea, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { rulesOf } from '../../../shared/moderation/moderation';
import type { PromptRule } from '../../../shared/moderation/prompt-rules';
import { ruleTitle } from '../../i18n/licence-text';
import { useSettings, useStudio } from '../../studio-context';
import { IconButton } from '../../ui/IconButton';
import classes from './Moderation.module.css';
import { textOfWords, wordsOfText } from './word-text';

interface RuleFieldsProps {
  readonly rule: PromptRule;
  readonly title: string;
  readonly onChange: (rule: PromptRule) => void;
  readonly onRemove: () => void;
}

/** A field is taken over when it is left: half a word must not become a rule. */
function RuleFields({ rule, title, onChange, onRemove }: RuleFieldsProps) {
  const { t } = useTranslation();
  return (
    <li className={classes.rule} aria-label={title}>
      <div className={classes.head}>
        <TextInput
          className={classes.name ?? ''}
          aria-label={t('moderation.rule')}
          defaultValue={title}
          maxLength={60}
          onBlur={(event) => {
            const name = event.currentTarget.value.trim();
            if (name !== '' && name !== title) onChange({ ...rule, name });
          }}
        />
        <IconButton label={t('moderation.remove', { rule: title })} icon={IconTrash} tone="danger" onClick={onRemove} />
      </div>
      <Textarea
        label={t('moderation.words')}
        classNames={{ label: classes.label ?? '' }}
        autosize
        minRows={1}
        maxRows={6}
        defaultValue={textOfWords(rule.words)}
        onBlur={(event) => { onChange({ ...rule, words: wordsOfText(event.currentTarget.value).slice(0, 500) }); }}
      />
      <Textarea
        label={t('moderation.together')}
        classNames={{ label: classes.label ?? '' }}
        autosize
        minRows={1}
        maxRows={6}
        defaultValue={textOfWords(rule.together)}
        onBlur={(event) => { onChange({ ...rule, together: wordsOfText(event.currentTarget.value).slice(0, 500) }); }}
      />
      <Checkbox
        size="xs"
        label={t('moderation.always')}
        checked={rule.isAlwaysBlocking}
        onChange={(event) => { onChange({ ...rule, isAlwaysBlocking: event.currentTarget.checked }); }}
      />
    </li>
  );
}

/** The word list, every rule of it open to change. */
export function WordList({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const { commands } = useStudio();
  const moderation = useSettings((state) => state.moderation);
  const rules = rulesOf(moderation);
  const keep = (changed: readonly PromptRule[] | null): void => {
    commands.changeSettings({ moderation: { ...moderation, rules: changed === null ? null : [...changed] } });
  };
  const add = (): void => {
    keep([...rules, { id: crypto.randomUUID(), name: t('moderation.newRule'), words: [], together: [], isAlwaysBlocking: false }]);
  };

  return (
    <div className={classes.editor}>
      <p className={classes.hint}>{t('moderation.wordsHint')}</p>
      <ul className={classes.rules}>
        {rules.map((rule) => (
          <RuleFields
            key={rule.id}
            rule={rule}
            title={ruleTitle(t, rule.id, rules)}
            onChange={(changed) => { keep(rules.map((other) => (other.id === rule.id ? changed : other))); }}
            onRemove={() => { keep(rules.filter(({ id }) => id !== rule.id)); }}
          />
        ))}
      </ul>
      <div className={classes.buttons}>
        <Button size="xs" variant="default" leftSection={<IconPlus size={15} stroke={1.75} aria-hidden="true" />} onClick={add}>
          {t('moderation.add')}
        </Button>
        {moderation.rules !== null && (
          // The fields hold what was typed, so they are made anew with the list.
          <Button size="xs" variant="subtle" onClick={() => { keep(null); onDone(); }}>
            {t('moderation.reset')}
          </Button>
        )}
        <span className={classes.spring} />
        <Button size="xs" onClick={onDone}>
          {t('moderation.done')}
        </Button>
      </div>
    </div>
  );
}
