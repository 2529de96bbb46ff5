import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPngFacts, withPngText } from '../../src/main/files/png-text';
import { recipeOf, recipeTexts } from '../../src/main/files/recipe-text';
import { aRecipe, ONE_PIXEL_PNG } from '../support/samples';
import { tempFolder } from '../support/temp-folder';

describe('the recipe inside a picture', () => {
  it('is written as A1111 reads it', () => {
    expect(recipeTexts(aRecipe())['parameters']).toBe(
      [
        'a red apple',
        'Negative prompt: blue',
        'Steps: 20, Sampler: DPM++ 2M, Schedule type: Karras, CFG scale: 7.5, Seed: 42, Size: 64x64, Model: "Tiny, a model", RNG: CPU, Version: Palimpsest 0.1.0',
      ].join('\n'),
    );
  });

  it('counts clip skip and calls the noise as A1111 does', () => {
    expect(recipeTexts(aRecipe({ clipSkip: 1, noiseSource: 'gpu' }))['parameters']).toContain('Clip skip: 2, RNG: NV, ');
  });

  it('comes back whole from the file', async () => {
    const recipe = aRecipe({ prompt: 'línea\n"quoted", 狐', hires: { upscaler: 'x', scale: 4 } });
    const path = join(tempFolder(), 'p.png');
    await writeFile(path, withPngText(ONE_PIXEL_PNG, recipeTexts(recipe)));
    expect(recipeOf(await readPngFacts(path))).toEqual(recipe);
  });

  it.each([['not JSON'], ['{"version":1}'], ['{"version":99}']])('is ignored when a foreign hand has damaged it: %s', (json) => {
    expect(recipeOf({ text: new Map([['palimpsest', json]]) })).toBeNull();
  });
});
