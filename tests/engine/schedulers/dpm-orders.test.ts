import { describe, expect, it } from 'vitest';
import { createSchedulePlan } from '../../../src/main/engine/schedulers/create-schedule-plan';
import { TorchCpuGenerator } from '../../../src/main/engine/tensor/random';

const SIZE = 16;

/** Every step's result on inputs that are the same whatever the solver, so that results differ by order alone. */
function resultsOf(numInferenceSteps: number, values: Record<string, unknown>): Float32Array[] {
  const plan = createSchedulePlan(
    { className: 'DPMSolverMultistepScheduler', values: { final_sigmas_type: 'sigma_min', ...values } },
    { numInferenceSteps },
  );
  const run = plan.begin();
  const inputs = new TorchCpuGenerator(3);
  return plan.timesteps.map((_, index) =>
    run.step({
      modelOutput: inputs.randn(SIZE),
      sample: inputs.randn(SIZE),
      index,
      noise: () => new Float32Array(SIZE),
    }),
  );
}

/** Which order each step of a solver took, by comparing it with plain solvers of order 1, 2 and 3. */
function ordersOf(numInferenceSteps: number, values: Record<string, unknown>): number[] {
  const plain = [1, 2, 3].map((solver_order) =>
    resultsOf(numInferenceSteps, { solver_order, lower_order_final: false }),
  );
  return resultsOf(numInferenceSteps, values).map((result, index) => {
    const equal = plain.findIndex((results) => results[index]?.every((value, i) => value === result[i]));
    return equal + 1;
  });
}

describe('the order of DPM-Solver++ steps', () => {
  it('rises with the history', () => {
    expect(ordersOf(6, { solver_order: 3, lower_order_final: false })).toEqual([1, 2, 3, 3, 3, 3]);
  });

  it('falls at the end of a run of less than 15 steps', () => {
    expect(ordersOf(6, { solver_order: 3 })).toEqual([1, 2, 3, 3, 2, 1]);
    expect(ordersOf(6, { solver_order: 2 })).toEqual([1, 2, 2, 2, 2, 1]);
    expect(ordersOf(14, { solver_order: 3 }).slice(-3)).toEqual([3, 2, 1]);
    expect(ordersOf(15, { solver_order: 3 }).slice(-3)).toEqual([3, 3, 3]);
  });

  it('falls to one in the last step where the config says so', () => {
    expect(ordersOf(15, { solver_order: 3, euler_at_final: true }).slice(-3)).toEqual([3, 3, 1]);
  });
});
