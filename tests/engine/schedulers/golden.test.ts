import { describe, expect, it } from 'vitest';
import { createSchedulePlan } from '../../../src/main/engine/schedulers/create-schedule-plan';
import type { SchedulePlan } from '../../../src/main/engine/schedulers/schedule-plan';
import type { SchedulerConfig } from '../../../src/main/engine/schedulers/scheduler-config';
import goldenJson from '../../fixtures/golden/schedulers.json';

interface GoldenCase {
  readonly id: string;
  readonly class: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly steps: number;
  readonly timesteps: readonly number[];
  readonly sigmas?: readonly number[];
  readonly init_noise_sigma: number;
  readonly order: number;
  readonly start: readonly number[];
  readonly trajectory: readonly { readonly call: number; readonly x: readonly number[] }[];
  readonly noise?: readonly (readonly number[])[];
  readonly set_timesteps_args?: {
    readonly strength?: number;
    readonly original_inference_steps?: number;
    readonly mu?: number;
  };
  readonly step_args?: { readonly eta: number };
  readonly begin_step?: number;
  readonly begin_noise?: readonly number[];
  readonly used_timesteps?: readonly number[];
}

interface GoldenAddNoise {
  readonly class: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly steps: number;
  readonly noise: readonly number[];
  readonly results: readonly {
    readonly timestep_index: number;
    readonly timestep: number;
    readonly out: readonly number[];
  }[];
}

// Numbers of diffusers' own schedulers on the dummy model that the file states.
const golden = goldenJson as unknown as {
  readonly x0: readonly number[];
  readonly cases: readonly GoldenCase[];
  readonly add_noise: readonly GoldenAddNoise[];
};
const f32 = (values: readonly number[]): Float32Array => Float32Array.from(values);

/** The largest difference in units of the stated tolerance's scale max(1, |expected|). */
const worstOf = (actual: ArrayLike<number>, expected: readonly number[]): number =>
  actual.length === expected.length
    ? expected.reduce((worst, value, i) => {
        const difference = Math.abs((actual[i] ?? Number.NaN) - value) / Math.max(1, Math.abs(value));
        return Number.isNaN(difference) ? Infinity : Math.max(worst, difference);
      }, 0)
    : Infinity;

const relativeWorstOf = (actual: readonly number[], expected: readonly number[]): number =>
  actual.length === expected.length
    ? expected.reduce(
        (worst, value, i) =>
          Math.max(worst, Math.abs((actual[i] ?? Infinity) - value) / Math.max(Math.abs(value), 1e-3)),
        0,
      )
    : Infinity;

const dummyModel = (input: Float32Array, timestep: number): Float32Array =>
  input.map((x, i) => Math.fround(x * Math.fround(0.4 * (timestep / (timestep + 1)))) + 0.03 * (i - 7.5));

/** Arguments of the reference's set_timesteps that are config keys for us. */
function configOf({ class: className, config, set_timesteps_args: args }: GoldenCase): SchedulerConfig {
  const original =
    args?.original_inference_steps === undefined
      ? {}
      : { original_inference_steps: args.original_inference_steps };
  const shift = args?.mu === undefined ? {} : { base_shift: args.mu, max_shift: args.mu };
  return { className, values: { ...config, ...original, ...shift } };
}

function planOf(goldenCase: GoldenCase): SchedulePlan {
  const { steps, set_timesteps_args: args, step_args: stepArgs } = goldenCase;
  return createSchedulePlan(configOf(goldenCase), {
    numInferenceSteps: steps,
    imageSequenceLength: 1024,
    ...(args?.strength === undefined ? {} : { strength: args.strength }),
    ...(stepArgs === undefined ? {} : { eta: stepArgs.eta }),
  });
}

function startOf(goldenCase: GoldenCase, plan: SchedulePlan): Float32Array {
  const { begin_step: beginStep, begin_noise: beginNoise } = goldenCase;
  if (beginStep !== undefined && beginNoise !== undefined) {
    return plan.addNoise(f32(golden.x0), f32(beginNoise), beginStep * plan.order);
  }
  return f32(golden.x0).map((x) => x * plan.initNoiseSigma);
}

function walk(
  goldenCase: GoldenCase,
  plan: SchedulePlan,
): { readonly worst: number; readonly draws: number; readonly compared: number } {
  const begin = (goldenCase.begin_step ?? 0) * plan.order;
  const run = plan.begin(begin);
  let sample = startOf(goldenCase, plan);
  let worst = 0;
  let draws = 0;
  let compared = 0;
  const noise = (): Float32Array => {
    draws += 1;
    return f32(goldenCase.noise?.[draws - 1] ?? []);
  };
  plan.timesteps.slice(begin).forEach((timestep, call) => {
    const index = begin + call;
    const modelOutput = dummyModel(plan.scaleModelInput(sample, index), timestep);
    sample = run.step({ modelOutput, sample, index, noise });
    const expected = goldenCase.trajectory.find((entry) => entry.call === call);
    if (expected === undefined) return;
    compared += 1;
    worst = Math.max(worst, worstOf(sample, expected.x));
  });
  return { worst, draws, compared };
}

describe('schedulers against diffusers', () => {
  it.each(golden.cases.map((goldenCase) => [goldenCase.id, goldenCase] as const))(
    '%s: timesteps and noise levels',
    (_id, goldenCase) => {
      const plan = planOf(goldenCase);
      expect({
        timesteps:
          relativeWorstOf(plan.timesteps, goldenCase.timesteps) < 1e-6
            ? goldenCase.timesteps
            : plan.timesteps,
        sigmas:
          relativeWorstOf(plan.sigmas ?? [], goldenCase.sigmas ?? []) < 1e-6
            ? goldenCase.sigmas
            : plan.sigmas,
        initNoiseSigma:
          relativeWorstOf([plan.initNoiseSigma], [goldenCase.init_noise_sigma]) < 1e-6
            ? goldenCase.init_noise_sigma
            : plan.initNoiseSigma,
        order: plan.order,
        begin: plan.timesteps.slice((goldenCase.begin_step ?? 0) * plan.order).length,
      }).toEqual({
        timesteps: goldenCase.timesteps,
        sigmas: goldenCase.sigmas,
        initNoiseSigma: goldenCase.init_noise_sigma,
        order: goldenCase.order,
        begin: (goldenCase.used_timesteps ?? goldenCase.timesteps).length,
      });
    },
  );

  it.each(golden.cases.map((goldenCase) => [goldenCase.id, goldenCase] as const))(
    '%s: start and every step',
    (_id, goldenCase) => {
      const plan = planOf(goldenCase);
      const { worst, draws, compared } = walk(goldenCase, plan);
      const start = worstOf(startOf(goldenCase, plan), goldenCase.start);
      expect({
        start: start < 1e-5 ? 'within 1e-5' : start,
        steps: worst < 1e-4 ? 'within 1e-4' : worst,
        compared,
        draws,
      }).toEqual({
        start: 'within 1e-5',
        steps: 'within 1e-4',
        compared: goldenCase.trajectory.length,
        draws: goldenCase.noise?.length ?? 0,
      });
    },
  );

  it.each(golden.add_noise.map((goldenCase) => [goldenCase.class, goldenCase] as const))(
    '%s adds noise at a timestep',
    (_class, goldenCase) => {
      const plan = createSchedulePlan(
        { className: goldenCase.class, values: goldenCase.config },
        { numInferenceSteps: goldenCase.steps },
      );
      const worst = goldenCase.results.map(({ timestep_index: index, out }) =>
        worstOf(plan.addNoise(f32(golden.x0), f32(goldenCase.noise), index), out),
      );
      expect(Math.max(...worst)).toBeLessThan(1e-5);
    },
  );
});
