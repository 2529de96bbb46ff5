import { diffWordsWithSpace } from 'diff';
import type { GalleryImage } from '../../shared/gallery';

export const CHANGE_KEYS = ['kind', 'prompt', 'negativePrompt', 'model', 'size', 'steps', 'guidance', 'scheduler', 'seed', 'strength', 'source', 'mask', 'maskBlur', 'context', 'maskedContent', 'hires', 'version'] as const;
export type ChangeKey = (typeof CHANGE_KEYS)[number];

/** One thing in which two recipes differ; null = the recipe does not say. */
export interface RecipeChange {
  readonly key: ChangeKey;
  readonly before: string | null;
  readonly after: string | null;
}

type Values = Readonly<Record<ChangeKey, string | number | null>>;

const sizeText = (width: number | null, height: number | null): string | null => (width === null || height === null ? null : `${String(width)} × ${String(height)}`);

/** A recipe as plain values, whoever wrote it. */
function valuesOf({ recipe, foreign }: GalleryImage): Values {
  const nothing: Values = {
    kind: null, prompt: null, negativePrompt: null, model: null, size: null, steps: null, guidance: null, scheduler: null, seed: null,
    strength: null, source: null, mask: null, maskBlur: null, context: null, maskedContent: null, hires: null, version: null,
  };
  if (recipe !== null) {
    const { edit, hires } = recipe;
    return {
      kind: recipe.kind,
      prompt: recipe.prompt,
      negativePrompt: recipe.negativePrompt,
      model: recipe.model.name,
      size: sizeText(recipe.width, recipe.height),
      steps: recipe.numInferenceSteps,
      guidance: recipe.guidanceScale,
      scheduler: recipe.scheduler.label,
      seed: recipe.seed,
      strength: recipe.strength ?? null,
      // Two different pictures have two different hashes; their beginning is enough to see that.
      source: edit?.sourceAssetId.slice(0, 8) ?? null,
      mask: edit?.maskAssetId?.slice(0, 8) ?? null,
      maskBlur: edit?.maskBlur ?? null,
      context: edit?.onlyMaskedPadding ?? null,
      maskedContent: edit?.maskedContent ?? null,
      hires: hires === undefined ? null : `${hires.upscaler} ×${String(hires.scale)}`,
      version: recipe.app.version,
    };
  }
  if (foreign === null) return nothing;
  return {
    ...nothing,
    prompt: foreign.prompt,
    negativePrompt: foreign.negativePrompt,
    model: foreign.modelName,
    size: sizeText(foreign.width, foreign.height),
    steps: foreign.numInferenceSteps,
    guidance: foreign.guidanceScale,
    scheduler: foreign.sampler,
    seed: foreign.seed,
    strength: foreign.strength,
  };
}

const textOf = (value: string | number | null): string | null => (value === null || value === '' ? null : String(value));

/** What is different between how two pictures were made, in the order one would read a recipe. */
export function recipeChanges(before: GalleryImage, after: GalleryImage): readonly RecipeChange[] {
  const [from, to] = [valuesOf(before), valuesOf(after)];
  return CHANGE_KEYS.map((key) => ({ key, before: textOf(from[key]), after: textOf(to[key]) })).filter((change) => change.before !== change.after);
}

/** A stretch of a text that stayed, went or came. */
export interface WordChange {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** How one prompt became the other, word by word. */
export const wordChanges = (before: string, after: string): readonly WordChange[] =>
  diffWordsWithSpace(before, after).map(({ value, added, removed }) => ({ kind: added ? 'added' : removed ? 'removed' : 'same', text: value }));
