import { stat } from 'node:fs/promises';
import { basename, dirname, extname, resolve } from 'node:path';
import { escapePath, glob, isDynamicPattern } from 'tinyglobby';
import { StudioError } from '../../shared/errors';
import type { FolderOutput } from '../../shared/resize/requests';
import { FORMAT_EXTENSIONS, OUTPUT_FORMATS } from '../../shared/resize/settings';
import { findPictures } from '../app/resize/find-pictures';
import type { SizeFlags } from './size-flags';

const exists = (path: string): Promise<boolean> => stat(path).then(() => true, () => false);

/**
 * The pictures that a command line names, in its order: files, folders with all that lies in them, and globs (quoted
 * ones, and on systems whose shell leaves them alone). A file that exists is taken by its name, whatever is in it.
 * @throws StudioError `image-missing` naming what matches nothing
 */
export async function findFiles(patterns: readonly string[]): Promise<readonly string[]> {
  const files: string[] = [];
  for (const pattern of patterns) {
    if (await exists(pattern)) {
      const path = resolve(pattern);
      const isFolder = (await stat(path)).isDirectory();
      files.push(...(isFolder ? (await findPictures([path])).files : [path]));
      continue;
    }
    const posix = process.platform === 'win32' ? pattern.replaceAll('\\', '/') : pattern;
    const matches = await glob(isDynamicPattern(posix) ? posix : escapePath(posix), { absolute: true, onlyFiles: true, expandDirectories: false });
    if (matches.length === 0) throw new StudioError('image-missing', `The picture ${pattern} cannot be found; give a file, a folder or a pattern like "*.png".`);
    files.push(...(await findPictures([...matches].sort())).files);
  }
  const unique = [...new Set(files)];
  if (unique.length === 0) throw new StudioError('image-missing', 'There is no picture among these files; give PNG, JPEG, WebP, AVIF or TIFF files.');
  return unique;
}

export interface ResizeOutput {
  readonly folder: string;
  readonly output: FolderOutput;
}

/** A name asked for as such is no pattern. */
const literally = (name: string): string => name.replace(/[{}]/g, '_');

/** Where results go. @throws StudioError `invalid-request` for a file name with several pictures, or an ending of no format */
export function resizeOutput({ out, format, quality, name, ifExists }: SizeFlags, files: readonly string[]): ResizeOutput {
  const ending = out === undefined ? '' : extname(out).slice(1).toLowerCase();
  if (out === undefined || ending === '') {
    return { folder: resolve(out ?? dirname(files[0] ?? '.')), output: { format: format ?? 'same', quality, namePattern: name, ifExists } };
  }
  const named = OUTPUT_FORMATS.find((known) => FORMAT_EXTENSIONS[known].includes(ending));
  if (named === undefined) throw new StudioError('invalid-request', `Expected --out to be a folder or a .png, .jpg, .webp, .avif or .tif file but received ${out}.`);
  if (files.length > 1) throw new StudioError('invalid-request', `Expected --out to be a folder for ${files.length} pictures but received the file ${out}.`);
  // Named by hand: it is replaced, as by the other commands.
  return { folder: dirname(resolve(out)), output: { format: named, quality, namePattern: literally(basename(out, extname(out))), ifExists: 'overwrite' } };
}
