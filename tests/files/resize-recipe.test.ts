import { describe, expect, it } from 'vitest';
import { makeResizeRecipe, type ResizeRecipeContext } from '../../src/main/files/resize-recipe';
import { recipeOfXmp, recipeXmp, withRecipeXmp } from '../../src/main/files/xmp';
import { AssetId, ImageId } from '../../src/shared/ids';
import { Recipe } from '../../src/shared/recipe';
import { aRecipe } from '../support/samples';

const context: ResizeRecipeContext = {
  appVersion: '1.2.3',
  imageId: ImageId.parse('0b0c0d0e-0f00-4100-8200-030405060708'),
  createdAt: '2026-11-24T12:00:00.000Z',
  isTimed: true,
  resize: { from: { width: 10, height: 20 }, to: { width: 40, height: 80 }, words: 'x4 by Lines', upscaler: { id: 'builtin:lines', name: 'Lines', scale: 4, sha256: 'ab' }, drawing: null },
  model: { id: 'builtin:lines', name: 'Lines', family: 'Upscaler' },
  sourceAssetId: AssetId.parse('a'.repeat(64)),
  parentImageIds: [ImageId.parse('1b0c0d0e-0f00-4100-8200-030405060708')],
};
const facts = { warnings: ['one'], peakMemoryBytes: 5, secondsByStage: { upscaling: 1.23456 } };

const FOREIGN = '<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="r"><rdf:Description rdf:about="" xmlns:dc="d" dc:title="Mine"/></rdf:RDF></x:xmpmeta><?xpacket end="w"?>';

describe('the recipe of a resized picture', () => {
  it('keeps what its source was made with, and says what was done since', () => {
    const source = aRecipe({ prompt: 'a fox', hires: { upscaler: 'Lines', scale: 4 } });
    const recipe = makeResizeRecipe(source, context, facts);
    expect(Recipe.parse(recipe)).toEqual(recipe);
    expect(recipe).toMatchObject({ kind: 'upscale', prompt: 'a fox', model: source.model, width: 40, height: 80, edit: { parentImageIds: context.parentImageIds }, resize: context.resize, secondsByStage: { upscaling: 1.235 } });
    expect([recipe.hires, recipe.jobId]).toEqual([undefined, undefined]);
  });

  it('stands alone for a photograph, and has no clock where the same work must give the same bytes', () => {
    const recipe = makeResizeRecipe(null, { ...context, isTimed: false }, facts);
    expect(Recipe.parse(recipe)).toMatchObject({ prompt: '', model: context.model, secondsByStage: {}, peakMemoryBytes: 0, warnings: [] });
  });
});

describe('a recipe in XMP', () => {
  const recipe = makeResizeRecipe(aRecipe({ prompt: 'een "vos" & <meer>\n—' }), context, facts);

  it('comes back as it was', () => {
    expect(recipeOfXmp(recipeXmp(recipe, true))).toEqual(recipe);
    expect(recipeOfXmp(FOREIGN)).toBeNull();
  });

  it('is added to a picture’s own packet, in place of an older one', () => {
    const first = withRecipeXmp(FOREIGN, aRecipe({ prompt: 'before' }), false);
    expect(first).toContain('dc:title="Mine"');
    const second = withRecipeXmp(first, recipe, false);
    expect(recipeOfXmp(second)).toEqual(recipe);
    expect(second).toContain('dc:title="Mine"');
    expect(second).not.toContain('before');
    expect(second.startsWith('<?xpacket begin') && second.endsWith('<?xpacket end="w"?>')).toBe(true);
  });
});
