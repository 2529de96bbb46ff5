import { IconAlertTriangle } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { judgePrompt, rulesOf } from '../../shared/moderation/moderation';
import { ruleTitle } from '../i18n/licence-text';
import { useSettings } from '../studio-context';
import classes from './Veil.module.css';

/** Says under a prompt, while it is written, what the word list makes of it; nothing when it makes nothing of it. */
export function PromptNote({ prompt }: { prompt: string }) {
  const { t } = useTranslation();
  const moderation = useSettings((state) => state.moderation);
  const profile = useSettings((state) => state.userProfile);
  const { hits, blocking } = useMemo(() => judgePrompt(prompt, moderation, profile), [prompt, moderation, profile]);
  if (hits.length === 0) return null;
  const named = hits.map(({ rule, word }) => t('moderation.promptHit', { rule: ruleTitle(t, rule, rulesOf(moderation)), word }));
  return (
    <p className={classes.prompt} role="status">
      <IconAlertTriangle size={14} stroke={1.75} aria-hidden="true" />
      <span>
        {t('moderation.promptNote', { rules: named.join(', ') })}. {blocking !== null && t('moderation.willRefuse')}
      </span>
    </p>
  );
}
