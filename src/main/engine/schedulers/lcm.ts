import { weightedSum } from '../tensor/weighted-sum';
import { alphaAt, alphaSpaceBase } from './alpha-space';
import { readAlphasCumprod } from './betas';
import { consistencyTimesteps } from './consistency-grid';
import { levelOfAlpha, originalOf, readOriginalBound, readPredictionType } from './prediction';
import type { SchedulePlan, ScheduleRequest, StepInput } from './schedule-plan';
import { readFlag, readNumber, type SchedulerConfig } from './scheduler-config';

/** The data deviation the boundary condition assumes. */
const SIGMA_DATA = 0.5;

/**
 * LCM multistep consistency sampling: Luo et al. 2023, algorithm 3, with the boundary scalings of Song et al. 2023
 * ("Consistency models", appendix C). `request.strength` shortens the grid itself. Draws at every step but the last.
 */
export function createLcmPlan(config: SchedulerConfig, request: ScheduleRequest): SchedulePlan {
  const alphas = readAlphasCumprod(config, {
    betaStart: 0.00085,
    betaEnd: 0.012,
    betaSchedule: 'scaled_linear',
  });
  const timesteps = consistencyTimesteps(config, request);
  const type = readPredictionType(config);
  const bound = readOriginalBound(config, false);
  const finalAlpha = readFlag(config, 'set_alpha_to_one', true) ? 1 : alphaAt(alphas, 0);
  const scaling = readNumber(config, 'timestep_scaling', 10);

  const step = ({ modelOutput, sample, index, noise }: StepInput): Float32Array => {
    const timestep = timesteps[index] ?? 0;
    const level = levelOfAlpha(alphaAt(alphas, timestep));
    const original = bound(originalOf({ type, modelOutput, sample, level }));
    const scaled = timestep * scaling;
    const spread = scaled ** 2 + SIGMA_DATA ** 2;
    const denoised = weightedSum([scaled / Math.sqrt(spread), original], [SIGMA_DATA ** 2 / spread, sample]);
    const next = timesteps[index + 1];
    if (next === undefined) return denoised;
    const target = levelOfAlpha(alphaAt(alphas, next, finalAlpha));
    return weightedSum([target.signal, denoised], [target.noise, noise()]);
  };

  return {
    ...alphaSpaceBase(alphas, timesteps, type),
    className: config.className,
    needsNoise: timesteps.length > 1,
    begin: () => ({ step }),
  };
}
