import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { StudioError } from '../../../shared/errors';
import { ModelId } from '../../../shared/ids';
import type { ModelSummary } from '../../../shared/model';
import type { ModelDescription } from '../../engine/engine';

export interface ModelRegistry {
  /** Reads both folders again. */
  refresh(): Promise<readonly ModelSummary[]>;
  list(): Promise<readonly ModelSummary[]>;
  /** @throws StudioError `model-missing`, or `model-invalid` with the model's own problem. */
  find(id: ModelId): Promise<{ readonly summary: ModelSummary; readonly path: string }>;
  /** Absolute path of a bundled upscaler's folder. */
  upscalerPath(name: string): string;
}

export interface ModelRegistryOptions {
  readonly builtinFolder: string;
  readonly userFolder: string;
  describe(modelPath: string): Promise<ModelDescription>;
}

/** Upscalers and classifiers lie in folders of their own beside the built-in models. */
const UPSCALERS = 'upscalers';
const HELPERS: readonly string[] = [UPSCALERS, 'classifiers'];

async function modelFolders(parent: string): Promise<readonly string[]> {
  const entries = await readdir(parent, { withFileTypes: true }).catch((caught: unknown) => {
    if (caught instanceof Error && 'code' in caught && caught.code === 'ENOENT') return [];
    throw caught;
  });
  // A link to a model on another disk is as good as a folder.
  return entries
    .filter((entry) => (entry.isDirectory() || entry.isSymbolicLink()) && !entry.name.startsWith('.') && !HELPERS.includes(entry.name))
    .map((entry) => entry.name)
    .sort();
}

/** Finds model folders and asks the engine what each one is. */
export function createModelRegistry({ builtinFolder, userFolder, describe }: ModelRegistryOptions): ModelRegistry {
  let known: Promise<readonly ModelSummary[]> | null = null;
  const pathOf = (id: ModelId): string => {
    const colon = id.indexOf(':');
    return join(id.startsWith('builtin:') ? builtinFolder : userFolder, id.slice(colon + 1));
  };
  const describeAll = async (parent: string, kind: 'builtin' | 'user'): Promise<readonly ModelSummary[]> =>
    Promise.all(
      (await modelFolders(parent)).map(async (name) => ({
        ...(await describe(join(parent, name))),
        id: ModelId.parse(`${kind}:${name}`),
        builtin: kind === 'builtin',
      })),
    );
  const refresh = (): Promise<readonly ModelSummary[]> => {
    const reading = Promise.all([describeAll(builtinFolder, 'builtin'), describeAll(userFolder, 'user')]).then((lists) => lists.flat());
    known = reading;
    // A failed reading is not remembered, so that the next question reads again.
    reading.catch(() => {
      if (known === reading) known = null;
    });
    return reading;
  };
  const list = (): Promise<readonly ModelSummary[]> => known ?? refresh();

  return {
    refresh,
    list,
    find: async (id) => {
      const summary = (await list()).find((model) => model.id === id) ?? (await refresh()).find((model) => model.id === id);
      if (summary === undefined) throw new StudioError('model-missing', `The model ${id} is not in the models folder any more; choose another one.`, { details: { model: id } });
      if (summary.problem !== null) throw new StudioError('model-invalid', summary.problem, { details: { model: id } });
      return { summary, path: pathOf(id) };
    },
    upscalerPath: (name) => join(builtinFolder, UPSCALERS, name),
  };
}
