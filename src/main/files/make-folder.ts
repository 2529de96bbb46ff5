import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { storageError } from './storage-error';

function make(path: string): void {
  if (existsSync(path)) return;
  const parent = dirname(path);
  if (parent !== path) make(parent);
  try {
    mkdirSync(path);
  } catch (caught) {
    // Somebody else may have made it meanwhile.
    if (!existsSync(path)) throw caught;
  }
}

/**
 * Makes a folder that a person chose, and those above it, one by one: Node's own `recursive` never returns where the
 * file system refuses a name as "not found", as /proc does.
 * @throws StudioError `storage-failed` naming the folder that cannot be made.
 */
export function makeFolder(path: string): void {
  try {
    make(path);
  } catch (caught) {
    throw storageError(caught, path, 'create the folder');
  }
}
