import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImageId, JobId } from '../../../shared/ids';
import { readPngFacts } from '../../files/png-text';
import { recipeOf } from '../../files/recipe-text';
import type { Library } from '../gallery/library-calls';

/** The pictures of a job in one folder, by the recipes in the files; a file that cannot be read counts as none. */
async function inTrash(trashFolder: string, jobId: JobId): Promise<readonly ImageId[]> {
  const found: ImageId[] = [];
  for (const name of await readdir(trashFolder)) {
    if (!name.toLowerCase().endsWith('.png')) continue;
    const recipe = await readPngFacts(join(trashFolder, name)).then(recipeOf).catch(() => null);
    if (recipe?.jobId === jobId) found.push(recipe.imageId);
  }
  return found;
}

/**
 * Counts the pictures that a job has left, in the gallery and in its trash: throwing a picture away does not make it
 * unmade. Copies carry the id of their original and count once.
 */
export function createPictureCounter({ library, trash }: { readonly library: Pick<Library, 'freshen' | 'picturesOfJob'>; readonly trash: string }): (jobId: JobId) => Promise<number> {
  return async (jobId) => {
    // It runs after a crash only, for the few jobs that were open: their last pictures may not be in the index yet.
    await library.freshen(null);
    return new Set([...(await library.picturesOfJob({ jobId })), ...(await inTrash(trash, jobId))]).size;
  };
}
