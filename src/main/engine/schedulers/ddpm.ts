import { weightedSum } from '../tensor/weighted-sum';
import { alphaAt, alphaSpaceBase } from './alpha-space';
import { readAlphasCumprod } from './betas';
import { levelOfAlpha, originalOf, readOriginalBound, readPredictionType } from './prediction';
import type { SchedulePlan, ScheduleRequest, StepInput } from './schedule-plan';
import { readChoice, type SchedulerConfig } from './scheduler-config';
import { spacedTimesteps } from './spacings';

/** DDPM: Ho et al. 2020, "Denoising diffusion probabilistic models", formula 7. Draws noise at every step but t = 0. */
export function createDdpmPlan(config: SchedulerConfig, request: ScheduleRequest): SchedulePlan {
  const alphas = readAlphasCumprod(config);
  const steps = request.numInferenceSteps;
  const timesteps = spacedTimesteps(config, { steps, defaultSpacing: 'leading', roundsLinspace: true });
  const type = readPredictionType(config);
  const bound = readOriginalBound(config, true);
  // The learned types need a denoiser with twice the channels, which no latent diffusion folder has.
  const varianceType = readChoice(config, 'variance_type', ['fixed_small', 'fixed_small_log', 'fixed_large']);

  const step = ({ modelOutput, sample, index, noise }: StepInput): Float32Array => {
    const timestep = timesteps[index] ?? 0;
    const alpha = alphaAt(alphas, timestep);
    const previousAlpha = alphaAt(alphas, timesteps[index + 1] ?? -1);
    const stepAlpha = alpha / previousAlpha;
    const original = bound(originalOf({ type, modelOutput, sample, level: levelOfAlpha(alpha) }));
    const mean = weightedSum(
      [(Math.sqrt(previousAlpha) * (1 - stepAlpha)) / (1 - alpha), original],
      [(Math.sqrt(stepAlpha) * (1 - previousAlpha)) / (1 - alpha), sample],
    );
    if (timestep <= 0) return mean;
    const posterior = ((1 - previousAlpha) / (1 - alpha)) * (1 - stepAlpha);
    const variance = varianceType === 'fixed_large' ? 1 - stepAlpha : Math.max(posterior, 1e-20);
    return weightedSum([1, mean], [Math.sqrt(variance), noise()]);
  };

  return {
    ...alphaSpaceBase(alphas, timesteps, type),
    className: config.className,
    needsNoise: true,
    begin: () => ({ step }),
  };
}
