import { StudioError } from '../../../shared/errors';
import { roundHalfEven } from '../tensor/rounding';
import { readChoice, readNumber, type SchedulerConfig } from './scheduler-config';

export type TimestepSpacing = 'leading' | 'trailing' | 'linspace';

/** `count` evenly spaced numbers from start to end, both included. */
export function linspace(start: number, end: number, count: number): number[] {
  const step = count > 1 ? (end - start) / (count - 1) : 0;
  return Array.from({ length: count }, (_, i) => (i > 0 && i === count - 1 ? end : start + step * i));
}

/**
 * numpy.arange(start, 0, -step): every value above zero. numpy advances by the rounded difference of the first two
 * values, not by `step`; without that, ties round the other way at 48, 96, 112, ... trailing steps.
 */
function countDown(start: number, step: number): number[] {
  const advance = start - step - start;
  return Array.from({ length: Math.ceil(start / step) }, (_, i) => start + i * advance);
}

export const trailingTimesteps = (trainSteps: number, last: number, steps: number): number[] =>
  countDown(last, trainSteps / steps).map((t) => roundHalfEven(t) - 1);

export interface SpacingRequest {
  readonly steps: number;
  readonly defaultSpacing: TimestepSpacing;
  /** Where linspace keeps fractions (Euler family) or rounds them (ᾱ family). */
  readonly roundsLinspace: boolean;
}

export const readTrainSteps = (config: SchedulerConfig): number =>
  readNumber(config, 'num_train_timesteps', 1000);

export function readSpacing(config: SchedulerConfig, fallback: TimestepSpacing): TimestepSpacing {
  return readChoice(config, 'timestep_spacing', [fallback, 'leading', 'trailing', 'linspace']);
}

/** @throws StudioError `invalid-request` for zero, fractional or more steps than the model was trained on. */
export function checkSteps(config: SchedulerConfig, steps: number): void {
  const trainSteps = readTrainSteps(config);
  if (Number.isInteger(steps) && steps >= 1 && steps <= trainSteps) return;
  throw new StudioError(
    'invalid-request',
    `Expected 1 to ${trainSteps} steps for ${config.className} but received ${steps}.`,
  );
}

/**
 * Timesteps from noisy to clean by timestep_spacing and steps_offset: table 2 of Lin et al. 2024 (arXiv 2305.08891),
 * in the form that DDIM, DDPM, PNDM, Euler and Heun share.
 */
export function spacedTimesteps(config: SchedulerConfig, request: SpacingRequest): number[] {
  const { steps } = request;
  const trainSteps = readTrainSteps(config);
  switch (readSpacing(config, request.defaultSpacing)) {
    case 'linspace': {
      const points = linspace(0, trainSteps - 1, steps).reverse();
      return request.roundsLinspace ? points.map(roundHalfEven) : points;
    }
    case 'leading': {
      const ratio = Math.floor(trainSteps / steps);
      const offset = readNumber(config, 'steps_offset', 0);
      return Array.from({ length: steps }, (_, i) => (steps - 1 - i) * ratio + offset);
    }
    case 'trailing':
      return trailingTimesteps(trainSteps, trainSteps, steps);
  }
}
