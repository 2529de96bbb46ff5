import { weightedSum } from '../tensor/weighted-sum';
import {
  levelOfSigma,
  noiseOf,
  originalOf,
  type NoiseLevel,
  type OriginalBound,
  type PredictionType,
} from './prediction';
import type { SchedulePlan } from './schedule-plan';
import { readChoice, readFlag, type SchedulerConfig } from './scheduler-config';
import type { SolverSchedule } from './solver-schedule';

/** A flow model's latents are x = (1 − σ)·x0 + σ·noise and its output is noise − x0. */
export type SolverPredictionType = PredictionType | 'flow_prediction';

export const readSolverPredictionType = (config: SchedulerConfig): SolverPredictionType =>
  readChoice(config, 'prediction_type', ['epsilon', 'v_prediction', 'sample', 'flow_prediction']);

/** How one schedule's σ turns into signal and noise, and the time λ = ln(signal/noise) that the solvers integrate over. */
export interface SolverSpace {
  readonly type: SolverPredictionType;
  level(index: number): NoiseLevel;
  lambda(index: number): number;
}

export function createSolverSpace(config: SchedulerConfig, sigmas: readonly number[]): SolverSpace {
  const isFlow = readFlag(config, 'use_flow_sigmas', false);
  const level = (index: number): NoiseLevel => {
    const sigma = sigmas[index] ?? 0;
    return isFlow ? { signal: 1 - sigma, noise: sigma } : levelOfSigma(sigma);
  };
  return {
    type: readSolverPredictionType(config),
    level,
    lambda: (index) => {
      const { signal, noise } = level(index);
      return Math.log(signal) - Math.log(noise);
    },
  };
}

/** What a solver integrates: clean latents ("++" and predict_x0) or noise. */
export type SolverTarget = 'original' | 'noise';

export interface SolverConversion {
  readonly space: SolverSpace;
  readonly target: SolverTarget;
  readonly bound: OriginalBound;
}

export interface SolverOutput {
  readonly modelOutput: Float32Array;
  readonly sample: Float32Array;
  readonly index: number;
}

export function solverOriginal(
  space: SolverSpace,
  { modelOutput, sample, index }: SolverOutput,
): Float32Array {
  const level = space.level(index);
  return space.type === 'flow_prediction'
    ? weightedSum([1, sample], [-level.noise, modelOutput])
    : originalOf({ type: space.type, modelOutput, sample, level });
}

/** The model's output as the quantity the solver integrates; bounds act on clean latents in either case. */
export function convertOutput(
  { space, target, bound }: SolverConversion,
  output: SolverOutput,
): Float32Array {
  const original = solverOriginal(space, output);
  const bounded = bound(original);
  if (target === 'original') return bounded;
  const level = space.level(output.index);
  const isUntouched = bounded === original;
  if (space.type === 'flow_prediction' || !isUntouched) {
    return weightedSum([1 / level.noise, output.sample], [-level.signal / level.noise, bounded]);
  }
  return noiseOf({ type: space.type, modelOutput: output.modelOutput, sample: output.sample, level });
}

export type SolverSpaceBase = Pick<
  SchedulePlan,
  'timesteps' | 'sigmas' | 'initNoiseSigma' | 'order' | 'scaleModelInput' | 'addNoise' | 'predictOriginal'
>;

export function solverSpaceBase(schedule: SolverSchedule, space: SolverSpace): SolverSpaceBase {
  return {
    timesteps: schedule.timesteps,
    sigmas: schedule.sigmas,
    initNoiseSigma: 1,
    order: 1,
    scaleModelInput: (sample) => sample,
    addNoise: (original, noise, index) => {
      const level = space.level(index);
      return weightedSum([level.signal, original], [level.noise, noise]);
    },
    predictOriginal: (modelOutput, sample, index) => solverOriginal(space, { modelOutput, sample, index }),
  };
}
