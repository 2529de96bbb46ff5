import { describe, expect, it } from 'vitest';
import { recipeChanges, wordChanges } from '../../../src/renderer/recipe/recipe-changes';
import { imageNumber } from './library';

const image = imageNumber(1);
const { recipe } = image;
if (recipe === null) throw new Error('a recipe was expected');

describe('what changed between two recipes', () => {
  it('is nothing between a picture and itself', () => {
    expect(recipeChanges(image, { ...image, fileName: 'another.png' })).toEqual([]);
  });

  it('is told in the order of a recipe', () => {
    const other = { ...image, recipe: { ...recipe, seed: 5, prompt: 'a green apple', width: 256, strength: 0.5 } };
    expect(recipeChanges(image, other)).toEqual([
      { key: 'prompt', before: 'a red apple', after: 'a green apple' },
      { key: 'size', before: '128 × 128', after: '256 × 128' },
      { key: 'seed', before: String(recipe.seed), after: '5' },
      { key: 'strength', before: null, after: '0.5' },
    ]);
  });

  it('compares with what another program wrote', () => {
    const foreign = { ...image, recipe: null, foreign: { origin: 'a1111' as const, prompt: 'a red apple', negativePrompt: null, modelName: 'sd15', modelHash: null, seed: recipe.seed, numInferenceSteps: recipe.numInferenceSteps, guidanceScale: recipe.guidanceScale, sampler: recipe.scheduler.label, scheduler: null, width: 128, height: 128, strength: null, unknown: [] } };
    expect(recipeChanges(image, foreign).map(({ key }) => key)).toEqual(['kind', 'model', 'version']);
  });
});

describe('how a prompt changed', () => {
  it('keeps every letter of both', () => {
    const changes = wordChanges('a red fox, snow', 'a small red fox');
    const text = (without: string) => changes.filter(({ kind }) => kind !== without).map((change) => change.text).join('');
    expect([text('added'), text('removed')]).toEqual(['a red fox, snow', 'a small red fox']);
    expect(changes.filter(({ kind }) => kind === 'added').map((change) => change.text.trim())).toEqual(['small']);
  });
});
