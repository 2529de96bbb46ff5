import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { convertPicture } from '../../src/main/engine-host/convert-picture';
import { readPngFacts, withPngText } from '../../src/main/files/png-text';
import { recipeOf, recipeTexts } from '../../src/main/files/recipe-text';
import { digitalSourceType, sourceXmp, XMP_KEYWORD } from '../../src/main/files/xmp';
import { aRecipe, ONE_PIXEL_PNG } from '../support/samples';
import { tempFolder } from '../support/temp-folder';

const IPTC = 'http://cv.iptc.org/newscodes/digitalsourcetype/';

async function aPicture(statesSource: boolean): Promise<string> {
  const path = join(tempFolder(), 'p.png');
  await writeFile(path, withPngText(ONE_PIXEL_PNG, recipeTexts(aRecipe({ prompt: 'a "red" <apple> & 狐' }), statesSource)));
  return path;
}

describe('what a file says of its source', () => {
  it.each([
    ['txt2img', 'trainedAlgorithmicMedia'],
    ['img2img', 'compositeWithTrainedAlgorithmicMedia'],
    ['inpaint', 'compositeWithTrainedAlgorithmicMedia'],
    ['outpaint', 'compositeWithTrainedAlgorithmicMedia'],
    ['upscale', 'compositeWithTrainedAlgorithmicMedia'],
  ] as const)('of %s: %s', (kind, type) => {
    expect(digitalSourceType({ kind })).toBe(`${IPTC}${type}`);
  });

  it('stands in a PNG as XMP beside the recipe, where other programs find it', async () => {
    const path = await aPicture(true);
    const facts = await readPngFacts(path);
    expect(facts.text.get(XMP_KEYWORD)).toBe(sourceXmp(aRecipe()));
    expect(recipeOf(facts)?.prompt).toBe('a "red" <apple> & 狐');
    const { xmp } = await sharp(path).metadata();
    expect(xmp?.toString()).toContain(`DigitalSourceType="${IPTC}trainedAlgorithmicMedia"`);
  });

  it.each([true, false])('goes along into a JPEG only where it was said: %s', async (statesSource) => {
    const source = await aPicture(statesSource);
    const target = `${source}.jpg`;
    await convertPicture({ source, target, format: 'jpeg' });
    const { xmp } = await sharp(target).metadata();
    expect(xmp?.toString().includes('DigitalSourceType')).toBe(statesSource);
    expect(xmp?.toString()).toContain('palimpsest:recipe=');
  });
});
