import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createGallery } from '../../src/main/app/gallery/gallery';
import { openLibrary } from '../../src/main/app/gallery/library';
import type { LibraryEvent } from '../../src/main/app/gallery/library-calls';
import type { StagedImage } from '../../src/main/engine-protocol';
import { createDataFolders, resolveDataFolders } from '../../src/main/files/data-folders';
import { withPngText } from '../../src/main/files/png-text';
import { recipeTexts } from '../../src/main/files/recipe-text';
import type { GalleryImage } from '../../src/shared/gallery';
import { aRecipe, ONE_PIXEL_PNG } from './samples';

/** A real library and gallery over real files, in this process; closed by the caller. */
export async function openTestGallery(root: string, { isWatching = false, now = () => new Date() }: { readonly isWatching?: boolean; readonly now?: () => Date } = {}) {
  const folders = resolveDataFolders(root);
  createDataFolders(folders);
  const events: LibraryEvent[] = [];
  const { library, problem } = openLibrary({ ...folders, isWatching, onEvent: (event) => void events.push(event), now });
  const gallery = createGallery(folders, library);
  await gallery.open();
  const stage = (change: Parameters<typeof aRecipe>[0] = {}): StagedImage => {
    const recipe = aRecipe(change);
    const stagedPath = join(folders.staging, `${recipe.imageId}.png`);
    writeFileSync(stagedPath, withPngText(ONE_PIXEL_PNG, recipeTexts(recipe)));
    return { imageId: recipe.imageId, stagedPath, recipe, width: 1, height: 1 };
  };
  const list = (): Promise<readonly GalleryImage[]> => library['gallery.list']({ limit: 500, before: null });
  const close = () => library.close(null);
  return { folders, library, gallery, events, problem, stage, list, close };
}
