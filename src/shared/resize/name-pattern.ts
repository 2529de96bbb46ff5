import { dayName, fillPattern, padded, unknownTokensIn } from '../name-pattern';

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

const VALUES: Readonly<Record<NameToken, (facts: NameFacts) => string>> = {
  name: ({ name }) => name,
  scale: ({ scale }) => `${String(Math.round(scale * 100) / 100)}x`,
  width: ({ width }) => String(width),
  height: ({ height }) => String(height),
  model: ({ model }) => model,
  date: ({ date }) => dayName(date),
  n: ({ n, total }) => padded(n, String(total).length),
};

/** Tokens that no one knows, for the field's message; empty when the pattern is sound. */
export const unknownTokens = (pattern: string): readonly string[] => unknownTokensIn(pattern, NAME_TOKENS);

/** The file name, without extension, that a pattern makes; unknown tokens stay as they are written. */
export const fileNameOf = (pattern: string, facts: NameFacts): string => fillPattern(pattern, (token) => (token in VALUES ? VALUES[token as NameToken](facts) : null));
