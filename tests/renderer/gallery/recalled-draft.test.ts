import { describe, expect, it } from 'vitest';
import type { ForeignSettings, Recalled } from '../../../src/shared/gallery';
import { ModelId } from '../../../src/shared/ids';
import { recalledSettings } from '../../../src/renderer/stores/recalled-draft';
import { BUILTIN, SD15 } from '../fake-models';
import { someImages } from '../setup';

const FOREIGN: ForeignSettings = {
  origin: 'a1111',
  prompt: 'a fox',
  negativePrompt: '',
  modelName: 'dreamshaper',
  modelHash: null,
  seed: 7,
  numInferenceSteps: 28,
  guidanceScale: 6.5,
  sampler: 'DPM++ 2M Karras',
  scheduler: 'dpmpp-2m-karras',
  width: 512,
  height: 768,
  strength: null,
  unknown: [{ key: 'Clip skip', value: '2' }],
};

const told = (change: Partial<ForeignSettings> = {}, modelId: Recalled['modelId'] = null): Recalled => ({ origin: 'a1111', width: 512, height: 768, recipe: null, foreign: { ...FOREIGN, ...change }, modelId, problems: [] });

const model = { ...SD15, size: { min: 256, max: 1024, multipleOf: 8 }, schedulers: ['euler', 'dpmpp-2m-karras'] as const, ownScheduler: 'PNDM / PLMS' };

const summary = (recalled: Recalled, of = model) => Object.fromEntries(recalledSettings(recalled, of).map(({ field, patch, note, used }) => [field, note === null ? patch : [patch, note, used]]));

describe('settings of a picture from elsewhere', () => {
  it('become fields of the form, and what is empty is left out', () => {
    expect(summary(told({}, ModelId.parse('user:dreamshaper')))).toEqual({
      prompt: { prompt: 'a fox' },
      model: { modelId: 'user:dreamshaper' },
      size: { width: 512, height: 768 },
      numInferenceSteps: { numInferenceSteps: 28 },
      guidanceScale: { guidanceScale: 6.5 },
      scheduler: { scheduler: 'dpmpp-2m-karras' },
      seed: { seed: 7 },
    });
  });

  it('say what there is no place for', () => {
    expect(summary(told({ sampler: 'UniPC trailing', scheduler: null, seed: 1_125_899_906_842_624 }))).toMatchObject({
      model: [null, 'modelMissing', null],
      scheduler: [null, 'schedulerMissing', null],
      seed: [null, 'outOfRange', null],
    });
    expect(summary(told({ scheduler: 'heun' }))).toMatchObject({ scheduler: [null, 'schedulerMissing', null] });
  });

  it('are brought to what the model can do, and that is said', () => {
    expect(summary(told({ width: 513, height: 2000, numInferenceSteps: 500 }))).toMatchObject({
      size: [{ width: 512, height: 1024 }, 'adjusted', '512 × 1024'],
      numInferenceSteps: [{ numInferenceSteps: 150 }, 'adjusted', '150'],
    });
  });

  it('know the model’s own scheduler by its name', () => {
    expect(summary(told({ sampler: 'PNDM / PLMS', scheduler: null }))).toMatchObject({ scheduler: { scheduler: null } });
  });

  it('come from our own recipe as well', () => {
    const [image] = someImages(1);
    const recipe = image?.recipe ?? null;
    const recalled: Recalled = { origin: 'palimpsest', width: 128, height: 128, recipe, foreign: null, modelId: BUILTIN.id, problems: [] };
    expect(Object.keys(summary(recalled, { ...model, ...BUILTIN, schedulers: model.schedulers }))).toEqual(['prompt', 'model', 'size', 'numInferenceSteps', 'guidanceScale', 'scheduler', 'seed']);
  });

  it('are none where the picture tells nothing', () => {
    expect(recalledSettings({ ...told(), foreign: null }, model)).toEqual([]);
  });
});
