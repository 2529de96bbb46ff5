import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ModelId } from '../../../src/shared/ids';
import { planResize, type PlanInput, type ResizeSourceFacts } from '../../../src/shared/resize/plan-resize';
import type { Creative, ResizeSettings, ResizeWay } from '../../../src/shared/resize/settings';
import type { SizeTarget } from '../../../src/shared/resize/size-target';
import { UpscalerId, type UpscalerFacts } from '../../../src/shared/resize/upscaler';
import { planInWords, problemInWords } from '../../../src/shared/resize/words';

const id = UpscalerId.parse('builtin:x4');
const upscaler: UpscalerFacts = { id, name: 'Lines', scale: 4, tile: 192, context: 16 };
const source: ResizeSourceFacts = { width: 512, height: 384, channels: 3, depth: 8 };
const resample: ResizeWay = { way: 'resample', kernel: 'lanczos3', linearLight: false };
const byModel: ResizeWay = { way: 'model', upscalerId: id, kernel: 'lanczos3', linearLight: false };
const crop = (fit: 'cover' | 'contain' | 'canvas'): ResizeWay => ({ way: 'crop', fit, gravity: 'centre', fill: { kind: 'transparent' }, upscalerId: null, kernel: 'lanczos3', linearLight: false });
const extend: ResizeWay = { way: 'extend', gravity: 'west', modelId: ModelId.parse('builtin:draw'), fill: 'edge', prompt: '', negativePrompt: '', numInferenceSteps: 4, guidanceScale: 1, scheduler: null, seed: 1 };
const creative: Creative = { modelId: ModelId.parse('builtin:draw'), strength: 0.3, prompt: '', negativePrompt: '', numInferenceSteps: 8, guidanceScale: 1, scheduler: null, seed: 1 };
const percent = (value: number): SizeTarget => ({ by: 'percent', percent: value });
const pixels = (width: number | null, height: number | null, lock = true): SizeTarget => ({ by: 'pixels', width, height, lock });

const plan = (target: SizeTarget, way: ResizeWay, change: Partial<PlanInput> & { readonly settings?: ResizeSettings } = {}) =>
  planResize({ source, settings: { target, way, creative: null }, upscaler, creative: null, format: 'png', ...change });

describe('planResize', () => {
  it('enlarges by the model and resamples the rest', () => {
    const made = plan(percent(372), byModel);
    expect(planInWords(made)).toBe('x4 by Lines, then 93 % resample');
    expect(made.outputSize).toEqual({ width: 1905, height: 1428 });
    expect(made.tiles).toBe(6);
    expect(made.outputBytes).toBe(1905 * 1428 * 3);
    expect(made.problems).toEqual([]);
  });

  it.each([
    [percent(400), 'x4 by Lines'],
    [percent(1600), 'x4 twice by Lines'],
    [percent(600), 'x4 twice by Lines, then 37.5 % resample'],
    [percent(50), '50 % resample'],
    [percent(100), 'nothing to do'],
    [pixels(1024, 384, false), 'x4 by Lines, then 50 by 25 % resample'],
  ] as const)('says what it does for %o', (target, words) => {
    expect(planInWords(plan(target, byModel))).toBe(words);
  });

  it('runs a network that keeps the size once, also where nothing grows', () => {
    expect(planInWords(plan(percent(50), byModel, { upscaler: { ...upscaler, scale: 1 } }))).toBe('cleaned by Lines, then 50 % resample');
  });

  it('holds the aspect in a box when locked, and says when it is stretched', () => {
    expect(plan(pixels(1000, 1000), resample).outputSize).toEqual({ width: 1000, height: 750 });
    const free = plan(pixels(1000, 1000, false), resample);
    expect(free.outputSize).toEqual({ width: 1000, height: 1000 });
    expect(free.problems.map(({ code }) => code)).toEqual(['squeezed']);
  });

  it.each([
    ['cover', [['resample', 1024, 768], ['crop', 768, 768]]],
    ['contain', [['resample', 768, 576], ['pad', 768, 768]]],
    ['canvas', [['pad', 768, 768]]],
  ] as const)('fits a frame by %s', (fit, steps) => {
    expect(plan(pixels(768, 768), crop(fit)).steps.map((step) => [step.kind, ...('to' in step ? [step.to.width, step.to.height] : [])])).toEqual(steps);
  });

  it('crops and pads at once where one side is too long and the other too short', () => {
    const { steps } = plan(pixels(256, 500), { ...crop('canvas'), gravity: 'south-east' } as ResizeWay);
    expect(steps).toMatchObject([
      { kind: 'crop', x: 256, y: 0, to: { width: 256, height: 384 } },
      { kind: 'pad', x: 0, y: 116, to: { width: 256, height: 500 } },
    ]);
  });

  it('cuts to another shape inside the picture, pads and extends around it', () => {
    const square: SizeTarget = { by: 'aspect', ratio: [1, 1] };
    expect(plan(square, crop('cover')).outputSize).toEqual({ width: 384, height: 384 });
    expect(plan(square, crop('contain')).outputSize).toEqual({ width: 512, height: 512 });
    expect(plan({ by: 'aspect', ratio: [16, 9] }, extend).steps).toEqual([{ kind: 'extend', from: { width: 512, height: 384 }, to: { width: 683, height: 384 }, left: 0, top: 0, right: 171, bottom: 0 }]);
    expect(plan(square, resample).problems.map(({ code }) => code)).toEqual(['aspect-needs-frame']);
  });

  it('prints at a size in centimetres', () => {
    expect(plan({ by: 'print', widthCm: 10, heightCm: 15, dpi: 300, lock: true }, crop('cover')).outputSize).toEqual({ width: 1181, height: 1772 });
    expect(plan({ by: 'print', widthCm: 10, heightCm: null, dpi: 300, lock: true }, resample).outputSize).toEqual({ width: 1181, height: 886 });
  });

  it.each([
    ['size-missing', pixels(null, null), resample, {}],
    ['upscaler-missing', percent(400), byModel, { upscaler: null }],
    ['too-large', percent(3200), resample, { source: { ...source, width: 8000, height: 8000 } }],
    ['format-too-small', percent(400), resample, { source: { ...source, width: 5000, height: 5000 }, format: 'webp' }],
    ['extend-inside', pixels(100, 1000), extend, {}],
  ] as const)('refuses: %s', (code, target, way, change) => {
    const blocking = plan(target, way, change).problems.filter(({ isBlocking }) => isBlocking);
    expect(blocking.map((problem) => problem.code)).toEqual([code]);
    expect(blocking.map(problemInWords).join(' ')).not.toContain('undefined');
  });

  it('tells what a person should know but need not change', () => {
    const codes = (target: SizeTarget, change: Partial<PlanInput> = {}): readonly string[] => plan(target, byModel, change).problems.map(({ code }) => code);
    expect(codes(percent(80))).toEqual(['model-not-needed']);
    expect(codes(percent(3200))).toEqual(['beyond-model']);
    expect(codes(percent(400), { source: { ...source, channels: 4 }, format: 'jpeg' })).toEqual(['no-alpha']);
  });

  it('draws detail after scaling and before a frame is filled', () => {
    const made = planResize({ source, settings: { target: pixels(1024, 1024), way: crop('contain'), creative }, upscaler, creative: { tile: 256 }, format: 'png' });
    expect(made.steps.map(({ kind }) => kind)).toEqual(['resample', 'creative', 'pad']);
    expect(made.steps[1]).toMatchObject({ size: { width: 1024, height: 768 }, tile: 256, overlap: 64, tiles: 20 });
  });

  it('leads from the source to the asked size without a gap, whatever is asked', () => {
    const sides = fc.integer({ min: 1, max: 3000 });
    const ways = fc.constantFrom(resample, byModel, crop('cover'), crop('contain'), crop('canvas'), extend);
    fc.assert(
      fc.property(sides, sides, sides, sides, ways, fc.constantFrom(1, 2, 3, 4, 8), (width, height, toWidth, toHeight, way, scale) => {
        const made = plan(pixels(toWidth, toHeight, false), way, { source: { ...source, width, height }, upscaler: { ...upscaler, scale } });
        if (made.problems.some(({ isBlocking }) => isBlocking)) return;
        let size = { width, height };
        for (const step of made.steps) {
          if (!('to' in step)) continue;
          expect(step.from).toEqual(size);
          size = step.to;
        }
        expect(size).toEqual(made.outputSize);
        expect(size).toEqual({ width: toWidth, height: toHeight });
      }),
    );
  });
});
