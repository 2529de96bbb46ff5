import { z } from 'zod';
import type { UserProfile } from '../licences/verdict';
import { OWN_PROMPT_RULES, promptHits, PromptHit, PromptRule } from './prompt-rules';

/** What the picture check can find; its other two classes, drawing and neutral, set nothing off. */
export const PICTURE_RULES = ['porn', 'hentai', 'sexy'] as const;
export type PictureRule = (typeof PICTURE_RULES)[number];

const share = z.number().min(0).max(1);

/** Probabilities 0..1 that sum to 1. */
export const PictureScores = z.object({ drawing: share, hentai: share, neutral: share, porn: share, sexy: share });
export type PictureScores = z.infer<typeof PictureScores>;

/** A rule fires at or above its share. */
export const PictureThresholds = z.object({ porn: share, hentai: share, sexy: share });
export type PictureThresholds = z.infer<typeof PictureThresholds>;

export const PROMPT_ACTIONS = ['off', 'warn', 'block'] as const;
export const PICTURE_ACTIONS = ['off', 'warn', 'blur'] as const;

/** What one profile wants done. Nothing here ever changes or removes a picture. */
export const ModerationChoice = z.object({
  prompt: z.enum(PROMPT_ACTIONS),
  picture: z.enum(PICTURE_ACTIONS),
  thresholds: PictureThresholds,
});
export type ModerationChoice = z.infer<typeof ModerationChoice>;

export const Moderation = z.object({
  /** By profile (see UserProfile); the default for one that is absent. */
  choices: z.record(z.string(), ModerationChoice),
  /** Null = the studio's own list, as it is and as it will be. */
  rules: z.array(PromptRule).max(100).nullable(),
});
export type Moderation = z.infer<typeof Moderation>;

/**
 * Thresholds: the classifier gives harmless photographs up to 0.05 (a gull) and is unsure about drawings, so none lies
 * near that; "sexy" stands for bathing clothes and the like and needs more certainty.
 */
export const DEFAULT_CHOICE: ModerationChoice = { prompt: 'warn', picture: 'blur', thresholds: { porn: 0.5, hentai: 0.5, sexy: 0.7 } };
export const DEFAULT_MODERATION: Moderation = { choices: {}, rules: null };

export const choiceOf = ({ choices }: Moderation, profile: UserProfile): ModerationChoice => choices[profile] ?? DEFAULT_CHOICE;
export const rulesOf = ({ rules }: Moderation): readonly PromptRule[] => rules ?? OWN_PROMPT_RULES;

/** What the checks said of a picture: kept in its recipe, whatever is shown of it. */
export const PictureJudgement = z.object({
  prompt: z.array(PromptHit),
  /** Null when pictures were not checked. */
  picture: z.object({ classifier: z.string(), scores: PictureScores, thresholds: PictureThresholds, fired: z.array(z.enum(PICTURE_RULES)) }).nullable(),
});
export type PictureJudgement = z.infer<typeof PictureJudgement>;

/** Which rules of the picture check fire. */
export const firedRules = (scores: PictureScores, thresholds: PictureThresholds): PictureRule[] => PICTURE_RULES.filter((rule) => scores[rule] >= thresholds[rule]);

export interface PromptVerdict {
  readonly hits: readonly PromptHit[];
  /** The rule that refuses the prompt, or null. */
  readonly blocking: PromptHit | null;
}

/** What the word list says of a prompt under this choice; nothing when it is off. */
export function judgePrompt(prompt: string, moderation: Moderation, profile: UserProfile): PromptVerdict {
  const { prompt: action } = choiceOf(moderation, profile);
  if (action === 'off') return { hits: [], blocking: null };
  const rules = rulesOf(moderation);
  const hits = promptHits(prompt, rules);
  const isBlocking = ({ rule }: PromptHit): boolean => action === 'block' || rules.some(({ id, isAlwaysBlocking }) => id === rule && isAlwaysBlocking);
  return { hits, blocking: hits.find(isBlocking) ?? null };
}
