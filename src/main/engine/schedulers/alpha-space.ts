import { weightedSum } from '../tensor/weighted-sum';
import { levelOfAlpha, originalOf, type PredictionType } from './prediction';
import type { SchedulePlan } from './schedule-plan';

/** What every ᾱ-space plan (DDIM, DDPM, PNDM, LCM, TCD) shares: no input scaling, unit initial noise. */
export type AlphaSpaceBase = Pick<
  SchedulePlan,
  'timesteps' | 'initNoiseSigma' | 'order' | 'scaleModelInput' | 'addNoise' | 'predictOriginal'
>;

/**
 * ᾱ of a timestep; a timestep below zero (past the last step) has `beyond`. As many steps as were trained, with a
 * steps_offset, ask for one timestep too many: it gets the noisiest there is.
 */
export function alphaAt(alphas: Float32Array, timestep: number, beyond = 1): number {
  return timestep < 0 ? beyond : (alphas[Math.min(timestep, alphas.length - 1)] ?? beyond);
}

export function alphaSpaceBase(
  alphas: Float32Array,
  timesteps: readonly number[],
  type: PredictionType,
): AlphaSpaceBase {
  const levelAt = (index: number) => levelOfAlpha(alphaAt(alphas, timesteps[index] ?? 0));
  return {
    timesteps,
    initNoiseSigma: 1,
    order: 1,
    scaleModelInput: (sample) => sample,
    addNoise: (original, noise, index) => {
      const level = levelAt(index);
      return weightedSum([level.signal, original], [level.noise, noise]);
    },
    predictOriginal: (modelOutput, sample, index) =>
      originalOf({ type, modelOutput, sample, level: levelAt(index) }),
  };
}
