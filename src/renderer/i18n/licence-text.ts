import type { TFunction } from 'i18next';
import type { StudioErrorData } from '../../shared/errors';
import { strictestOf, type PartLicence } from '../../shared/licences/inheritance';
import type { LicenceId } from '../../shared/licences/licence-record';
import { licenceRecord } from '../../shared/licences/licence-record';
import type { UserProfile} from '../../shared/licences/verdict';
import { verdict, type VerdictReason } from '../../shared/licences/verdict';
import { PROMPT_RULE_NAMES, type PromptRule } from '../../shared/moderation/prompt-rules';
import type { Recipe } from '../../shared/recipe';

/** A licence's name; one that the studio does not know is called as its model calls it. */
export function licenceTitle(t: TFunction, licence: LicenceId, stated = ''): string {
  if (licence === 'unknown') return t('licences.names.unknown');
  if (licence === 'other') return stated === '' ? t('licences.names.other') : stated;
  return licenceRecord(licence).name;
}

const isOwnRule = (id: string): id is keyof typeof PROMPT_RULE_NAMES => id in PROMPT_RULE_NAMES;

/** A word-list rule's name; the studio's own are translated. */
export function ruleTitle(t: TFunction, id: string, rules: readonly PromptRule[]): string {
  const name = rules.find((rule) => rule.id === id)?.name ?? null;
  return name ?? (isOwnRule(id) ? t(`moderation.rules.${id}`) : id);
}

export function partTitle(t: TFunction, { part, name, licence, stated }: PartLicence): string {
  const what = name === '' ? t('licences.picture.missingSource') : name;
  return `${what} (${t(`licences.picture.part.${part}`)}): ${licenceTitle(t, licence, stated)}`;
}

/** One calm sentence to read before a picture leaves the studio; null when nothing binds it. */
export function exportNote(t: TFunction, recipe: Recipe | null): string | null {
  const strictest = strictestOf(recipe?.licences ?? []);
  if (strictest === null) return null;
  const name = strictest.name === '' ? t('licences.picture.missingSource') : strictest.name;
  // Judged for a company at its limit, to whom every licence that is not free for all says something.
  const { reason } = verdict(licenceRecord(strictest.licence), 'company-below-1m');
  if (reason === 'permissive' || reason === 'above-threshold' || reason === 'non-commercial') return null;
  return t(`licences.picture.note.${reason}`, { name, licence: licenceTitle(t, strictest.licence, strictest.stated) });
}

const REASONS: readonly string[] = ['permissive', 'restricted-uses', 'below-threshold', 'above-threshold', 'non-commercial', 'commercial-not-allowed', 'unclear'] satisfies readonly VerdictReason[];
const isReason = (reason: unknown): reason is VerdictReason => typeof reason === 'string' && REASONS.includes(reason);

/** The sentence of a refusal by licence or word list in the user's language; null for other errors. */
export function refusalText(t: TFunction, error: StudioErrorData | null): string | null {
  if (error?.code !== 'licence-not-allowed' && error?.code !== 'licence-not-accepted' && error?.code !== 'prompt-blocked') return null;
  const { rule, ruleName, reason, ...details } = error.details ?? {};
  return t(`licences.refused.${error.code}`, {
    ...details,
    ruleName: typeof rule === 'string' && isOwnRule(rule) ? t(`moderation.rules.${rule}`) : ruleName,
    reason: isReason(reason) ? t(`licences.verdict.${reason}`) : '',
  });
}

/** The answer of a licence to a user, in the user's language. */
export function verdictText(t: TFunction, licence: LicenceId, profile: UserProfile): string {
  return t(`licences.verdict.${verdict(licenceRecord(licence), profile).reason}`);
}
