/** What a name pattern can put into a file name. */
export const NAME_TOKENS = ['name', 'scale', 'width', 'height', 'model', 'date', 'n'] as const;
export type NameToken = (typeof NAME_TOKENS)[number];

export interface NameFacts {
  /** Name of the source without its extension. */
  readonly name: string;
  /** Of the longer sides, result by source. */
  readonly scale: number;
  readonly width: number;
  readonly height: number;
  /** Of the upscaler, or `resample` and the like where there is none. */
  readonly model: string;
  readonly date: Date;
  /** From 1. */
  readonly n: number;
  /** How many files there are, so that numbers get the same width. */
  readonly total: number;
}

const pad = (value: number, digits: number): string => String(value).padStart(digits, '0');

const VALUES: Readonly<Record<NameToken, (facts: NameFacts) => string>> = {
  name: ({ name }) => name,
  scale: ({ scale }) => `${String(Math.round(scale * 100) / 100)}x`,
  width: ({ width }) => String(width),
  height: ({ height }) => String(height),
  model: ({ model }) => model,
  date: ({ date }) => `${date.getFullYear()}-${pad(date.getMonth() + 1, 2)}-${pad(date.getDate(), 2)}`,
  n: ({ n, total }) => pad(n, String(total).length),
};

/** Tokens that no one knows, for the field's message; empty when the pattern is sound. */
export const unknownTokens = (pattern: string): readonly string[] =>
  [...pattern.matchAll(/\{([^{}]*)\}/g)].flatMap(([, token = '']) => (NAME_TOKENS.some((known) => known === token) ? [] : [token]));

/** Characters that some system refuses in a name; Windows' device names get an underscore. */
function safeName(name: string): string {
  const clean = name
    .normalize('NFC')
    .replace(/[<>:"/\\|?*\u0000-\u001f]/g, '_')
    .replace(/[. ]+$/, '')
    .replace(/^\.+/, '_')
    .slice(0, 180);
  if (clean === '') return '_';
  return /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(clean) ? `${clean}_` : clean;
}

/** The file name, without extension, that a pattern makes; unknown tokens stay as they are written. */
export const fileNameOf = (pattern: string, facts: NameFacts): string =>
  safeName(pattern.replace(/\{([^{}]*)\}/g, (whole, token: string) => (token in VALUES ? VALUES[token as NameToken](facts) : whole)));

/** Two names that some system holds for one and the same. */
export const nameKey = (name: string): string => name.normalize('NFC').toLowerCase();
