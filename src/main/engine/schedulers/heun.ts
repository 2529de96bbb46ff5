import { weightedSum } from '../tensor/weighted-sum';
import { readClip, readPredictionType } from './prediction';
import type { SchedulePlan, ScheduleRequest, SchedulerRun, StepInput } from './schedule-plan';
import type { SchedulerConfig } from './scheduler-config';
import { createHeunSchedule } from './sigma-schedule';
import { derivativeOf, originalOfSigma, sigmaSpaceBase } from './sigma-space';

/** The first half of a step, kept until its second half: where it began, how far it goes, its slope there. */
interface HalfStep {
  readonly sample: Float32Array;
  readonly length: number;
  readonly slope: Float32Array;
}

/** Repeats every entry but the first `kept` ones. */
const doubledAfter = (values: readonly number[], kept: number): number[] =>
  values.flatMap((value, i) => (i < kept ? [value] : [value, value]));

/**
 * Heun: Karras et al. 2022, algorithm 1 without churn. Two model calls a step, one for the last:
 * `timesteps` has 2N − 1 entries and `order` is 2.
 */
export function createHeunPlan(config: SchedulerConfig, request: ScheduleRequest): SchedulePlan {
  const schedule = createHeunSchedule(config, request.numInferenceSteps);
  const timesteps = doubledAfter(schedule.timesteps, 1);
  const levels = schedule.sigmas.slice(0, -1);
  const sigmas = [...doubledAfter(levels, 1), ...schedule.sigmas.slice(-1)];
  const type = readPredictionType(config);
  const bound = readClip(config, false);

  const begin = (): SchedulerRun => {
    let half: HalfStep | null = null;
    const step = ({ modelOutput, sample, index }: StepInput): Float32Array => {
      const sigma = sigmas[index] ?? 0;
      const slope = derivativeOf(sample, bound(originalOfSigma({ type, modelOutput, sample, sigma })), sigma);
      if (half === null) {
        half = { sample, length: (sigmas[index + 1] ?? 0) - sigma, slope };
        return weightedSum([1, sample], [half.length, slope]);
      }
      const { sample: start, length, slope: firstSlope } = half;
      half = null;
      return weightedSum([1, start], [length / 2, firstSlope], [length / 2, slope]);
    };
    return { step };
  };

  return {
    ...sigmaSpaceBase({ timesteps, sigmas, type, spacing: schedule.spacing }),
    className: config.className,
    order: 2,
    needsNoise: false,
    begin,
  };
}
