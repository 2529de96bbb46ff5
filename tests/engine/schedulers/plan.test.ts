import { describe, expect, it } from 'vitest';
import {
  createSchedulePlan,
  SCHEDULER_CLASS_NAMES,
} from '../../../src/main/engine/schedulers/create-schedule-plan';
import type { SchedulePlan } from '../../../src/main/engine/schedulers/schedule-plan';
import { TorchCpuGenerator } from '../../../src/main/engine/tensor/random';

const SIZE = 64;
const STEPS = 8;
const STABLE_DIFFUSION = {
  beta_start: 0.00085,
  beta_end: 0.012,
  beta_schedule: 'scaled_linear',
  clip_sample: false,
  timestep_spacing: 'trailing',
};
const X0 = new TorchCpuGenerator(5).randn(SIZE);
const NOISE = new TorchCpuGenerator(6).randn(SIZE);

const planOf = (className: string, values: Record<string, unknown> = {}, request = {}): SchedulePlan =>
  createSchedulePlan(
    { className, values: { ...STABLE_DIFFUSION, ...values } },
    { numInferenceSteps: STEPS, ...request },
  );

const isFlow = (plan: SchedulePlan): boolean => plan.className.startsWith('FlowMatch');
const farthest = (a: Float32Array, b: Float32Array): number =>
  a.reduce((worst, value, i) => Math.max(worst, Math.abs(value - (b[i] ?? Infinity))), 0);

/** What a perfect model of the single picture X0 answers: the noise in `sample`, or its velocity. */
function oracle(plan: SchedulePlan, sample: Float32Array, index: number): Float32Array {
  const zero = new Float32Array(SIZE);
  const one = new Float32Array(SIZE).fill(1);
  const signal = plan.addNoise(one, zero, index)[0] ?? 0;
  const noise = plan.addNoise(zero, one, index)[0] ?? 0;
  const epsilon = sample.map((x, i) => (x - signal * (X0[i] ?? 0)) / noise);
  return isFlow(plan) ? epsilon.map((value, i) => value - (X0[i] ?? 0)) : epsilon;
}

const startOf = (plan: SchedulePlan): Float32Array => NOISE.map((value) => value * plan.initNoiseSigma);

function* walk(plan: SchedulePlan, begin = 0, start = startOf(plan)): Generator<Float32Array> {
  const run = plan.begin(begin);
  const generator = new TorchCpuGenerator(9);
  let sample = start;
  for (let index = begin; index < plan.timesteps.length; index += 1) {
    const modelOutput = oracle(plan, sample, index);
    sample = run.step({ modelOutput, sample, index, noise: () => generator.randn(SIZE) });
    yield sample;
  }
}

const lastOf = (steps: Iterable<Float32Array>): Float32Array => [...steps].at(-1) ?? new Float32Array();

describe.each(SCHEDULER_CLASS_NAMES)('%s', (className) => {
  const values = className === 'PNDMScheduler' ? { skip_prk_steps: true, set_alpha_to_one: true } : {};

  it('sees the clean latents through their noise at every step', () => {
    const plan = planOf(className, values);
    const worst = plan.timesteps.map((_, index) => {
      const sample = plan.addNoise(X0, NOISE, index);
      return farthest(plan.predictOriginal(oracle(plan, sample, index), sample, index), X0);
    });
    expect(Math.max(...worst)).toBeLessThan(1e-4);
  });

  it('keeps two runs of one plan apart', () => {
    const plan = planOf(className, values);
    const alone = [...walk(plan)];
    const first = walk(plan);
    const second = walk(plan);
    const interleaved = alone.map(() => [first.next().value as unknown, second.next().value as unknown]);
    expect(interleaved).toEqual(alone.map((sample) => [sample, sample]));
  });

  it('leaves its inputs as they are', () => {
    const plan = planOf(className, values);
    const run = plan.begin();
    plan.timesteps.forEach((_, index) => {
      const [sample, modelOutput] = [startOf(plan), Float32Array.from(NOISE)];
      run.step({ modelOutput, sample, index, noise: () => new Float32Array(SIZE) });
      plan.scaleModelInput(sample, index);
      plan.predictOriginal(modelOutput, sample, index);
      expect([sample, modelOutput]).toEqual([startOf(plan), NOISE]);
    });
  });

  it('starts in the middle as well as at the beginning', () => {
    const plan = planOf(className, values);
    const begin = 4 * plan.order;
    const end = lastOf(walk(plan, begin, plan.addNoise(X0, NOISE, begin)));
    expect(end.every(Number.isFinite)).toBe(true);
  });
});

describe('a perfect model', () => {
  it.each([
    ['DDIMScheduler', {}],
    ['DDPMScheduler', {}],
    ['EulerDiscreteScheduler', {}],
    ['EulerDiscreteScheduler', { use_karras_sigmas: true }],
    ['EulerAncestralDiscreteScheduler', {}],
    ['HeunDiscreteScheduler', {}],
    ['DPMSolverMultistepScheduler', {}],
    ['DPMSolverMultistepScheduler', { use_lu_lambdas: true, solver_order: 3 }],
    ['DPMSolverMultistepScheduler', { algorithm_type: 'sde-dpmsolver++', solver_order: 3 }],
    ['UniPCMultistepScheduler', {}],
    ['UniPCMultistepScheduler', { solver_order: 3, solver_type: 'bh1' }],
    ['FlowMatchEulerDiscreteScheduler', { shift: 3 }],
    ['FlowMatchEulerDiscreteScheduler', { stochastic_sampling: true }],
  ])('is followed to the clean picture by %s %j', (className, values) => {
    expect(farthest(lastOf(walk(planOf(className, values))), X0)).toBeLessThan(1e-4);
  });
});

describe('keys that no golden run covers', () => {
  const stepOnce = (plan: SchedulePlan, sample: Float32Array, modelOutput: Float32Array): Float32Array =>
    plan.begin().step({ modelOutput, sample, index: 0, noise: () => new Float32Array(SIZE) });

  it('thresholding divides by the quantile of |x0|, at most sample_max_value', () => {
    // prediction_type sample: x0 is the output, 1..64 with signs; numpy.quantile(|x0|, 0.5) = 32.5.
    const output = Float32Array.from({ length: SIZE }, (_, i) => (i % 2 === 0 ? i + 1 : -(i + 1)));
    const values = { thresholding: true, dynamic_thresholding_ratio: 0.5, prediction_type: 'sample' };
    const bounded = (limit: number) =>
      stepOnce(
        createSchedulePlan(
          { className: 'DPMSolverMultistepScheduler', values: { ...values, sample_max_value: limit } },
          { numInferenceSteps: 1 },
        ),
        startOf(planOf('DDIMScheduler')),
        output,
      );
    const expected = (limit: number) =>
      output.map((value) => Math.min(Math.max(value, -limit), limit) / limit);
    expect(farthest(bounded(100), expected(32.5))).toBeLessThan(1e-5);
    expect(farthest(bounded(10), expected(10))).toBeLessThan(1e-5);
  });

  it('clip_sample_range sets where clip_sample clips', () => {
    const values = {
      clip_sample: true,
      clip_sample_range: 0.25,
      prediction_type: 'sample',
      set_alpha_to_one: true,
    };
    const clipped = stepOnce(
      createSchedulePlan(
        { className: 'DDPMScheduler', values: { ...STABLE_DIFFUSION, ...values } },
        { numInferenceSteps: 1 },
      ),
      NOISE,
      X0,
    );
    expect(Math.max(...clipped.map(Math.abs))).toBe(0.25);
  });

  it('timestep_scaling sets how much of the sample LCM keeps', () => {
    const plan = createSchedulePlan(
      { className: 'LCMScheduler', values: { timestep_scaling: 0.001, prediction_type: 'sample' } },
      { numInferenceSteps: 1 },
    );
    // Boundary scalings of the consistency papers at 0.999 with a data deviation of 0.5.
    const spread = 0.999 ** 2 + 0.25;
    const expected = X0.map((x0, i) => (0.999 / Math.sqrt(spread)) * x0 + (0.25 / spread) * (NOISE[i] ?? 0));
    expect(farthest(stepOnce(plan, NOISE, X0), expected)).toBeLessThan(1e-6);
  });

  it('trained_betas replace the schedule', () => {
    const betas = Array.from({ length: 1000 }, () => 0.01);
    const plan = planOf('DDIMScheduler', { trained_betas: betas, timestep_spacing: 'leading' });
    const index = plan.timesteps.length - 1;
    expect(plan.timesteps[index]).toBe(0);
    expect(plan.addNoise(Float32Array.of(1), Float32Array.of(0), index)[0]).toBeCloseTo(Math.sqrt(0.99), 6);
  });

  it('use_flow_sigmas makes first order DPM++ walk as Flow Euler does between the same levels', () => {
    const plan = planOf('DPMSolverMultistepScheduler', {
      use_flow_sigmas: true,
      flow_shift: 3,
      prediction_type: 'flow_prediction',
      solver_order: 1,
    });
    const [from = 0, to = 0] = plan.sigmas ?? [];
    expect(from).toBeCloseTo((3 * 0.999) / (1 + 2 * 0.999), 6);
    expect(plan.addNoise(Float32Array.of(1, 0), Float32Array.of(0, 1), 0)).toEqual(
      Float32Array.of(1 - from, from),
    );
    const euler = NOISE.map((x, i) => x + (to - from) * (X0[i] ?? 0));
    expect(farthest(stepOnce(plan, NOISE, X0), euler)).toBeLessThan(1e-5);
  });

  it('final_sigmas_type sigma_min ends flow levels at their own last for UniPC, at the smallest trained level for DPM++', () => {
    const values = {
      use_flow_sigmas: true,
      prediction_type: 'flow_prediction',
      final_sigmas_type: 'sigma_min',
    };
    const unipc = planOf('UniPCMultistepScheduler', values).sigmas ?? [];
    const dpm = planOf('DPMSolverMultistepScheduler', values).sigmas ?? [];
    // The smallest noise level of Stable Diffusion's betas.
    expect([unipc.at(-1), dpm.at(-1)]).toEqual([unipc.at(-2), expect.closeTo(0.02916753, 6)]);
  });

  it('lambda_min_clipped leaves out the noisiest timesteps', () => {
    const plan = planOf('DPMSolverMultistepScheduler', {
      lambda_min_clipped: -1,
      timestep_spacing: 'linspace',
    });
    const loudest = Math.max(...(plan.sigmas ?? []));
    expect([loudest <= Math.E, loudest > Math.E * 0.99]).toEqual([true, true]);
  });

  it('invert_sigmas runs the flow from clean to noise', () => {
    const plan = planOf('FlowMatchEulerDiscreteScheduler', { invert_sigmas: true });
    expect([plan.sigmas?.[0], plan.sigmas?.at(-1), plan.timesteps[0]]).toEqual([0, 1, 0]);
  });

  it('the token count sets the dynamic shift: mu is 0.5 at 256 tokens and 1.15 at 4096', () => {
    const shiftAt = (imageSequenceLength: number): number => {
      const sigma =
        planOf('FlowMatchEulerDiscreteScheduler', { use_dynamic_shifting: true }, { imageSequenceLength })
          .sigmas?.[1] ?? 0;
      const unshifted = 1 - (1 - 1 / 1000) / (STEPS - 1);
      return Math.log((sigma / (1 - sigma)) * ((1 - unshifted) / unshifted));
    };
    expect([shiftAt(256), shiftAt(4096)]).toEqual([expect.closeTo(0.5, 4), expect.closeTo(1.15, 4)]);
  });

  const cosine = (t: number): number => Math.cos((((t + 0.008) / 1.008) * Math.PI) / 2) ** 2;
  it.each([
    ['exp', (t: number) => Math.exp((-12 * (t + 1)) / 1000)],
    ['squaredcos_cap_v2', (t: number) => cosine((t + 1) / 1000) / cosine(0)],
    [
      'sigmoid',
      (t: number) =>
        Array.from(
          { length: t + 1 },
          (_, i) => 1 - 0.0001 - 0.0199 / (1 + Math.exp(6 - (12 * i) / 999)),
        ).reduce((product, alpha) => product * alpha),
    ],
  ])('beta_schedule %s follows its formula', (schedule, alphaCumprod) => {
    const plan = planOf('DDIMScheduler', {
      beta_schedule: schedule,
      beta_start: 0.0001,
      beta_end: 0.02,
      timestep_spacing: 'leading',
    });
    const signal = plan.timesteps.map(
      (_, index) => plan.addNoise(Float32Array.of(1), Float32Array.of(0), index)[0],
    );
    expect(signal).toEqual(
      plan.timesteps.map((t) => expect.closeTo(Math.sqrt(alphaCumprod(t)), 5) as unknown),
    );
  });

  it('survives as many steps as were trained with an offset', () => {
    const plan = createSchedulePlan(
      {
        className: 'DDIMScheduler',
        values: { ...STABLE_DIFFUSION, steps_offset: 1, timestep_spacing: 'leading' },
      },
      { numInferenceSteps: 1000 },
    );
    expect(plan.timesteps[0]).toBe(1000);
    expect(stepOnce(plan, NOISE, X0).every(Number.isFinite)).toBe(true);
  });

  it('rounds trailing timesteps as numpy.arange does, which is not what the formula says at 48 steps', () => {
    expect(
      createSchedulePlan(
        { className: 'DDIMScheduler', values: { timestep_spacing: 'trailing' } },
        { numInferenceSteps: 48 },
      ).timesteps[3],
    ).toBe(936);
  });
});
