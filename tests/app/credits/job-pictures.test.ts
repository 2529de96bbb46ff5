import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createPictureCounter } from '../../../src/main/app/credits/job-pictures';
import { openDatabase } from '../../../src/main/app/database/database';
import { createGallery } from '../../../src/main/app/gallery/gallery';
import { createImageIndex } from '../../../src/main/app/gallery/image-index';
import { createDataFolders, resolveDataFolders } from '../../../src/main/files/data-folders';
import { withPngText } from '../../../src/main/files/png-text';
import { recipeTexts } from '../../../src/main/files/recipe-text';
import { writeStaged } from '../../../src/main/files/write-file';
import type { JobId } from '../../../src/shared/ids';
import { aJobId, aRecipe, ONE_PIXEL_PNG } from '../../support/samples';
import { tempFolder } from '../../support/temp-folder';

async function openGallery() {
  const folders = resolveDataFolders(tempFolder());
  await createDataFolders(folders);
  const { database } = openDatabase(folders.database, () => new Date());
  const gallery = createGallery(folders, createImageIndex(database));
  await gallery.open();
  const add = async (jobId?: JobId) => {
    const recipe = aRecipe(jobId === undefined ? {} : { jobId });
    const stagedPath = join(folders.staging, `${recipe.imageId}.png`);
    await writeStaged(stagedPath, withPngText(ONE_PIXEL_PNG, recipeTexts(recipe)));
    return gallery.commit({ imageId: recipe.imageId, stagedPath, recipe, width: 1, height: 1 });
  };
  return { folders, gallery, add, count: createPictureCounter({ database, trash: folders.trash }) };
}

describe('the pictures of a job', () => {
  it('are counted in the gallery and in the trash, each once, copies not at all', async () => {
    const { folders, gallery, add, count } = await openGallery();
    const [mine, other] = [aJobId(), aJobId()];
    await add(other);
    await add();
    expect(await count(mine)).toBe(0);
    const first = await add(mine);
    const second = await add(mine);
    copyFileSync(gallery.pathOf(first.id), join(folders.pictures, 'copy.png'));
    await gallery.open();
    await gallery.trash(second.id);
    writeFileSync(join(folders.trash, 'broken.png'), 'no picture');
    expect(await count(mine)).toBe(2);
    expect(await count(other)).toBe(1);
  });
});
