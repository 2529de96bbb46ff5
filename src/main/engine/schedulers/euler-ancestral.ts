import { weightedSum } from '../tensor/weighted-sum';
import { readPredictionType } from './prediction';
import type { SchedulePlan, ScheduleRequest, StepInput } from './schedule-plan';
import type { SchedulerConfig } from './scheduler-config';
import { createSpacedSchedule } from './sigma-schedule';
import { derivativeOf, originalOfSigma, sigmaSpaceBase } from './sigma-space';

/**
 * Euler ancestral ("Euler a"): a deterministic step to σ_down, then fresh noise of σ_up (k-diffusion, Crowson 2022).
 * Draws at every step, also the last where σ_up = 0, so that the generator advances as the reference's does.
 */
export function createEulerAncestralPlan(config: SchedulerConfig, request: ScheduleRequest): SchedulePlan {
  const { timesteps, sigmas, spacing } = createSpacedSchedule(config, request.numInferenceSteps);
  const type = readPredictionType(config);

  const step = ({ modelOutput, sample, index, noise }: StepInput): Float32Array => {
    const from = sigmas[index] ?? 0;
    const to = sigmas[index + 1] ?? 0;
    const up = Math.sqrt((to ** 2 * (from ** 2 - to ** 2)) / from ** 2);
    const down = Math.sqrt(to ** 2 - up ** 2);
    const original = originalOfSigma({ type, modelOutput, sample, sigma: from });
    return weightedSum([1, sample], [down - from, derivativeOf(sample, original, from)], [up, noise()]);
  };

  return {
    ...sigmaSpaceBase({ timesteps, sigmas, type, spacing }),
    className: config.className,
    order: 1,
    needsNoise: true,
    begin: () => ({ step }),
  };
}
