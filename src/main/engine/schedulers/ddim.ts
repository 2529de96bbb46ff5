import { weightedSum } from '../tensor/weighted-sum';
import { alphaAt, alphaSpaceBase } from './alpha-space';
import { readAlphasCumprod } from './betas';
import { levelOfAlpha, noiseOf, originalOf, readOriginalBound, readPredictionType } from './prediction';
import type { SchedulePlan, ScheduleRequest, StepInput } from './schedule-plan';
import { readFlag, type SchedulerConfig } from './scheduler-config';
import { readTrainSteps, spacedTimesteps } from './spacings';

/** DDIM: Song et al. 2021, "Denoising diffusion implicit models", formula 12 with σ_t = η·√variance (formula 16). */
export function createDdimPlan(config: SchedulerConfig, request: ScheduleRequest): SchedulePlan {
  const alphas = readAlphasCumprod(config);
  const steps = request.numInferenceSteps;
  const timesteps = spacedTimesteps(config, { steps, defaultSpacing: 'leading', roundsLinspace: true });
  const stride = Math.floor(readTrainSteps(config) / steps);
  const finalAlpha = readFlag(config, 'set_alpha_to_one', true) ? 1 : alphaAt(alphas, 0);
  const type = readPredictionType(config);
  const bound = readOriginalBound(config, true);
  const eta = request.eta ?? 0;

  const step = ({ modelOutput, sample, index, noise }: StepInput): Float32Array => {
    const timestep = timesteps[index] ?? 0;
    const alpha = alphaAt(alphas, timestep);
    const previousAlpha = alphaAt(alphas, timestep - stride, finalAlpha);
    const prediction = { type, modelOutput, sample, level: levelOfAlpha(alpha) };
    const original = bound(originalOf(prediction));
    const variance = ((1 - previousAlpha) / (1 - alpha)) * (1 - alpha / previousAlpha);
    const deviation = eta * Math.sqrt(variance);
    const direction = Math.sqrt(1 - previousAlpha - deviation ** 2);
    const mean = weightedSum([Math.sqrt(previousAlpha), original], [direction, noiseOf(prediction)]);
    return eta > 0 ? weightedSum([1, mean], [deviation, noise()]) : mean;
  };

  return {
    ...alphaSpaceBase(alphas, timesteps, type),
    className: config.className,
    needsNoise: eta > 0,
    begin: () => ({ step }),
  };
}
