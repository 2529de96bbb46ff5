import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { StudioError } from '../../shared/errors';

/** The program's own files: version and what it ships. */
export interface ProgramRoot {
  readonly version: string;
  /** Folder of the built-in models. */
  readonly builtinModels: string;
  /** Folder of the shipped price tables. */
  readonly prices: string;
}

/**
 * Finds the program's folder from a file inside it: the built file and the source lie at different depths, and a
 * packaged program keeps `resources` beside its archive.
 * @throws StudioError `internal` when no package.json lies above `from`
 */
export function findProgramRoot(from: string): ProgramRoot {
  for (let folder = from; folder !== dirname(folder); folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (!existsSync(manifest)) continue;
    const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
    const resources = [join(folder, 'resources'), join(folder, '..', 'resources')].find((path) => existsSync(path));
    return { version, builtinModels: join(resources ?? folder, 'models'), prices: join(resources ?? folder, 'prices') };
  }
  throw new StudioError('internal', `Expected package.json above ${from} but found none; install the program again.`);
}
