import { weightedSum } from '../tensor/weighted-sum';
import { levelOfSigma, originalOf, type PredictionType } from './prediction';
import type { SchedulePlan } from './schedule-plan';
import type { TimestepSpacing } from './spacings';

/** Latents as x = x0 + σ·noise: the space in which Euler, Euler ancestral and Heun walk. */
export interface SigmaPrediction {
  readonly type: PredictionType;
  readonly modelOutput: Float32Array;
  readonly sample: Float32Array;
  readonly sigma: number;
}

/** Clean latents: x − σ·ε, or x/(σ² + 1) − σ·v/√(σ² + 1), or the output itself. */
export function originalOfSigma({ type, modelOutput, sample, sigma }: SigmaPrediction): Float32Array {
  if (type === 'epsilon') return weightedSum([1, sample], [-sigma, modelOutput]);
  const level = levelOfSigma(sigma);
  return originalOf({ type, modelOutput, sample: weightedSum([level.signal, sample]), level });
}

/** The derivative dx/dσ = (x − x0)/σ of Karras et al. 2022, formula 1. */
export const derivativeOf = (sample: Float32Array, original: Float32Array, sigma: number): Float32Array =>
  weightedSum([1 / sigma, sample], [-1 / sigma, original]);

export interface SigmaSpaceSetup {
  readonly timesteps: readonly number[];
  readonly sigmas: readonly number[];
  readonly type: PredictionType;
  readonly spacing: TimestepSpacing;
}

export type SigmaSpaceBase = Pick<
  SchedulePlan,
  'timesteps' | 'sigmas' | 'initNoiseSigma' | 'scaleModelInput' | 'addNoise' | 'predictOriginal'
>;

export function sigmaSpaceBase({ timesteps, sigmas, type, spacing }: SigmaSpaceSetup): SigmaSpaceBase {
  const sigmaAt = (index: number): number => sigmas[index] ?? 0;
  const largest = Math.max(...sigmas);
  return {
    timesteps,
    sigmas,
    // Leading spacing starts below the largest noise level, so the latents keep the variance of a clean picture.
    initNoiseSigma: spacing === 'leading' ? Math.sqrt(largest ** 2 + 1) : largest,
    scaleModelInput: (sample, index) => weightedSum([levelOfSigma(sigmaAt(index)).signal, sample]),
    addNoise: (original, noise, index) => weightedSum([1, original], [sigmaAt(index), noise]),
    predictOriginal: (modelOutput, sample, index) =>
      originalOfSigma({ type, modelOutput, sample, sigma: sigmaAt(index) }),
  };
}
