import { weightedSum } from '../tensor/weighted-sum';
import { alphaAt, alphaSpaceBase } from './alpha-space';
import { readAlphasCumprod } from './betas';
import { consistencyTimesteps } from './consistency-grid';
import { levelOfAlpha, noiseOf, originalOf, readOriginalBound, readPredictionType } from './prediction';
import type { SchedulePlan, ScheduleRequest, StepInput } from './schedule-plan';
import type { SchedulerConfig } from './scheduler-config';

/**
 * TCD strategic stochastic sampling: Zheng et al. 2024, "Trajectory consistency distillation", algorithm 2.
 * `request.eta` is the paper's γ (0 = deterministic, default 0.3); `request.strength` shortens the grid itself.
 */
export function createTcdPlan(config: SchedulerConfig, request: ScheduleRequest): SchedulePlan {
  const alphas = readAlphasCumprod(config, {
    betaStart: 0.00085,
    betaEnd: 0.012,
    betaSchedule: 'scaled_linear',
  });
  const timesteps = consistencyTimesteps(config, request);
  const type = readPredictionType(config);
  const bound = readOriginalBound(config, false);
  const eta = request.eta ?? 0.3;

  const step = ({ modelOutput, sample, index, noise }: StepInput): Float32Array => {
    const next = timesteps[index + 1];
    const target = next ?? 0;
    const between = alphaAt(alphas, Math.floor((1 - eta) * target));
    const prediction = {
      type,
      modelOutput,
      sample,
      level: levelOfAlpha(alphaAt(alphas, timesteps[index] ?? 0)),
    };
    const level = levelOfAlpha(between);
    const noised = weightedSum(
      [level.signal, bound(originalOf(prediction))],
      [level.noise, noiseOf(prediction)],
    );
    if (eta <= 0 || next === undefined) return noised;
    const ratio = alphaAt(alphas, target) / between;
    return weightedSum([Math.sqrt(ratio), noised], [Math.sqrt(1 - ratio), noise()]);
  };

  return {
    ...alphaSpaceBase(alphas, timesteps, type),
    className: config.className,
    needsNoise: eta > 0 && timesteps.length > 1,
    begin: () => ({ step }),
  };
}
