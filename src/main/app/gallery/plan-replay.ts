import type { GalleryImage, ReplayChange, ReplayStep } from '../../../shared/gallery';
import type { AssetId, ImageId } from '../../../shared/ids';
import type { ModelSummary } from '../../../shared/model';
import type { Recipe } from '../../../shared/recipe';
import { requestFromRecipe } from '../../../shared/recipe-request';

export interface ReplayInput {
  /** The picture, and with `isBranch` everything made of it, parents before children. */
  readonly branch: readonly GalleryImage[];
  readonly change: ReplayChange;
  /** The model to use: the recipe's own, or the one that was chosen; null when it is not installed. */
  modelOf(recipe: Recipe): ModelSummary | null;
  /** The asset that a picture becomes when it is taken into an edit as it is. */
  assetOf(id: ImageId): AssetId | null;
  drawSeed(): number;
}

/**
 * The requests that make a picture, or a branch of pictures, again with another seed or model. A child whose source was
 * a picture of the branch gets the new one as its source; a child whose source was more than that (a canvas) keeps its
 * old source, and that is said. Pure.
 */
export function planReplay({ branch, change, modelOf, assetOf, drawSeed }: ReplayInput): { readonly steps: readonly ReplayStep[]; readonly problems: readonly string[] } {
  const steps: ReplayStep[] = [];
  const problems: string[] = [];
  const stepOf = new Map<ImageId, number>();
  const shared = change.seed === 'new' ? drawSeed() : change.seed;
  for (const { id, fileName, recipe } of branch) {
    if (recipe === null) {
      problems.push(`${fileName} has no recipe of this studio.`);
      continue;
    }
    const model = modelOf(recipe);
    if (model === null) {
      problems.push(`The model ${recipe.model.name} of ${fileName} is not installed.`);
      continue;
    }
    const made = requestFromRecipe(recipe, model);
    if ('problem' in made) {
      problems.push(`${fileName}: ${made.problem}`);
      continue;
    }
    if (!model.tasks.includes(made.request.kind)) {
      problems.push(`The model ${model.name} cannot do ${made.request.kind}, by which ${fileName} was made.`);
      continue;
    }
    const request = { ...made.request, seed: shared ?? made.request.seed };
    const parents = recipe.edit?.parentImageIds.filter((parent) => stepOf.has(parent)) ?? [];
    const source = parents.find((parent) => assetOf(parent) === recipe.edit?.sourceAssetId);
    if (parents.length > 0 && source === undefined) problems.push(`${fileName} was made from a canvas; it is made again from that canvas as it was.`);
    stepOf.set(id, steps.length);
    steps.push({ imageId: id, request, parentStep: source === undefined ? null : (stepOf.get(source) ?? null) });
  }
  return { steps, problems };
}
