import { z } from 'zod';

const word = z.string().trim().min(1).max(60);

/** One named rule of the word list. It fires when a prompt has one of `words`, and one of `together` where there are any. */
export const PromptRule = z.strictObject({
  id: z.string().min(1).max(40),
  /** Null for the studio's own rules, whose names are translated. */
  name: z.string().trim().min(1).max(60).nullable(),
  /** A word, or several in a row; `*` at the end stands for any ending. Capitals and accents do not matter. */
  words: z.array(word).max(500),
  together: z.array(word).max(500),
  /** Refuses whatever the list as a whole is set to, unless it is off. */
  isAlwaysBlocking: z.boolean(),
});
export type PromptRule = z.infer<typeof PromptRule>;

/** English names of the studio's own rules. */
export const PROMPT_RULE_NAMES = {
  minors: 'Children in a sexual context',
  nudity: 'Nudity',
  sexual: 'Sexual content',
  violence: 'Extreme violence',
} as const;

const SEXUAL = ['porn*', 'hentai', 'nsfw', 'xxx', 'erotic*', 'erotisch*', 'orgasm*', 'orgasme', 'blowjob*', 'cumshot*', 'seks*', 'sex', 'sexual*', 'seksueel', 'seksuele'];
const NUDITY = ['nude*', 'naked', 'topless', 'bottomless', 'undressed', 'naakt*', 'bloot', 'blote', 'ontkleed*'];

/** The list the studio comes with: English and Dutch, short enough to be read. */
export const OWN_PROMPT_RULES: readonly PromptRule[] = [
  {
    id: 'minors',
    name: null,
    words: [...SEXUAL, ...NUDITY, 'sexy', 'seductive', 'lingerie'],
    together: ['child*', 'kid', 'kids', 'minor', 'minors', 'toddler*', 'baby', 'babies', 'preteen*', 'teen', 'teens', 'teenage*', 'schoolgirl*', 'schoolboy*', 'underage*', 'loli*', 'shota*', 'little girl*', 'little boy*', 'young girl*', 'young boy*', 'een kind', 'het kind', 'klein kind', 'jong kind', 'naakt kind', 'bloot kind', 'kindje*', 'kinderen', 'kinder*', 'peuter*', 'kleuter*', 'minderjarig*', 'tiener*', 'schoolmeisje*', 'meisje*', 'jongetje*'],
    isAlwaysBlocking: true,
  },
  { id: 'nudity', name: null, words: NUDITY, together: [], isAlwaysBlocking: false },
  { id: 'sexual', name: null, words: SEXUAL, together: [], isAlwaysBlocking: false },
  {
    id: 'violence',
    name: null,
    words: ['gore', 'gory', 'beheading*', 'beheaded', 'decapitat*', 'dismember*', 'mutilat*', 'disembowel*', 'torture*', 'onthoofd*', 'verminkt*', 'verminking*', 'marteling*', 'gemarteld*'],
    together: [],
    isAlwaysBlocking: false,
  },
];

/** A rule that fired, and the word of the list that made it. */
export const PromptHit = z.object({ rule: z.string(), word: z.string() });
export type PromptHit = z.infer<typeof PromptHit>;

/** English name of a rule, for sentences; the page translates the studio's own. */
export const ruleName = ({ id, name }: Pick<PromptRule, 'id' | 'name'>): string => name ?? (id in PROMPT_RULE_NAMES ? PROMPT_RULE_NAMES[id as keyof typeof PROMPT_RULE_NAMES] : id);

/** Words without capitals, accents and punctuation; full-width and other compatibility forms become plain letters. */
const tokensOf = (text: string): readonly string[] =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

function contains(tokens: readonly string[], entry: string): boolean {
  const wanted = tokensOf(entry);
  const isPrefix = entry.trimEnd().endsWith('*');
  if (wanted.length === 0) return false;
  const fits = (token: string | undefined, i: number): boolean => {
    const want = wanted[i] ?? '';
    return isPrefix && i === wanted.length - 1 ? (token?.startsWith(want) ?? false) : token === want;
  };
  return tokens.some((_, start) => wanted.every((_want, i) => fits(tokens[start + i], i)));
}

/** Which rules a prompt sets off, in the list's order; each with its first word that is there. */
export function promptHits(prompt: string, rules: readonly PromptRule[]): readonly PromptHit[] {
  const tokens = tokensOf(prompt);
  return rules.flatMap(({ id, words, together }) => {
    const word = words.find((entry) => contains(tokens, entry));
    if (word === undefined || (together.length > 0 && !together.some((entry) => contains(tokens, entry)))) return [];
    return [{ rule: id, word }];
  });
}
