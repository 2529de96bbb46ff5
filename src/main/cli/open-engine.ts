import { existsSync } from 'node:fs';
import { openAcceptances } from '../app/licences/acceptance-file';
import { createLicences, type Licences } from '../app/licences/licences';
import { createModelRegistry, type ModelRegistry } from '../app/models/model-registry';
import type { Engine } from '../engine/engine';
import { resolveDataFolders, type DataFolders } from '../files/data-folders';
import { findProgramRoot } from './program-root';

/** What a command works with: this process's own engine and the models it can find. */
export interface Workbench {
  readonly engine: Engine;
  readonly registry: ModelRegistry;
  readonly licences: Licences;
  readonly folders: DataFolders;
  readonly version: string;
}

/** Loads the native runtime, which takes a moment; `--help` and refusals of flags come before it. */
export async function openWorkbench(dataDir: string | undefined): Promise<Workbench> {
  const [{ createEngine }, { ortRuntime }] = await Promise.all([import('../engine/create-engine'), import('../engine/runtime/ort')]);
  const { version, builtinModels } = findProgramRoot(import.meta.dirname);
  const folders = resolveDataFolders(dataDir);
  // A command that puts its picture elsewhere makes no data folder of its own.
  const cache = existsSync(folders.root) ? { cacheFolder: folders.graphs } : {};
  const engine = createEngine({ runtime: ortRuntime(cache), ...cache });
  const registry = createModelRegistry({ builtinFolder: builtinModels, userFolder: folders.models, describe: (path) => engine.describeModel(path) });
  const licences = createLicences({ acceptances: openAcceptances(folders.licences), now: () => new Date() });
  return { engine, registry, licences, folders, version };
}
