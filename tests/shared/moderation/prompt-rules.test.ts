import { describe, expect, it } from 'vitest';
import { DEFAULT_CHOICE, DEFAULT_MODERATION, firedRules, judgePrompt, type Moderation } from '../../../src/shared/moderation/moderation';
import { OWN_PROMPT_RULES, promptHits, PromptRule } from '../../../src/shared/moderation/prompt-rules';

const rule = (words: readonly string[], together: readonly string[] = []): PromptRule => ({ id: 'r', name: 'R', words: [...words], together: [...together], isAlwaysBlocking: false });
const fires = (prompt: string, ...rules: PromptRule[]): readonly string[] => promptHits(prompt, rules).map(({ word }) => word);

describe('the word list', () => {
  it.each([
    ['a NUDE statue', ['nude'], ['nude']],
    ['denuded hills', ['nude'], []],
    ['(nude:1.3), [statue]', ['nude'], ['nude']],
    ['Ｎｕｄｅ', ['nude'], ['nude']],
    ['een érôtische dans', ['erotisch*'], ['erotisch*']],
    ['erotica', ['erotic'], []],
    ['erotica', ['erotic*'], ['erotic*']],
    ['a little girl', ['little girl*'], ['little girl*']],
    ['little blue girl', ['little girl'], []],
    ['girl', ['*'], []],
    ['', ['nude'], []],
    ['狐 in the snow', ['狐'], ['狐']],
  ])('%s against %j: %j', (prompt, words, wanted) => {
    expect(fires(prompt, rule(words))).toEqual(wanted);
  });

  it('asks for both when a rule has two lists', () => {
    const both = rule(['naked'], ['child*']);
    expect([fires('naked tree', both), fires('a child', both), fires('Children, naked', both)]).toEqual([[], [], ['naked']]);
  });

  it('of the studio leaves ordinary prompts alone', () => {
    const ordinary = ['a red apple on a wooden table', 'a mother and her baby', 'een meisje met een parel', 'a kid playing football', 'Essex countryside', 'a torturous road up the hill', 'sextant on a map', 'a bare tree in winter', 'kindergarten drawing of a house'];
    expect(ordinary.filter((prompt) => promptHits(prompt, OWN_PROMPT_RULES).length > 0)).toEqual([]);
  });

  it('of the studio is valid, and every rule of it fires in English and Dutch', () => {
    expect(OWN_PROMPT_RULES.every((own) => PromptRule.safeParse(own).success)).toBe(true);
    const hits = (prompt: string) => promptHits(prompt, OWN_PROMPT_RULES).map(({ rule: id }) => id);
    expect([hits('a naked man'), hits('een naakte man'), hits('porn'), hits('seks'), hits('gore'), hits('een onthoofding')]).toEqual([['nudity'], ['nudity'], ['sexual'], ['sexual'], ['violence'], ['violence']]);
    expect(hits('a nude schoolgirl')).toContain('minors');
    expect(hits('een bloot meisje')).toContain('minors');
    expect([hits('een naakt kind'), hits('a kind, topless giant')].map((found) => found.includes('minors'))).toEqual([true, false]);
  });
});

describe('what is done about a prompt', () => {
  const set = (change: Partial<typeof DEFAULT_CHOICE>): Moderation => ({ choices: { personal: { ...DEFAULT_CHOICE, ...change } }, rules: null });

  it('is a warning unless asked otherwise, and nothing when it is off', () => {
    expect(judgePrompt('a nude', DEFAULT_MODERATION, 'personal')).toEqual({ hits: [{ rule: 'nudity', word: 'nude*' }], blocking: null });
    expect(judgePrompt('a nude', set({ prompt: 'block' }), 'personal').blocking).toEqual({ rule: 'nudity', word: 'nude*' });
    expect(judgePrompt('a nude', set({ prompt: 'off' }), 'personal')).toEqual({ hits: [], blocking: null });
  });

  it('is kept for each profile apart', () => {
    expect(judgePrompt('a nude', set({ prompt: 'block' }), 'research').blocking).toBeNull();
  });

  it('is a refusal for a rule that always refuses', () => {
    expect(judgePrompt('a nude child', DEFAULT_MODERATION, 'personal').blocking?.rule).toBe('minors');
  });
});

it('fires at a threshold and not below it', () => {
  const scores = { drawing: 0, hentai: 0.49, neutral: 0, porn: 0.5, sexy: 0.01 };
  expect(firedRules(scores, { porn: 0.5, hentai: 0.5, sexy: 0.7 })).toEqual(['porn']);
});
