import { basename } from 'node:path';
import type { ForeignSettings, Recalled } from '../../../shared/gallery';
import { LIMITS } from '../../../shared/limits';
import type { ModelSummary } from '../../../shared/model';
import type { PictureFacts } from '../../files/metadata/picture-file';

/** Model files are named with paths and endings; the words between are what a person knows them by. */
const plainName = (name: string): string => basename(name.replaceAll('\\', '/')).replace(/\.(safetensors|ckpt|onnx|pt|gguf)$/i, '').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

/** The installed model that a recipe or another program's settings speak of; null when none has that name. */
export function findNamedModel(name: string | null, models: readonly ModelSummary[]): ModelSummary | null {
  if (name === null) return null;
  const wanted = plainName(name);
  return models.find((model) => [model.name, model.id.slice(model.id.indexOf(':') + 1)].some((own) => plainName(own) === wanted)) ?? null;
}

function problemsOf(foreign: ForeignSettings): readonly string[] {
  const problems: string[] = [];
  if (foreign.seed !== null && foreign.seed > LIMITS.seed.max) problems.push(`The seed ${foreign.seed} is larger than this studio’s seeds, so the picture cannot be made again exactly.`);
  if (foreign.sampler !== null && foreign.scheduler === null) problems.push(`The sampler ${foreign.sampler} has no counterpart here; the model’s own is offered instead.`);
  return problems;
}

/** What a file tells, ready for the form. */
export function recalledFrom(facts: PictureFacts, models: readonly ModelSummary[]): Recalled {
  const { origin, width, height, recipe, foreign } = facts;
  const name = recipe?.model.name ?? foreign?.modelName ?? null;
  const model = models.find(({ id }) => id === recipe?.model.id) ?? findNamedModel(name, models);
  return {
    origin,
    width,
    height,
    recipe,
    foreign,
    modelId: model?.id ?? null,
    problems: [
      ...(foreign === null ? [] : problemsOf(foreign)),
      ...(name !== null && model === null ? [`The model ${name} is not installed; choose another one, or add it and try again.`] : []),
    ],
  };
}
