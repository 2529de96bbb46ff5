import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImageId, JobId } from '../../../shared/ids';
import { readPngFacts } from '../../files/png-text';
import { recipeOf } from '../../files/recipe-text';
import type { StudioDatabase } from '../database/open-sqlite';

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

/** The pictures of a job in the gallery, oldest first. */
export function createPictureFinder(database: StudioDatabase): (jobId: JobId) => readonly ImageId[] {
  const inGallery = database.prepare(`SELECT id FROM images WHERE json_extract(recipe, '$.jobId') = ? ORDER BY created_ms, id`);
  return (jobId) => (inGallery.all(jobId) as { readonly id: ImageId }[]).map(({ id }) => id);
}

/**
 * Counts the pictures that a job has left, in the gallery and in its trash: throwing a picture away does not make it
 * unmade. Copies carry the id of their original and count once.
 */
export function createPictureCounter({ database, trash }: { readonly database: StudioDatabase; readonly trash: string }): (jobId: JobId) => Promise<number> {
  // Reads every recipe; it runs after a crash only, for the few jobs that were open.
  const inGallery = database.prepare(`SELECT DISTINCT json_extract(recipe, '$.imageId') AS id FROM images WHERE json_extract(recipe, '$.jobId') = ?`);
  return async (jobId) => {
    const rows = inGallery.all(jobId) as { readonly id: ImageId }[];
    return new Set([...rows.map(({ id }) => id), ...(await inTrash(trash, jobId))]).size;
  };
}
