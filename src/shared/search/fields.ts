import { LABELS, ORIGINS, PICTURE_FORMATS } from '../gallery';

/** Words are looked up in the full-text index. */
const words = { kind: 'words' } as const;
/** One of few values, compared whole. */
const choice = (...values: readonly string[]) => ({ kind: 'choice', values }) as const;
/** Any text, found anywhere in the value. */
const part = { kind: 'part' } as const;
const number = { kind: 'number' } as const;
const date = { kind: 'date' } as const;

/** Every field of the search box. The names are the user's; src/main/app/gallery/compile-search.ts knows the columns. */
export const SEARCH_FIELDS = {
  prompt: words,
  negative: words,
  model: words,
  name: words,
  tag: words,
  sampler: part,
  folder: part,
  board: part,
  origin: choice(...ORIGINS),
  kind: choice('txt2img', 'img2img', 'inpaint', 'outpaint', 'upscale'),
  format: choice(...PICTURE_FORMATS),
  label: choice(...LABELS, 'none'),
  shape: choice('portrait', 'landscape', 'square'),
  has: choice('recipe', 'settings', 'mask', 'parents', 'children', 'document', 'hires', 'warnings', 'tags', 'rating', 'label', 'name', 'board'),
  /** The longer side in pixels, or exactly `512x768`. */
  size: number,
  width: number,
  height: number,
  rating: number,
  seed: number,
  steps: number,
  cfg: number,
  strength: number,
  bytes: number,
  date,
  modified: date,
} as const;

export type SearchField = keyof typeof SEARCH_FIELDS;
type FieldOf<Kind> = { [F in SearchField]: (typeof SEARCH_FIELDS)[F] extends { readonly kind: Kind } ? F : never }[SearchField];
export type WordsField = FieldOf<'words'>;
export type PartField = FieldOf<'part'>;
export type ChoiceField = FieldOf<'choice'>;
export type NumberField = FieldOf<'number'>;
export type DateField = FieldOf<'date'>;

export const SEARCH_FIELD_NAMES: readonly SearchField[] = Object.keys(SEARCH_FIELDS).filter((name): name is SearchField => name in SEARCH_FIELDS);

const ALIASES: Readonly<Record<string, SearchField>> = {
  neg: 'negative',
  checkpoint: 'model',
  tags: 'tag',
  scheduler: 'sampler',
  path: 'folder',
  type: 'kind',
  stars: 'rating',
  colour: 'label',
  color: 'label',
  guidance: 'cfg',
  created: 'date',
  from: 'origin',
};

/** The field of that name or alias, in any case; null when there is none. */
export function searchField(name: string): SearchField | null {
  const lower = name.toLowerCase();
  return SEARCH_FIELD_NAMES.find((field) => field === lower) ?? (Object.hasOwn(ALIASES, lower) ? (ALIASES[lower] ?? null) : null);
}
