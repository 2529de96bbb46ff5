import { StudioError } from '../../../shared/errors';
import type { GenerationRequest } from '../../../shared/generation';
import { choiceOf, judgePrompt, rulesOf } from '../../../shared/moderation/moderation';
import { ruleName } from '../../../shared/moderation/prompt-rules';
import type { Settings } from '../../../shared/settings';
import type { OutputPlan } from '../../engine-protocol';

/** The classifier that ships with the studio. */
export interface ShippedClassifier {
  readonly name: string;
  /** Absolute path. */
  readonly folder: string;
}

type Asked = Pick<Settings, 'moderation' | 'userProfile'>;

/** Before anything is reserved or queued. @throws StudioError `prompt-blocked` naming the rule and the word of the list */
export function refuseBlocked({ prompt }: Pick<GenerationRequest, 'prompt'>, { moderation, userProfile }: Asked): void {
  const { blocking } = judgePrompt(prompt, moderation, userProfile);
  if (blocking === null) return;
  const rule = rulesOf(moderation).find(({ id }) => id === blocking.rule);
  const name = rule === undefined ? blocking.rule : ruleName(rule);
  throw new StudioError('prompt-blocked', `Your word list refuses this prompt: the rule “${name}” found “${blocking.word}”. Nothing was charged; change the prompt, or the list in Settings.`, {
    details: { rule: blocking.rule, ruleName: name, word: blocking.word },
  });
}

/** What the engine is to check of a request's pictures; undefined when both checks are off, which costs nothing. */
export function checksOf({ prompt }: GenerationRequest, { moderation, userProfile }: Asked, classifier: ShippedClassifier): OutputPlan['moderation'] {
  const choice = choiceOf(moderation, userProfile);
  if (choice.prompt === 'off' && choice.picture === 'off') return undefined;
  return {
    prompt: judgePrompt(prompt, moderation, userProfile).hits,
    picture: choice.picture === 'off' ? null : { classifier: classifier.name, folder: classifier.folder, thresholds: choice.thresholds },
  };
}
