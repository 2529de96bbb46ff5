import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { StudioError } from '../../shared/errors';
import { ModelId } from '../../shared/ids';
import type { ModelRegistry } from '../app/models/model-registry';
import type { Engine, ModelDescription } from '../engine/engine';

export interface ChosenModel {
  /** As recipes record it; a folder outside the models folders is called by its own name. */
  readonly id: string;
  readonly path: string;
  readonly description: ModelDescription;
}

/**
 * Resolves `--model`: an id, else a folder; without it the built-in model.
 * @throws StudioError `model-missing` or `model-invalid`, one sentence each
 */
export async function findModel(wanted: string | undefined, { engine, registry }: { engine: Engine; registry: ModelRegistry }): Promise<ChosenModel> {
  if (wanted === undefined) return findBuiltin(registry);
  const id = ModelId.safeParse(wanted);
  if (id.success) {
    const { summary, path } = await registry.find(id.data);
    return { id: summary.id, path, description: summary };
  }
  const path = resolve(wanted);
  if (!existsSync(path)) {
    throw new StudioError('model-missing', `Expected --model to name a folder or an id from "models list" but received ${wanted}, which does not exist.`);
  }
  return { id: basename(path), path, description: await describeUsable(engine, path) };
}

/** @throws StudioError `model-invalid` with the model's own problem */
async function describeUsable(engine: Engine, path: string): Promise<ModelDescription> {
  const description = await engine.describeModel(path);
  if (description.problem !== null) throw new StudioError('model-invalid', description.problem, { details: { model: path } });
  return description;
}

async function findBuiltin(registry: ModelRegistry): Promise<ChosenModel> {
  const builtin = (await registry.list()).filter((model) => model.builtin);
  const first = builtin.find((model) => model.problem === null);
  if (first === undefined) {
    throw new StudioError('model-missing', builtin[0]?.problem ?? 'This copy of the program has no built-in model; choose one with --model DIR.');
  }
  const { path } = await registry.find(first.id);
  return { id: first.id, path, description: first };
}
