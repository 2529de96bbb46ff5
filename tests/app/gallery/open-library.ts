import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { recipeTexts } from '../../../src/main/files/recipe-text';
import type { GalleryQuery } from '../../../src/shared/gallery';
import type { ImageId } from '../../../src/shared/ids';
import type { Recipe } from '../../../src/shared/recipe';
import { pngWith } from '../../support/foreign-pictures';
import { openTestGallery } from '../../support/open-gallery';
import { anImageId, aRecipe } from '../../support/samples';
import { tempFolder } from '../../support/temp-folder';

export const NOW = new Date(2026, 10, 24, 12);

/** A library that is closed when the test ends, with files to write and questions to ask. */
export async function setUp(root = tempFolder(), options: { readonly isWatching?: boolean } = {}) {
  const opened = await openTestGallery(root, { now: () => NOW, ...options });
  let isClosed = false;
  const close = async (): Promise<void> => {
    if (!isClosed) await opened.close();
    isClosed = true;
  };
  onTestFinished(close);
  const { library, folders } = opened;
  const write = (file: string, change: Partial<Recipe> | string = {}): ImageId => {
    const recipe = typeof change === 'string' ? null : aRecipe(change);
    mkdirSync(join(folders.pictures, file, '..'), { recursive: true });
    writeFileSync(join(folders.pictures, file), pngWith(recipe === null ? { parameters: change as string } : recipeTexts(recipe)));
    return recipe?.imageId ?? anImageId();
  };
  const ask = async (text: string, change: Partial<GalleryQuery> = {}): Promise<readonly string[]> => {
    const { images, total } = await library['gallery.page']({ query: { text, boardId: null, sort: { by: 'name', isDescending: false }, ...change }, offset: 0, limit: 500 });
    expect(images).toHaveLength(total);
    return images.map(({ fileName }) => fileName.replace('.png', ''));
  };
  const settle = () => library.settle(null);
  return { ...opened, close, root, write, ask, settle };
}

/** The edit of a recipe with these parents. */
export const edit = (parentImageIds: readonly ImageId[], mask: boolean): Recipe['edit'] => ({
  sourceAssetId: 'a'.repeat(64) as NonNullable<Recipe['edit']>['sourceAssetId'],
  maskAssetId: mask ? ('b'.repeat(64) as NonNullable<Recipe['edit']>['sourceAssetId']) : null,
  maskBlur: 4,
  onlyMaskedPadding: null,
  maskedContent: 'original',
  documentId: null,
  parentImageIds: [...parentImageIds],
});

