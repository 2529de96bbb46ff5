import type { LicenceId, LicenceRecord, Duty, Permission, Restriction } from './licence-record';
import type { UserProfile, VerdictReason } from './verdict';

/**
 * The plain English of every licence term, for the command line, for refusals, and as the page's English texts. What a
 * person accepts where a model brings no text of its own is made of these words: changing them asks again.
 */
export const LICENCE_WORDS = {
  may: {
    'any-use': 'Use the model for anything.',
    commercial: 'Use it for money, too.',
    'commercial-below-1m': 'Use it for money, as long as you and your company earn no more than US$1 million a year in all.',
    'non-commercial': 'Use it for yourself, without earning money by it.',
    research: 'Use it for research.',
    'own-outputs': 'Keep the pictures: the makers claim no rights in them.',
    modify: 'Change the model and pass it on.',
  },
  mayNot: {
    commercial: 'Use it to earn money.',
    'above-1m': 'Use it when you and your company earn more than US$1 million a year; that needs an Enterprise licence from Stability AI.',
    production: 'Put it to work in a product or a service.',
    unlawful: 'Break the law with it.',
    minors: 'Harm or exploit children in any way.',
    deceive: 'Spread falsehoods in order to hurt someone.',
    harass: 'Defame, insult or harass people, or publish personal facts that can hurt them.',
    discriminate: 'Treat people worse because of who they are, or take advantage of their weaknesses.',
    'medical-legal': 'Give medical advice, or decide about people’s rights, for police, courts or asylum.',
    'use-policy': 'Go against Stability AI’s acceptable use policy (stability.ai/use-policy).',
    'foundation-model': 'Train another foundation model with it or with its pictures.',
  },
  must: {
    'keep-notice': 'Keep its licence and notices with it when you pass the model on.',
    'pass-on-restrictions': 'Pass these limits on to whoever gets the model from you.',
    'powered-by': 'Show “Powered by Stability AI” where a product or site is built on it.',
    register: 'Register at stability.ai/community-license when you use it for money.',
    'name-maker': 'Name the maker.',
    'ask-maker': 'Ask the maker what is allowed.',
  },
  profile: {
    personal: 'Personal, not for money',
    'company-below-1m': 'Company, up to US$1 million a year',
    'company-above-1m': 'Company, above US$1 million a year',
    research: 'Research, not for money',
  },
  verdict: {
    permissive: 'Allowed for every use.',
    'restricted-uses': 'Allowed, also for money; some uses are ruled out.',
    'below-threshold': 'Allowed up to US$1 million of revenue a year.',
    'above-threshold': 'Not allowed above US$1 million of revenue a year: you need an Enterprise licence from Stability AI.',
    'non-commercial': 'Allowed as long as you earn nothing by it.',
    'commercial-not-allowed': 'Not allowed for a company: this licence rules out earning money by it.',
    unclear: 'Nobody says what is allowed: ask the maker before you publish or sell.',
  },
} as const satisfies {
  readonly may: Readonly<Record<Permission, string>>;
  readonly mayNot: Readonly<Record<Restriction, string>>;
  readonly must: Readonly<Record<Duty, string>>;
  readonly profile: Readonly<Record<UserProfile, string>>;
  readonly verdict: Readonly<Record<VerdictReason, string>>;
};

/** What a person agrees to where the model itself brings no text: name, and every term in plain words. */
export function licenceSummary({ name, may, mayNot, must }: LicenceRecord): string {
  const lines = (title: string, words: readonly string[]): readonly string[] => (words.length === 0 ? [] : [title, ...words.map((word) => `- ${word}`)]);
  return [
    name,
    ...lines('You may:', may.map((term) => LICENCE_WORDS.may[term])),
    ...lines('You may not:', mayNot.map((term) => LICENCE_WORDS.mayNot[term])),
    ...lines('You must:', must.map((term) => LICENCE_WORDS.must[term])),
  ].join('\n');
}

/** The studio's name of a licence; a stated one that it does not know is called as its model calls it. */
export const licenceName = (record: Pick<LicenceRecord, 'name'> & { readonly id: LicenceId }, stated: string): string =>
  record.id === 'other' && stated !== '' ? stated : record.name;
