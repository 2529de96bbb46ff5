import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../src/shared/limits';
import { checkDraft, enlargementOf } from '../../src/renderer/stores/draft-request';
import { BUILTIN, SD15 } from './fake-models';
import { aDraft } from './setup';

describe('checkDraft', () => {
  it('fills what the user left alone with the model’s own values', () => {
    expect(checkDraft(aDraft({ negativePrompt: 'text' }), SD15)).toEqual({
      ok: true,
      request: {
        kind: 'txt2img',
        modelId: SD15.id,
        prompt: 'a red apple',
        negativePrompt: 'text',
        width: 512,
        height: 512,
        numInferenceSteps: 30,
        guidanceScale: 7.5,
        scheduler: null,
        seed: null,
        count: 1,
        hires: false,
      },
    });
  });

  it('asks for a cutoff, clip skip and noise only where they change something, clip skip up to what the model can', () => {
    const check = checkDraft(aDraft({ guidanceCutoff: 0.6, clipSkip: 20, noiseSource: 'gpu' }), SD15);
    expect(check).toMatchObject({ request: { guidanceCutoff: 0.6, clipSkip: 11, noiseSource: 'gpu' } });
    const unable = checkDraft(aDraft({ clipSkip: 2, width: 128, height: 128 }), BUILTIN);
    expect(unable.ok && 'clipSkip' in unable.request).toBe(false);
  });

  it('names every wrong field at once, with the numbers the user needs', () => {
    const draft = aDraft({ prompt: '  ', width: 513, height: 2000, numInferenceSteps: 0, guidanceScale: 31, seed: -1, count: 9 });
    expect(checkDraft(draft, SD15)).toEqual({
      ok: false,
      problems: {
        prompt: { kind: 'empty' },
        width: { kind: 'multiple', multipleOf: 8, below: 512, above: 520 },
        height: { kind: 'range', min: 256, max: 1024 },
        numInferenceSteps: { kind: 'range', ...LIMITS.numInferenceSteps },
        guidanceScale: { kind: 'range', ...LIMITS.guidanceScale },
        seed: { kind: 'range', ...LIMITS.seed },
        count: { kind: 'range', ...LIMITS.count },
      },
    });
  });

  it('narrows the sides to what the model can do', () => {
    const check = checkDraft(aDraft({ width: 512 }), BUILTIN);
    expect(check).toEqual({ ok: false, problems: { width: { kind: 'range', min: 128, max: 128 } } });
  });

  it('says that no model is ready', () => {
    expect(checkDraft(aDraft(), null)).toEqual({ ok: false, problems: { modelId: { kind: 'noModel' } } });
  });

  it('refuses a prompt that is longer than a message may be', () => {
    const check = checkDraft(aDraft({ prompt: 'x'.repeat(LIMITS.promptLength + 1) }), SD15);
    expect(check).toEqual({ ok: false, problems: { prompt: { kind: 'tooLong', max: LIMITS.promptLength } } });
  });

  it('sends nothing that the model has no use for', () => {
    const turbo = { ...SD15, usesNegativePrompt: false };
    const check = checkDraft(aDraft({ negativePrompt: 'text', scheduler: 'lcm', hires: true }), turbo);
    expect(check).toMatchObject({ ok: true, request: { negativePrompt: '', scheduler: null, hires: false } });
  });
});

describe('enlargementOf', () => {
  it('scales the size in force, and is nothing for a model without an upscaler', () => {
    expect([enlargementOf(aDraft(), BUILTIN), enlargementOf(aDraft(), SD15)]).toEqual([{ scale: 4, width: 512, height: 512 }, null]);
  });
});
