import { weightedSum } from '../tensor/weighted-sum';
import { readPredictionType } from './prediction';
import type { SchedulePlan, ScheduleRequest, StepInput } from './schedule-plan';
import { readChoice, type SchedulerConfig } from './scheduler-config';
import { createEulerSchedule } from './sigma-schedule';
import { derivativeOf, originalOfSigma, sigmaSpaceBase } from './sigma-space';

/** Euler: Karras et al. 2022, "Elucidating the design space", algorithm 2 without churn and without correction. */
export function createEulerPlan(config: SchedulerConfig, request: ScheduleRequest): SchedulePlan {
  const { sigmas, spacing, ...schedule } = createEulerSchedule(config, request.numInferenceSteps);
  const type = readPredictionType(config);
  const isContinuous =
    type === 'v_prediction' &&
    readChoice(config, 'timestep_type', ['discrete', 'continuous']) === 'continuous';
  // EDM models take c_noise = ln(σ)/4 instead of a training timestep.
  const timesteps = isContinuous
    ? sigmas.slice(0, -1).map((sigma) => Math.log(sigma) / 4)
    : schedule.timesteps;

  const step = ({ modelOutput, sample, index }: StepInput): Float32Array => {
    const sigma = sigmas[index] ?? 0;
    const original = originalOfSigma({ type, modelOutput, sample, sigma });
    return weightedSum(
      [1, sample],
      [(sigmas[index + 1] ?? 0) - sigma, derivativeOf(sample, original, sigma)],
    );
  };

  return {
    ...sigmaSpaceBase({ timesteps, sigmas, type, spacing }),
    className: config.className,
    order: 1,
    needsNoise: false,
    begin: () => ({ step }),
  };
}
