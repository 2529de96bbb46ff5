import { describe, expect, it } from 'vitest';
import type { FinishedImage, GenerateTask } from '../../src/main/engine/engine';
import { makeRecipe } from '../../src/main/files/make-recipe';
import { Recipe } from '../../src/shared/recipe';
import { anImageId } from '../support/samples';

const TASK: GenerateTask = {
  kind: 'txt2img', modelPath: '/m', prompt: 'a fox', negativePrompt: null, width: 64, height: 64, numInferenceSteps: 4, guidanceScale: 7.5, scheduler: null, seed: 7, count: 1,
};
const FINISHED: FinishedImage = {
  index: 0, seed: 7, image: { width: 64, height: 64, data: new Uint8Array(64 * 64 * 3) }, secondsByStage: {}, scheduler: { className: 'DDIMScheduler', label: 'DDIM' },
  peakMemoryBytes: 1, embeddings: [], warnings: [],
};
const recipe = (task: Partial<GenerateTask>, finished: Partial<FinishedImage> = {}): Recipe =>
  makeRecipe({ ...TASK, ...task }, { ...FINISHED, ...finished }, { imageId: anImageId(), appVersion: '0', createdAt: new Date(0), model: { id: 'm', name: 'm', family: 'f' }, upscalerName: null });

describe('a recipe', () => {
  it('names guidance cutoff, clip skip, noise and embeddings where they were used', () => {
    const used = recipe({ guidanceCutoff: 0.6, clipSkip: 2, noiseSource: 'gpu' }, { embeddings: ['ink'] });
    expect(used).toMatchObject({ guidanceCutoff: 0.6, clipSkip: 2, noiseSource: 'gpu', embeddings: ['ink'] });
    expect(Recipe.parse(JSON.parse(JSON.stringify(used)))).toEqual(used);
  });

  it('is silent of them where they change nothing, as recipes were before they existed', () => {
    expect(recipe({ guidanceCutoff: 1, clipSkip: 0, noiseSource: 'cpu' })).toEqual({ ...recipe({}), imageId: expect.any(String) as unknown });
    for (const key of ['guidanceCutoff', 'clipSkip', 'noiseSource', 'embeddings']) expect(recipe({})).not.toHaveProperty(key);
  });
});
