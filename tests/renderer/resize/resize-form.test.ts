import { describe, expect, it } from 'vitest';
import { FIRST_FORM, settingsOf, TARGETS, WAYS, type ResizeForm, type ResizeMeans } from '../../../src/renderer/stores/resize-form';
import { ResizeSettings } from '../../../src/shared/resize/settings';
import { UpscalerId } from '../../../src/shared/resize/upscaler';
import { BUILTIN } from '../fake-models';

const MEANS: ResizeMeans = { upscalerId: UpscalerId.parse('builtin:photo'), model: BUILTIN };
const sent = (changes: Partial<ResizeForm>, means = MEANS): ResizeSettings | null => settingsOf({ ...FIRST_FORM, ...changes }, means);

describe('the settings that a form is sent as', () => {
  it.each(TARGETS.flatMap((by) => WAYS.map((way) => [by, way] as const)))('are what main takes for %s by %s', (by, way) => {
    const settings = sent({ by, way });
    expect(ResizeSettings.parse(settings)).toEqual(settings);
    expect([settings?.target.by, settings?.way.way]).toEqual([by, way]);
  });

  it('hold only what the chosen target needs', () => {
    expect(sent({ by: 'percent', percent: 150 })?.target).toEqual({ by: 'percent', percent: 150 });
    expect(sent({ by: 'pixels', width: null, height: 600, lock: false })?.target).toEqual({ by: 'pixels', width: null, height: 600, lock: false });
    expect(sent({ by: 'longest', longest: 900 })?.target).toEqual({ by: 'longest', pixels: 900 });
    expect(sent({ by: 'megapixels', megapixels: 2.5 })?.target).toEqual({ by: 'megapixels', megapixels: 2.5 });
    expect(sent({ by: 'print', widthCm: 10, heightCm: 15, dpi: 240 })?.target).toEqual({ by: 'print', widthCm: 10, heightCm: 15, dpi: 240, lock: true });
    expect(sent({ by: 'aspect', ratio: [16, 9] })?.target).toEqual({ by: 'aspect', ratio: [16, 9] });
  });

  it.each([
    ['percent', { percent: null }],
    ['pixels', { width: null, height: null }],
    ['longest', { longest: null }],
    ['megapixels', { megapixels: null }],
    ['print', { dpi: null }],
    ['print', { widthCm: null, heightCm: null }],
  ] as const)('are none while a field of %s is empty', (by, changes) => {
    expect(sent({ by, ...changes })).toBeNull();
  });

  it('do not mind what another target left empty', () => {
    expect(sent({ by: 'percent', width: null, height: null, longest: null, megapixels: null, dpi: null })).not.toBeNull();
  });

  it('are none while nobody is there to do the work', () => {
    const nobody: ResizeMeans = { upscalerId: null, model: null };
    expect(WAYS.map((way) => sent({ way }, nobody) !== null)).toEqual([false, true, true, false]);
  });

  it('name the colour of a pad only where it is one', () => {
    expect(sent({ way: 'crop', fit: 'contain', fill: 'colour', colour: '#204060' })?.way).toMatchObject({ fit: 'contain', fill: { kind: 'colour', colour: '#204060' } });
    expect(sent({ way: 'crop', fill: 'transparent' })?.way).toMatchObject({ fill: { kind: 'transparent' } });
  });

  it('draw new area and finer detail by the model in use, at its own steps and guidance', () => {
    const { numInferenceSteps, guidanceScale } = BUILTIN.defaults;
    expect(sent({ way: 'extend', prompt: 'a meadow' })?.way).toMatchObject({ modelId: BUILTIN.id, prompt: 'a meadow', numInferenceSteps, guidanceScale });
    expect(sent({ isCreative: true, strength: 0.35 })?.creative).toMatchObject({ modelId: BUILTIN.id, strength: 0.35, numInferenceSteps, guidanceScale });
  });

  it('have a second stage only after a network and with a model', () => {
    expect(sent({ isCreative: true, way: 'resample' })?.creative).toBeNull();
    expect(sent({ isCreative: true }, { ...MEANS, model: null })?.creative).toBeNull();
    expect(sent({ isCreative: false })?.creative).toBeNull();
  });
});
