import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../src/renderer/i18n/en';
import { exportNote, licenceTitle, refusalText } from '../../src/renderer/i18n/licence-text';
import { nl } from '../../src/renderer/i18n/nl';
import { veilingRules } from '../../src/renderer/stores/veil';
import { wordsOfText } from '../../src/renderer/features/moderation/word-text';
import type { LicenceId } from '../../src/shared/licences/licence-record';
import { DEFAULT_CHOICE, DEFAULT_MODERATION, type PictureJudgement } from '../../src/shared/moderation/moderation';
import { aRecipe } from '../support/samples';

const scores = { drawing: 0, hentai: 0, neutral: 0.2, porn: 0, sexy: 0.8 };
const judged: PictureJudgement = { prompt: [], picture: { classifier: 'c', scores, thresholds: DEFAULT_CHOICE.thresholds, fired: ['sexy'] } };

beforeAll(async () => {
  await i18next.init({ lng: 'en', resources: { en: { translation: en }, nl: { translation: nl } }, interpolation: { escapeValue: false }, showSupportNotice: false });
});

describe('the word before a picture leaves', () => {
  const noteOf = (...licences: readonly LicenceId[]) => exportNote(i18next.t, aRecipe({ licences: licences.map((licence) => ({ part: 'model', name: licence, licence })) }));

  it('is said of what binds most, and of nothing that binds nobody', () => {
    expect(noteOf('mit', 'cc-by-nc-4.0', 'openrail-m')).toBe('Made with cc-by-nc-4.0: not for commercial use.');
    expect(noteOf('stability-community')).toContain('not for money above US$1 million');
    expect(noteOf('unknown')).toContain('whose licence is unknown');
    expect([noteOf('mit', 'bsd-3-clause'), noteOf(), exportNote(i18next.t, null)]).toEqual([null, null, null]);
  });

  it('calls a licence that is not known as its model calls it', () => {
    expect(licenceTitle(i18next.t, 'other', 'flux-dev')).toBe('flux-dev');
  });
});

describe('a refusal', () => {
  it('is told in the user’s language, with reason and rule', () => {
    const t = i18next.getFixedT('nl');
    const details = { modelName: 'Turbo', licenceName: 'Community', reason: 'above-threshold' };
    expect(refusalText(t, { code: 'licence-not-allowed', message: 'x', details })).toMatch(/^Turbo valt onder de Community\. Mag niet boven 1 miljoen/);
    expect(refusalText(t, { code: 'prompt-blocked', message: 'x', details: { rule: 'nudity', ruleName: 'Nudity', word: 'nude' } })).toContain('de regel “Naakt” vond “nude”');
    expect(refusalText(t, { code: 'out-of-memory', message: 'x' })).toBeNull();
  });
});

describe('the veil', () => {
  const settings = (picture: 'off' | 'warn' | 'blur') => ({ userProfile: 'personal' as const, moderation: { ...DEFAULT_MODERATION, choices: { personal: { ...DEFAULT_CHOICE, picture } } } });

  it('hangs over what was found, and only while blurring is set', () => {
    const recipe = aRecipe({ moderation: judged });
    expect([veilingRules(recipe, settings('blur')), veilingRules(recipe, settings('warn')), veilingRules(recipe, settings('off')), veilingRules(aRecipe(), settings('blur')), veilingRules(null, settings('blur'))]).toEqual([['sexy'], [], [], [], []]);
  });
});

it('reads words as they are typed', () => {
  expect(wordsOfText(' a, b c ,,a\n d* ')).toEqual(['a', 'b c', 'd*']);
});
