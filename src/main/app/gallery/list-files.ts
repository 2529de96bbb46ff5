import { readdir, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import type { RootId } from '../../../shared/ids';
import { PICTURE_EXTENSIONS } from '../../files/metadata/picture-file';

export interface RootFolder {
  readonly id: RootId;
  readonly path: string;
}

export const isFolder = (path: string): Promise<boolean> => stat(path).then((info) => info.isDirectory(), () => false);

/** Staging, trash, files still being written: whatever begins with a dot is not the user's to see. */
const isHidden = (name: string): boolean => name.startsWith('.');

export const isPictureName = (file: string): boolean => !file.split('/').some(isHidden) && PICTURE_EXTENSIONS.has(extname(file).toLowerCase());

/**
 * Picture files below a folder, relative and with forward slashes. Links to folders are not followed, so that a link
 * upwards ends nothing; a folder that cannot be read is left out.
 * @throws when the root itself cannot be read, e.g. because its drive is not connected
 */
export async function listPictureFiles(root: string, below = ''): Promise<readonly string[]> {
  const files: string[] = [];
  const waiting = [below];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    const prefix = folder === '' ? '' : `${folder}/`;
    const entries = await readdir(`${root}/${folder}`, { withFileTypes: true }).catch((caught: unknown) => {
      if (folder === below) throw caught;
      return [];
    });
    for (const entry of entries) {
      if (isHidden(entry.name)) continue;
      if (entry.isDirectory()) waiting.push(`${prefix}${entry.name}`);
      else if ((entry.isFile() || entry.isSymbolicLink()) && isPictureName(entry.name)) files.push(`${prefix}${entry.name}`);
    }
  }
  return files;
}
