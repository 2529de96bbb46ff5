import { Recipe } from '../../shared/recipe';
import { sourceXmp, XMP_KEYWORD } from './xmp';

/** Keyword of our own complete JSON; `parameters` is the text that A1111 and its kin read. */
const RECIPE_KEYWORD = 'palimpsest';

/** A value with a comma, a colon or a line break is quoted (A1111 modules/infotext_utils.py, `quote`). */
const quote = (value: string): string => (/[,:\n]/.test(value) ? JSON.stringify(value) : value);

/** A1111 keeps the sigma schedule apart from the sampler: "DPM++ 2M Karras" is sampler "DPM++ 2M", schedule "Karras". */
function splitScheduler(label: string): { readonly sampler: string; readonly scheduleType: string | null } {
  const match = /^(.*) (Karras|exponential|beta)$/.exec(label);
  if (match?.[1] === undefined || match[2] === undefined) return { sampler: label, scheduleType: null };
  return { sampler: match[1], scheduleType: match[2][0]?.toUpperCase() + match[2].slice(1) };
}

/** The A1111 infotext of a recipe (modules/processing.py, create_infotext). */
export function toParameters(recipe: Recipe): string {
  const { sampler, scheduleType } = splitScheduler(recipe.scheduler.label);
  const settings: readonly (readonly [string, string | null])[] = [
    ['Steps', String(recipe.numInferenceSteps)],
    ['Sampler', sampler],
    ['Schedule type', scheduleType],
    ['CFG scale', String(recipe.guidanceScale)],
    ['Seed', String(recipe.seed)],
    ['Size', `${recipe.width}x${recipe.height}`],
    ['Model', recipe.model.name],
    ['Denoising strength', recipe.strength === undefined ? null : String(recipe.strength)],
    // A1111 counts the layer that is read, from the end; its Philox noise on any machine is "NV".
    ['Clip skip', recipe.clipSkip === undefined ? null : String(recipe.clipSkip + 1)],
    ['RNG', recipe.noiseSource === 'gpu' ? 'NV' : 'CPU'],
    ['Hires upscale', recipe.hires === undefined ? null : String(recipe.hires.scale)],
    ['Hires upscaler', recipe.hires?.upscaler ?? null],
    ['Version', `Palimpsest ${recipe.app.version}`],
  ];
  const lines = [recipe.prompt];
  if (recipe.negativePrompt !== '') lines.push(`Negative prompt: ${recipe.negativePrompt}`);
  lines.push(
    settings.flatMap(([key, value]) => (value === null ? [] : [`${key}: ${quote(value)}`])).join(', '),
  );
  return lines.join('\n');
}

/**
 * The text entries to put into a picture's PNG.
 * @param statesSource whether the file also says in XMP how it came to be
 */
export const recipeTexts = (recipe: Recipe, statesSource = false): Readonly<Record<string, string>> => ({
  parameters: toParameters(recipe),
  [RECIPE_KEYWORD]: JSON.stringify(recipe),
  ...(statesSource ? { [XMP_KEYWORD]: sourceXmp(recipe) } : {}),
});

/** The recipe inside a PNG of ours; null when there is none or a foreign hand has damaged it. */
export function recipeOf(facts: { readonly text: ReadonlyMap<string, string> }): Recipe | null {
  const json = facts.text.get(RECIPE_KEYWORD);
  if (json === undefined) return null;
  try {
    return Recipe.parse(JSON.parse(json));
  } catch (caught) {
    if (caught instanceof Error) return null;
    throw caught;
  }
}
