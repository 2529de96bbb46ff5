import { z } from 'zod';

/** Licences whose terms the studio knows; `other` is one that was stated and that it does not know, `unknown` none at all. */
export const LICENCE_IDS = [
  'apache-2.0',
  'mit',
  'bsd-3-clause',
  'cc0-1.0',
  'openrail-m',
  'openrail++-m',
  'stability-community',
  'stability-nc-research',
  'cc-by-nc-4.0',
  'other',
  'unknown',
] as const;
export const LicenceId = z.enum(LICENCE_IDS);
export type LicenceId = z.infer<typeof LicenceId>;

/** Who may earn money with it. `below-threshold`: who earns no more than `revenueThresholdUsd` a year in all. */
export type CommercialTerms = 'yes' | 'below-threshold' | 'no' | 'unclear';

/** What one may, may not and must do, as keys of the words in licence-words.ts. */
export type Permission = 'any-use' | 'commercial' | 'commercial-below-1m' | 'non-commercial' | 'research' | 'own-outputs' | 'modify';
export type Restriction =
  | 'commercial'
  | 'above-1m'
  | 'production'
  | 'unlawful'
  | 'minors'
  | 'deceive'
  | 'harass'
  | 'discriminate'
  | 'medical-legal'
  | 'use-policy'
  | 'foundation-model';
export type Duty = 'keep-notice' | 'pass-on-restrictions' | 'powered-by' | 'register' | 'name-maker' | 'ask-maker';

export interface LicenceRecord {
  readonly id: LicenceId;
  readonly name: string;
  /** Where the text can be read; never fetched. */
  readonly link: string | null;
  readonly commercial: CommercialTerms;
  readonly revenueThresholdUsd: number | null;
  /** Words that must stand where the pictures or a product built on the model are shown. */
  readonly attribution: string | null;
  readonly may: readonly Permission[];
  readonly mayNot: readonly Restriction[];
  readonly must: readonly Duty[];
  /** Its terms bind whoever uses the model, so they are agreed to before the first use. */
  readonly isAskedFor: boolean;
  /** Of two licences the higher binds more; equal ranks bind alike. */
  readonly strictness: number;
}

const PERMISSIVE = {
  commercial: 'yes',
  revenueThresholdUsd: null,
  attribution: null,
  may: ['any-use', 'commercial', 'modify'],
  mayNot: [],
  must: ['keep-notice'],
  isAskedFor: false,
  strictness: 0,
} as const satisfies Partial<LicenceRecord>;

/** Attachment A of both licences; the only difference that matters here is clause 7, which is about updates. */
const RAIL = {
  commercial: 'yes',
  revenueThresholdUsd: null,
  attribution: null,
  may: ['commercial', 'modify', 'own-outputs'],
  mayNot: ['unlawful', 'minors', 'deceive', 'harass', 'discriminate', 'medical-legal'],
  must: ['pass-on-restrictions'],
  isAskedFor: true,
  strictness: 1,
} as const satisfies Partial<LicenceRecord>;

const RECORDS: { readonly [Id in LicenceId]: Omit<LicenceRecord, 'id'> } = {
  'apache-2.0': { ...PERMISSIVE, name: 'Apache License 2.0', link: 'https://www.apache.org/licenses/LICENSE-2.0' },
  mit: { ...PERMISSIVE, name: 'MIT License', link: 'https://opensource.org/license/mit' },
  'bsd-3-clause': { ...PERMISSIVE, name: 'BSD 3-Clause License', link: 'https://opensource.org/license/bsd-3-clause' },
  'cc0-1.0': { ...PERMISSIVE, name: 'CC0 1.0', link: 'https://creativecommons.org/publicdomain/zero/1.0/', must: [] },
  'openrail-m': { ...RAIL, name: 'CreativeML OpenRAIL-M', link: 'https://huggingface.co/spaces/CompVis/stable-diffusion-license' },
  'openrail++-m': {
    ...RAIL,
    name: 'CreativeML Open RAIL++-M',
    link: 'https://huggingface.co/stabilityai/stable-diffusion-xl-base-1.0/blob/main/LICENSE.md',
  },
  'stability-community': {
    name: 'Stability AI Community License',
    link: 'https://stability.ai/license',
    commercial: 'below-threshold',
    revenueThresholdUsd: 1_000_000,
    attribution: 'Powered by Stability AI',
    may: ['research', 'non-commercial', 'commercial-below-1m', 'own-outputs'],
    mayNot: ['above-1m', 'use-policy', 'foundation-model'],
    must: ['powered-by', 'register'],
    isAskedFor: true,
    strictness: 2,
  },
  'stability-nc-research': {
    name: 'Stability AI Non-Commercial Research Community License',
    link: 'https://github.com/Stability-AI/generative-models/tree/main/model_licenses',
    commercial: 'no',
    revenueThresholdUsd: null,
    attribution: null,
    may: ['research', 'non-commercial'],
    mayNot: ['commercial', 'production', 'use-policy'],
    must: ['keep-notice'],
    isAskedFor: true,
    strictness: 5,
  },
  'cc-by-nc-4.0': {
    name: 'CC BY-NC 4.0',
    link: 'https://creativecommons.org/licenses/by-nc/4.0/',
    commercial: 'no',
    revenueThresholdUsd: null,
    attribution: null,
    may: ['non-commercial', 'modify'],
    mayNot: ['commercial'],
    must: ['name-maker'],
    isAskedFor: true,
    strictness: 4,
  },
  other: {
    name: 'Another licence',
    link: null,
    commercial: 'unclear',
    revenueThresholdUsd: null,
    attribution: null,
    may: [],
    mayNot: [],
    must: ['ask-maker'],
    isAskedFor: true,
    strictness: 3,
  },
  // Nobody stated terms, so there is nothing that could be agreed to; what is unknown is said instead.
  unknown: {
    name: 'Unknown licence',
    link: null,
    commercial: 'unclear',
    revenueThresholdUsd: null,
    attribution: null,
    may: [],
    mayNot: [],
    must: ['ask-maker'],
    isAskedFor: false,
    strictness: 3,
  },
};

/** What the studio knows of a licence. Not legal advice: the text itself binds. */
export const licenceRecord = (id: LicenceId): LicenceRecord => ({ id, ...RECORDS[id] });
