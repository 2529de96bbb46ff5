import { accessSync, constants, statSync } from 'node:fs';
import { basename, dirname, extname, join, resolve, sep } from 'node:path';
import { StudioError } from '../../shared/errors';
import type { Recipe } from '../../shared/recipe';
import { pictureName } from '../files/picture-name';
import { storageError } from '../files/storage-error';

/** Where pictures go and whether a file of that name is replaced (asked for by name) or kept (name made by us). */
export interface OutputTarget {
  readonly folder: string;
  readonly isReplacing: boolean;
  fileFor(picture: { readonly index: number; readonly count: number; readonly recipe: Recipe }): string;
}

/** What lies at a path; a path that leads through a file holds nothing either. */
function kindOf(path: string): 'folder' | 'other' | 'nothing' {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) return 'nothing';
    return found.isDirectory() ? 'folder' : 'other';
  } catch (caught) {
    if (caught instanceof Error && 'code' in caught && caught.code === 'ENOTDIR') return 'nothing';
    throw storageError(caught, path, 'look into');
  }
}

/**
 * Reads `--out`: an existing folder, a path that ends in a separator or has no extension is a folder; `.png` is a file,
 * numbered from 1 when there are several pictures. Without it pictures go where the studio keeps them.
 * @throws StudioError `invalid-request` for another kind of file, `storage-failed` when nothing can be written there
 */
export function resolveOutput(out: string | undefined, picturesFolder: string): OutputTarget {
  if (out === undefined) return checked({ folder: picturesFolder, isReplacing: false, fileFor: ({ recipe }) => join(picturesFolder, pictureName(recipe)) });
  const path = resolve(out);
  const extension = extname(path);
  if (kindOf(path) === 'folder' || out.endsWith(sep) || out.endsWith('/') || extension === '') {
    return checked({ folder: path, isReplacing: false, fileFor: ({ recipe }) => join(path, basename(pictureName(recipe))) });
  }
  if (extension.toLowerCase() !== '.png') {
    throw new StudioError('invalid-request', `Expected --out to be a folder or a .png file but received ${out}.`);
  }
  const stem = path.slice(0, -extension.length);
  return checked({
    folder: dirname(path),
    isReplacing: true,
    fileFor: ({ index, count }) => (count === 1 ? path : `${stem}-${index + 1}${extension}`),
  });
}

/** Asks before minutes of work whether the result can be written; creates nothing. */
function checked(target: OutputTarget): OutputTarget {
  assertWritable(target.folder);
  return target;
}

/**
 * The folder, or where it does not exist yet the nearest one above it, must let us write.
 * @throws StudioError `storage-failed`
 */
export function assertWritable(folder: string): void {
  let existing = folder;
  while (kindOf(existing) === 'nothing' && existing !== dirname(existing)) existing = dirname(existing);
  try {
    if (kindOf(existing) !== 'folder') throw Object.assign(new Error(`${existing} is a file`), { code: 'ENOTDIR' });
    accessSync(existing, constants.W_OK | constants.X_OK);
  } catch (caught) {
    throw storageError(caught, folder, 'write into');
  }
}
