import { useTranslation } from 'react-i18next';
import { strictestOf } from '../../shared/licences/inheritance';
import { rulesOf } from '../../shared/moderation/moderation';
import type { Recipe } from '../../shared/recipe';
import { formatNumber } from '../i18n/format';
import { licenceTitle, partTitle, ruleTitle } from '../i18n/licence-text';
import { useLanguage, useSettings } from '../studio-context';

export interface JudgementFact {
  readonly name: string;
  /** Lines. */
  readonly value: string;
}

/** What a recipe says beyond how the picture was made: what it inherits, and what the checks found. */
export function useJudgementFacts({ licences = [], moderation }: Recipe): readonly JudgementFact[] {
  const { t } = useTranslation();
  const language = useLanguage();
  const rules = useSettings((state) => rulesOf(state.moderation));
  const share = (value: number): string => `${formatNumber(Math.round(value * 100), language)} %`;
  const strictest = licences.length > 1 ? strictestOf(licences) : null;
  const facts: JudgementFact[] = [];
  if (licences.length > 0) {
    const binding = strictest === null ? [] : [t('licences.picture.strictest', { licence: licenceTitle(t, strictest.licence, strictest.stated) })];
    facts.push({ name: t('licences.picture.title'), value: [...licences.map((part) => partTitle(t, part)), ...binding, t('licences.picture.yours')].join('\n') });
  }
  if (moderation !== undefined && moderation.prompt.length > 0) {
    facts.push({ name: t('moderation.factPrompt'), value: moderation.prompt.map(({ rule, word }) => t('moderation.promptHit', { rule: ruleTitle(t, rule, rules), word })).join('\n') });
  }
  const picture = moderation?.picture ?? null;
  if (picture !== null) {
    const fired = picture.fired.map((rule) => t('moderation.fired', { rule: t(`moderation.pictureRules.${rule}`), share: share(picture.scores[rule]), limit: share(picture.thresholds[rule]) }));
    facts.push({ name: t('moderation.factPicture'), value: fired.length === 0 ? t('moderation.clear') : fired.join('\n') });
  }
  return facts;
}
