import { StudioError } from '../../../shared/errors';
import { weightedSum } from '../tensor/weighted-sum';
import type { SchedulePlan, ScheduleRequest, StepInput } from './schedule-plan';
import {
  readChoice,
  readFlag,
  readNumber,
  readOptionalNumber,
  type SchedulerConfig,
} from './scheduler-config';
import { readSigmaKind, respaceSigmas } from './sigma-kind';
import { linspace, readTrainSteps } from './spacings';

type Shift = (sigma: number) => number;

/** σ → s·σ/(1 + (s − 1)·σ): Esser et al. 2024, "Scaling rectified flow transformers", formula 23. */
const staticShift =
  (shift: number): Shift =>
  (sigma) =>
    (shift * sigma) / (1 + (shift - 1) * sigma);

/** The shift that grows with the picture: μ linear in the number of latent tokens (Flux, SD 3.5). */
function dynamicShift(config: SchedulerConfig, { imageSequenceLength }: ScheduleRequest): Shift {
  if (imageSequenceLength === undefined) {
    throw new StudioError(
      'invalid-request',
      `Expected the size of the picture for ${config.className} with use_dynamic_shifting but received none.`,
    );
  }
  const baseLength = readNumber(config, 'base_image_seq_len', 256);
  const baseShift = readNumber(config, 'base_shift', 0.5);
  const slope =
    (readNumber(config, 'max_shift', 1.15) - baseShift) /
    (readNumber(config, 'max_image_seq_len', 4096) - baseLength);
  const mu = baseShift + slope * (imageSequenceLength - baseLength);
  const isLinear = readChoice(config, 'time_shift_type', ['exponential', 'linear']) === 'linear';
  const factor = isLinear ? mu : Math.exp(mu);
  return (sigma) => factor / (factor + (1 / sigma - 1));
}

/** Stretches the levels so that the last one is `terminal` instead of nearly zero. */
function stretchTo(sigmas: readonly number[], terminal: number): number[] {
  const scale = (1 - (sigmas[sigmas.length - 1] ?? 0)) / (1 - terminal);
  return sigmas.map((sigma) => 1 - (1 - sigma) / scale);
}

function createFlowSigmas(config: SchedulerConfig, request: ScheduleRequest): number[] {
  const trainSteps = readTrainSteps(config);
  const isDynamic = readFlag(config, 'use_dynamic_shifting', false);
  const shift = isDynamic ? dynamicShift(config, request) : staticShift(readNumber(config, 'shift', 1));
  // The reference shifts the ends of its range once when it is built and every level again here.
  const smallest = Math.fround(isDynamic ? 1 / trainSteps : shift(1 / trainSteps));
  const steps = request.numInferenceSteps;
  const shifted = linspace(trainSteps, smallest * trainSteps, steps).map((t) => shift(t / trainSteps));
  const terminal = readOptionalNumber(config, 'shift_terminal');
  const levels = terminal === undefined || terminal === 0 ? shifted : stretchTo(shifted, terminal);
  const kind = readSigmaKind(config, ['karras', 'exponential', 'beta']);
  if (kind === null) return levels;
  return respaceSigmas(kind, { min: levels[levels.length - 1] ?? 0, max: levels[0] ?? 1, count: steps });
}

/** Euler steps along a rectified flow, x = (1 − σ)·x0 + σ·noise; the model answers the velocity noise − x0. */
export function createFlowMatchEulerPlan(config: SchedulerConfig, request: ScheduleRequest): SchedulePlan {
  const isInverted = readFlag(config, 'invert_sigmas', false);
  const levels = createFlowSigmas(config, request).map((sigma) =>
    Math.fround(isInverted ? 1 - sigma : sigma),
  );
  const timesteps = levels.map((sigma) => Math.fround(sigma * readTrainSteps(config)));
  const sigmas = [...levels, isInverted ? 1 : 0];
  const isStochastic = readFlag(config, 'stochastic_sampling', false);
  const sigmaAt = (index: number): number => sigmas[index] ?? 0;
  const originalAt = (modelOutput: Float32Array, sample: Float32Array, index: number): Float32Array =>
    weightedSum([1, sample], [-sigmaAt(index), modelOutput]);
  const noiseTo = (original: Float32Array, noise: Float32Array, index: number): Float32Array =>
    weightedSum([1 - sigmaAt(index), original], [sigmaAt(index), noise]);

  const step = ({ modelOutput, sample, index, noise }: StepInput): Float32Array =>
    isStochastic
      ? noiseTo(originalAt(modelOutput, sample, index), noise(), index + 1)
      : weightedSum([1, sample], [sigmaAt(index + 1) - sigmaAt(index), modelOutput]);

  return {
    className: config.className,
    timesteps,
    sigmas,
    initNoiseSigma: 1,
    order: 1,
    needsNoise: isStochastic,
    scaleModelInput: (sample) => sample,
    addNoise: noiseTo,
    predictOriginal: originalAt,
    begin: () => ({ step }),
  };
}
