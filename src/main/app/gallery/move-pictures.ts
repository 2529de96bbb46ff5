import { mkdir, readdir, rename, rmdir } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import { StudioError } from '../../../shared/errors';
import type { DataFolders } from '../../files/data-folders';
import { storageError } from '../../files/storage-error';
import { writeAtomically } from '../../files/write-file';

/**
 * Moves the studio's own pictures folder, in one step, and notes its new place for the next start. A folder that holds
 * pictures already (moved there by hand) is taken as it is.
 * @throws StudioError `invalid-request` or `storage-failed`; then everything is as it was
 */
export async function movePictures({ pictures, picturesPlace }: Pick<DataFolders, 'pictures' | 'picturesPlace'>, chosen: string): Promise<void> {
  const target = resolve(chosen);
  if (target === pictures) return;
  if (`${target}${sep}`.startsWith(`${pictures}${sep}`)) throw new StudioError('invalid-request', 'The pictures folder cannot be moved into itself; choose another folder.', { details: { path: target } });
  await mkdir(target, { recursive: true }).catch((caught: unknown) => {
    throw storageError(caught, target, 'create the folder');
  });
  const isEmpty = (await readdir(target)).length === 0;
  const hasMoved = isEmpty && (await readdir(pictures)).length > 0;
  if (hasMoved) {
    await rmdir(target);
    await rename(pictures, target).catch(async (caught: unknown) => {
      await mkdir(target, { recursive: true });
      if (caught instanceof Error && 'code' in caught && caught.code === 'EXDEV')
        throw new StudioError('storage-failed', `The folder ${target} lies on another disk; move ${pictures} there by your file manager, then choose that folder here.`, { details: { path: target } });
      throw storageError(caught, target, 'move the pictures to');
    });
  }
  try {
    await writeAtomically(picturesPlace, JSON.stringify({ pictures: target }));
  } catch (caught) {
    if (hasMoved) {
      await mkdir(dirname(pictures), { recursive: true });
      await rename(target, pictures);
    }
    throw caught;
  }
}
