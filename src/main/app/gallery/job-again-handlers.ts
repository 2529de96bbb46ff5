import { randomInt, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { StudioError } from '../../../shared/errors';
import type { ReplayChange } from '../../../shared/gallery';
import { AssetId, JobId, type ImageId } from '../../../shared/ids';
import { LIMITS } from '../../../shared/limits';
import type { ModelSummary } from '../../../shared/model';
import type { Recipe } from '../../../shared/recipe';
import { requestFromRecipe } from '../../../shared/recipe-request';
import { hashFile } from '../../files/hash-file';
import type { Handlers } from '../handlers';
import type { StudioDependencies } from '../studio-dependencies';
import { planReplay } from './plan-replay';
import { findNamedModel } from './recall';
import { createReplays } from './replay';
import { createReproductions } from './reproduce';

type JobAgainHandlers = Pick<Handlers, 'gallery.reproduce' | 'gallery.planReplay' | 'gallery.replay'>;

/** The channels that make pictures again, as jobs like any other. @param submit the very handler that the page calls */
export function jobAgainHandlers(deps: StudioDependencies, submit: Handlers['jobs.submit']): JobAgainHandlers {
  const { gallery, library, models, assets, files, events } = deps;
  const reproductions = createReproductions({ gallery, compare: (input) => files.compare(input), tell: (event) => events.emit('gallery.event', event) });
  const replays = createReplays({
    submit: (jobId, request) => submit({ jobId, request }),
    assetOf: async (id) => (await assets.put(await readFile((await gallery.placeOf(id)).path))).assetId,
  });
  events.subscribe((topic, payload) => {
    if (topic !== 'jobs.event') return;
    // The topic decides the payload; the listener's type does not say so.
    const event = payload as Parameters<typeof replays.hear>[0];
    reproductions.hear(event);
    replays.hear(event);
  });
  const modelFor = (recipe: Recipe, installed: readonly ModelSummary[]): ModelSummary | null => installed.find(({ id }) => id === recipe.model.id) ?? findNamedModel(recipe.model.name, installed);

  const plan = async (imageId: ImageId, change: ReplayChange) => {
    const installed = await models.refresh();
    const branch = change.isBranch ? await library.branch({ imageId }) : [await gallery.get(imageId)];
    const hashes = new Map<ImageId, AssetId>();
    for (const { id, path } of await gallery.places(branch.map((image) => image.id))) {
      const hash = await hashFile(path);
      if (hash !== null) hashes.set(id, AssetId.parse(hash));
    }
    return planReplay({
      branch,
      change,
      modelOf: (recipe) => (change.modelId === null ? modelFor(recipe, installed) : (installed.find(({ id }) => id === change.modelId) ?? null)),
      assetOf: (id) => hashes.get(id) ?? null,
      drawSeed: () => randomInt(LIMITS.seed.min, LIMITS.seed.max + 1),
    });
  };

  return {
    'gallery.reproduce': async ({ imageId }) => {
      const { recipe } = await gallery.get(imageId);
      if (recipe === null) throw new StudioError('invalid-request', 'This picture has no recipe of this studio, so it cannot be made again.');
      const model = modelFor(recipe, await models.refresh());
      if (model === null) throw new StudioError('model-missing', `The model ${recipe.model.name} is not installed; add it and try again.`, { details: { model: recipe.model.name } });
      const made = requestFromRecipe(recipe, model);
      if ('problem' in made) throw new StudioError('invalid-request', made.problem);
      const jobId = JobId.parse(randomUUID());
      reproductions.watch(jobId, imageId);
      await submit({ jobId, request: made.request });
      return { jobId };
    },
    'gallery.planReplay': ({ imageId, change }) => plan(imageId, change),
    'gallery.replay': async ({ imageId, change }) => {
      const { steps, problems } = await plan(imageId, change);
      if (steps.length === 0) throw new StudioError('invalid-request', problems[0] ?? 'There is nothing to make again.');
      void replays.run(steps);
      return { steps: steps.length };
    },
  };
}
