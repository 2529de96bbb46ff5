import type { LicenceId } from './licence-record';

/** Words by which model cards and manifests name a licence (the hub's identifiers and what people write), lower case. */
const NAMES: readonly (readonly [RegExp, LicenceId])[] = [
  [/^(creativeml[- ])?open ?rail\+\+/, 'openrail++-m'],
  [/^(creativeml[- ])?open ?rail([- ]?m)?\b/, 'openrail-m'],
  [/^(stabilityai-ai-community|stability[- ]?ai[- ]community|sai-cla)\b/, 'stability-community'],
  [/^(sai-nc-community|sai-nc-rc|stability[- ]?ai[- ]non-?commercial|stabilityai-nc)/, 'stability-nc-research'],
  [/^apache(-| license,? (version )?)?2(\.0)?\b/, 'apache-2.0'],
  [/^mit\b/, 'mit'],
  [/^bsd-3(-clause)?\b/, 'bsd-3-clause'],
  [/^cc0(-1\.0)?\b/, 'cc0-1.0'],
  [/^cc[- ]by-nc\b/, 'cc-by-nc-4.0'],
];

/** What a licence's own name or identifier means; `other` for one that is not known, `unknown` for none. */
export function licenceOfName(stated: string): LicenceId {
  const name = stated.trim().toLowerCase();
  if (name === '' || name === 'unknown' || name === 'none') return 'unknown';
  return NAMES.find(([pattern]) => pattern.test(name))?.[1] ?? 'other';
}

/** Sentences that only one licence has; the first that fits decides, so the narrower stand first. */
const MARKS: readonly (readonly [RegExp, LicenceId])[] = [
  [/stability ai non-commercial research community license/i, 'stability-nc-research'],
  [/stability ai community license/i, 'stability-community'],
  [/creativeml open ?rail\+\+-?m/i, 'openrail++-m'],
  [/creativeml open ?rail-?m/i, 'openrail-m'],
  [/attribution-noncommercial 4\.0 international/i, 'cc-by-nc-4.0'],
  [/cc0 1\.0 universal/i, 'cc0-1.0'],
  [/apache license\s+version 2\.0/i, 'apache-2.0'],
  [/neither the name of .{1,120} may be used to endorse or promote products/i, 'bsd-3-clause'],
  [/permission is hereby granted, free of charge, to any person obtaining a copy/i, 'mit'],
];

/** Which licence a LICENSE file holds; `other` for a text that is not known. */
export function licenceOfText(text: string): LicenceId {
  // Line breaks and emphasis fall differently in every copy.
  const plain = text.replace(/[*_#>]/g, ' ').replace(/\s+/g, ' ');
  return MARKS.find(([pattern]) => pattern.test(plain))?.[1] ?? 'other';
}

/**
 * The licence that a model card's front matter states (YAML between two lines of `---`): `license_name` where `license`
 * only says `other`. Reads the two flat keys alone, which need no YAML parser.
 * @returns null when the card states none
 */
export function statedInCard(card: string): string | null {
  const front = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---/.exec(card)?.[1];
  if (front === undefined) return null;
  const valueOf = (key: string): string | null => {
    const found = new RegExp(`^${key}:[ \\t]*(.*)$`, 'm').exec(front)?.[1];
    const value = found?.replace(/\s#.*$/, '').trim().replace(/^(['"])(.*)\1$/, '$2');
    return value === undefined || value === '' ? null : value;
  };
  const licence = valueOf('license');
  return licence === null || licence.toLowerCase() === 'other' ? (valueOf('license_name') ?? licence) : licence;
}

/** What models of a family usually come under (ENGINE.md 9): a guess, shown as one. */
const OF_FAMILY: readonly (readonly [RegExp, LicenceId])[] = [
  [/^SDXL Turbo/, 'stability-community'],
  [/^Stable Diffusion Turbo/, 'stability-community'],
  [/^Stable Diffusion 3/, 'stability-community'],
  [/^Stable Diffusion XL/, 'openrail++-m'],
  [/^Stable Diffusion 2/, 'openrail++-m'],
  [/^Stable Diffusion 1/, 'openrail-m'],
];

export const usualLicenceOf = (family: string): LicenceId | null => OF_FAMILY.find(([pattern]) => pattern.test(family))?.[1] ?? null;
