import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  createSchedulePlan,
  SCHEDULER_CLASS_NAMES,
} from '../../../src/main/engine/schedulers/create-schedule-plan';
import { parseSchedulerConfig, readNumber } from '../../../src/main/engine/schedulers/scheduler-config';

const ODD_CONFIG = new URL(
  '../../fixtures/golden/odd-configs/dpm-infinity/scheduler_config.json',
  import.meta.url,
);

const failure = (act: () => unknown): unknown => {
  try {
    return { returned: act() };
  } catch (error) {
    return error;
  }
};

describe('parseSchedulerConfig', () => {
  it("reads diffusers' own file with its bare -Infinity, and runs it", () => {
    const config = parseSchedulerConfig(readFileSync(ODD_CONFIG, 'utf8'));
    expect(config.className).toBe('DPMSolverMultistepScheduler');
    expect(readNumber(config, 'lambda_min_clipped', 0)).toBe(-Infinity);
    // DPM++ 2M Karras in diffusers on Stable Diffusion's betas.
    expect(createSchedulePlan(config, { numInferenceSteps: 10 }).timesteps).toEqual([
      999, 916, 815, 687, 523, 327, 146, 41, 7, 0,
    ]);
  });

  it('leaves the same words inside strings alone', () => {
    const config = parseSchedulerConfig(
      '{"_class_name": "X", "note": "-Infinity, NaN \\" Infinity", "a": NaN, "b": [Infinity, -Infinity]}',
    );
    expect(config.values).toEqual({
      _class_name: 'X',
      note: '-Infinity, NaN " Infinity',
      a: 'NaN',
      b: ['Infinity', '-Infinity'],
    });
  });

  it.each([
    ['{"_class_name": ', /Expected JSON/],
    ['[]', /"_class_name"/],
    ['{"beta_start": 0.1}', /"_class_name"/],
    ['{"_class_name": 3}', /"_class_name"/],
  ])('refuses %s', (text, message) => {
    expect(failure(() => parseSchedulerConfig(text))).toMatchObject({
      code: 'model-invalid',
      message: expect.stringMatching(message) as unknown,
    });
  });
});

const plan = (className: string, values: Record<string, unknown>, numInferenceSteps = 10) =>
  failure(() => createSchedulePlan({ className, values }, { numInferenceSteps }));

describe('createSchedulePlan refuses', () => {
  it('an unknown class, naming it and what there is', () => {
    expect(plan('KDPM2DiscreteScheduler', {})).toMatchObject({
      code: 'model-unsupported',
      message: expect.stringContaining(
        `${SCHEDULER_CLASS_NAMES.join(', ')} but the model asks for KDPM2DiscreteScheduler`,
      ) as unknown,
    });
  });

  it.each([
    [
      'DDIMScheduler',
      { prediction_type: 'magic' },
      /"prediction_type" of DDIMScheduler but received "magic"/,
    ],
    ['DDIMScheduler', { beta_start: 'small' }, /a number for "beta_start"/],
    ['DDIMScheduler', { clip_sample: 1 }, /true or false for "clip_sample"/],
    ['DDIMScheduler', { trained_betas: ['a'] }, /a list of numbers for "trained_betas"/],
    ['DDPMScheduler', { variance_type: 'learned' }, /"variance_type" of DDPMScheduler/],
    [
      'EulerDiscreteScheduler',
      { use_karras_sigmas: true, use_beta_sigmas: true },
      /at most one noise spacing/,
    ],
    ['DPMSolverMultistepScheduler', { algorithm_type: 'dpmsolver' }, /"sigma_min"/],
    ['DPMSolverMultistepScheduler', { solver_order: 4 }, /"solver_order"/],
    ['UniPCMultistepScheduler', { predict_x0: false }, /"sigma_min"/],
  ])('%s with %j', (className, values, message) => {
    expect(plan(className, values)).toMatchObject({
      code: 'model-unsupported',
      message: expect.stringMatching(message) as unknown,
    });
  });

  it.each([
    ['DDIMScheduler', {}, 0],
    ['DDIMScheduler', {}, 2.5],
    ['EulerDiscreteScheduler', {}, 1001],
    ['LCMScheduler', {}, 51],
    ['PNDMScheduler', { skip_prk_steps: false }, 3],
    ['FlowMatchEulerDiscreteScheduler', { use_dynamic_shifting: true }, 10],
  ])('%s with %j and %s steps as a request', (className, values, steps) => {
    expect(plan(className, values, steps)).toMatchObject({ code: 'invalid-request' });
  });

  it.each(['LCMScheduler', 'TCDScheduler'])('%s with more steps than its strength leaves', (className) => {
    const act = () => createSchedulePlan({ className, values: {} }, { numInferenceSteps: 8, strength: 0.1 });
    expect(failure(act)).toMatchObject({
      code: 'invalid-request',
      message: `Expected at most 5 steps for ${className} at strength 0.1 but received 8; ask for fewer steps or more strength.`,
    });
  });
});
