import type { GalleryImage } from './gallery';
import { dayName, fillPattern, padded, unknownTokensIn } from './name-pattern';

/** What the name pattern of an export can put into a file name. */
export const EXPORT_TOKENS = ['name', 'n', 'date', 'time', 'prompt', 'model', 'seed', 'rating', 'width', 'height'] as const;
type ExportToken = (typeof EXPORT_TOKENS)[number];

export interface ExportNameFacts {
  readonly image: GalleryImage;
  /** From 1. */
  readonly n: number;
  /** How many files there are, so that numbers get the same width. */
  readonly total: number;
}

/** Enough of a prompt to know the picture by. */
const MAX_PROMPT = 60;

const VALUES: Readonly<Record<ExportToken, (facts: ExportNameFacts) => string>> = {
  name: ({ image }) => image.marks.name ?? image.fileName.replace(/\.[^.]*$/, ''),
  n: ({ n, total }) => padded(n, String(total).length),
  date: ({ image }) => dayName(new Date(image.createdAt)),
  time: ({ image }) => {
    const at = new Date(image.createdAt);
    return [at.getHours(), at.getMinutes(), at.getSeconds()].map((part) => padded(part, 2)).join('.');
  },
  prompt: ({ image }) => (image.recipe?.prompt ?? image.foreign?.prompt ?? '').replace(/\s+/g, ' ').trim().slice(0, MAX_PROMPT),
  model: ({ image }) => image.recipe?.model.name ?? image.foreign?.modelName ?? '',
  seed: ({ image }) => String(image.recipe?.seed ?? image.foreign?.seed ?? ''),
  rating: ({ image }) => String(image.marks.rating),
  width: ({ image }) => String(image.width),
  height: ({ image }) => String(image.height),
};

export const unknownExportTokens = (pattern: string): readonly string[] => unknownTokensIn(pattern, EXPORT_TOKENS);

/** The file name, without extension, that a pattern makes of a picture; for the export and its preview. */
export const exportName = (pattern: string, facts: ExportNameFacts): string =>
  fillPattern(pattern, (token) => {
    const known = EXPORT_TOKENS.find((candidate) => candidate === token);
    return known === undefined ? null : VALUES[known](facts);
  });
