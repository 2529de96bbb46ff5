import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImageId, JobId } from '../../../shared/ids';
import { readPngFacts } from '../../files/png-text';
import { recipeOf } from '../../files/recipe-text';
import type { Library } from '../gallery/library-calls';

const modifiedAt = (path: string): Promise<number> => stat(path).then(({ mtimeMs }) => mtimeMs, () => 0);

/** The pictures of a job among these files, by the recipes in them; a file that cannot be read counts as none. */
async function picturesAmong(paths: readonly string[], jobId: JobId): Promise<readonly ImageId[]> {
  const found: ImageId[] = [];
  for (const path of paths) {
    const recipe = await readPngFacts(path).then(recipeOf).catch(() => null);
    if (recipe?.jobId === jobId) found.push(recipe.imageId);
  }
  return found;
}

const pngFilesIn = (folder: string, names: readonly string[]): readonly string[] => names.filter((name) => name.toLowerCase().endsWith('.png')).map((name) => join(folder, name));

/**
 * Counts the pictures that a job has left, in the gallery and in its trash: throwing a picture away does not make it
 * unmade. Copies carry the id of their original and count once.
 */
export function createPictureCounter({ library, trash }: { readonly library: Pick<Library, 'freshen' | 'picturesOfJob'>; readonly trash: string }): (jobId: JobId) => Promise<number> {
  return async (jobId) => {
    // It runs after a crash only, for the few jobs that were open: their last pictures may not be in the index yet.
    await library.freshen(null);
    return new Set([...(await library.picturesOfJob({ jobId })), ...(await picturesAmong(pngFilesIn(trash, await readdir(trash)), jobId))]).size;
  };
}

/** The studio keeps pictures by month (picture-name.ts); a folder that was named holds them itself. */
const MONTH = /^\d{4}-\d{2}$/;
/** File systems round times; some to two seconds. */
const CLOCK_MS = 2000;

/**
 * Counts the pictures that a run of the command line has left where it put them.
 * @param run `since` = when it reserved, milliseconds; older files are not opened
 * @throws Error when a folder is there and cannot be read, so that nobody takes that for "none were made"
 */
export async function countRunPictures({ savedIn, jobId, since }: { readonly savedIn: string; readonly jobId: JobId; readonly since: number }): Promise<number> {
  const namesIn = (folder: string): Promise<readonly string[]> => (existsSync(folder) ? readdir(folder) : Promise.resolve([]));
  const months = (await namesIn(savedIn)).filter((name) => MONTH.test(name)).map((name) => join(savedIn, name));
  const found = new Set<ImageId>();
  for (const folder of [savedIn, ...months]) {
    const fresh: string[] = [];
    for (const path of pngFilesIn(folder, await namesIn(folder))) if ((await modifiedAt(path)) >= since - CLOCK_MS) fresh.push(path);
    for (const id of await picturesAmong(fresh, jobId)) found.add(id);
  }
  return found.size;
}
