import { copyFileSync, mkdirSync, readdirSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/main/app/database/database';
import { createGallery } from '../../src/main/app/gallery/gallery';
import { createImageIndex } from '../../src/main/app/gallery/image-index';
import type { StagedImage } from '../../src/main/engine-protocol';
import { createDataFolders, resolveDataFolders } from '../../src/main/files/data-folders';
import { withPngText } from '../../src/main/files/png-text';
import { recipeTexts } from '../../src/main/files/recipe-text';
import { aRecipe, ONE_PIXEL_PNG } from '../support/samples';
import { tempFolder } from '../support/temp-folder';

async function setUp(root = tempFolder()) {
  const folders = resolveDataFolders(root);
  await createDataFolders(folders);
  const { database } = openDatabase(folders.database, () => new Date(0));
  const gallery = createGallery(folders, createImageIndex(database));
  await gallery.open();
  const stage = (change: Parameters<typeof aRecipe>[0] = {}): StagedImage => {
    const recipe = aRecipe(change);
    const stagedPath = join(folders.staging, `${recipe.imageId}.png`);
    writeFileSync(stagedPath, withPngText(ONE_PIXEL_PNG, recipeTexts(recipe)));
    return { imageId: recipe.imageId, stagedPath, recipe, width: 1, height: 1 };
  };
  return { folders, gallery, database, stage, root };
}

const second = (n: number): string => `2026-11-24T17:30:${String(n).padStart(2, '0')}.000Z`;

describe('the gallery', () => {
  it('lists what was committed, newest first, page by page', async () => {
    const { gallery, stage } = await setUp();
    const images = [];
    for (let n = 0; n < 5; n++) images.push(await gallery.commit(stage({ createdAt: second(n) })));
    const newestFirst = images.reverse();
    const first = gallery.list(2, null);
    expect([...first, ...gallery.list(10, first[1]?.id ?? null)]).toEqual(newestFirst);
  });

  it('knows everything again from the files alone when the index is gone', async () => {
    const { gallery, stage, database, folders, root } = await setUp();
    for (let n = 0; n < 3; n++) await gallery.commit(stage({ createdAt: second(n), prompt: `picture ${n}` }));
    const before = gallery.list(10, null);
    database.close();
    rmSync(folders.database);
    const { gallery: again } = await setUp(root);
    expect(again.list(10, null)).toEqual(before);
  });

  it('sets a damaged index aside and reads the files again', async () => {
    const { gallery, stage, database, folders, root } = await setUp();
    await gallery.commit(stage());
    const before = gallery.list(10, null);
    database.close();
    for (const suffix of ['-wal', '-shm']) rmSync(folders.database + suffix, { force: true });
    writeFileSync(folders.database, 'this is no database at all, but long enough to be taken for one'.repeat(100));
    const { gallery: again } = await setUp(root);
    expect(again.list(10, null)).toEqual(before);
    expect(readdirSync(root).filter((name) => name.includes('.damaged-'))).toHaveLength(1);
  });

  it('shows no half file that a crash has left, and clears the staging folder', async () => {
    const { gallery, stage, folders, root } = await setUp();
    const whole = await gallery.commit(stage());
    stage();
    copyFileSync(gallery.pathOf(whole.id), join(folders.pictures, 'half.png'));
    truncateSync(join(folders.pictures, 'half.png'), 60);
    const { gallery: again } = await setUp(root);
    expect(again.list(10, null).map(({ id }) => id)).toEqual([whole.id]);
    expect(readdirSync(folders.staging)).toEqual([]);
    expect(readdirSync(folders.pictures)).toContain('half.png');
  });

  it('notices files that were added, renamed and deleted from outside', async () => {
    const { gallery, stage, folders, root } = await setUp();
    const kept = await gallery.commit(stage({ createdAt: second(1) }));
    const deleted = await gallery.commit(stage({ createdAt: second(2) }));
    renameSync(gallery.pathOf(kept.id), join(folders.pictures, 'renamed.png'));
    rmSync(gallery.pathOf(deleted.id));
    mkdirSync(join(folders.pictures, 'holiday'));
    writeFileSync(join(folders.pictures, 'holiday', 'foreign.png'), ONE_PIXEL_PNG);
    const { gallery: again } = await setUp(root);
    expect(again.list(10, null).map(({ fileName, recipe }) => [fileName, recipe?.imageId ?? null]).sort()).toEqual([
      ['foreign.png', null],
      ['renamed.png', kept.id],
    ]);
  });

  it('gives a copy of a picture an id of its own, the same at every start', async () => {
    const { gallery, stage, folders, root } = await setUp();
    const original = await gallery.commit(stage());
    copyFileSync(gallery.pathOf(original.id), join(folders.pictures, 'zz-copy.png'));
    const first = (await setUp(root)).gallery.list(10, null).map(({ id }) => id);
    const second = (await setUp(root)).gallery.list(10, null).map(({ id }) => id);
    expect(new Set(first).size).toBe(2);
    expect(first).toContain(original.id);
    expect(second).toEqual(first);
  });

  it('deletes into the trash and brings back the same picture', async () => {
    const { gallery, stage } = await setUp();
    const image = await gallery.commit(stage());
    const path = gallery.pathOf(image.id);
    await gallery.trash(image.id);
    expect(gallery.list(10, null)).toEqual([]);
    expect(() => gallery.pathOf(image.id)).toThrow('no longer in the pictures folder');
    expect(await gallery.restore(image.id)).toEqual(image);
    expect(gallery.pathOf(image.id)).toBe(path);
  });
});
