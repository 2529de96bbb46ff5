import { StudioError } from '../../../shared/errors';
import type { ScheduleRequest } from './schedule-plan';
import { readNumber, type SchedulerConfig } from './scheduler-config';
import { linspace, readTrainSteps } from './spacings';

/**
 * Timesteps of LCM and TCD: the grid the student was distilled on (original_inference_steps points, the noisiest
 * left out below strength 1), thinned evenly to the steps asked for (Luo et al. 2023, "Latent consistency models").
 * @throws StudioError `invalid-request` when the grid has fewer points than steps.
 */
export function consistencyTimesteps(config: SchedulerConfig, request: ScheduleRequest): number[] {
  const originalSteps = readNumber(config, 'original_inference_steps', 50);
  const stride = Math.floor(readTrainSteps(config) / originalSteps);
  const available = Math.floor(originalSteps * (request.strength ?? 1));
  const steps = request.numInferenceSteps;
  if (available < steps) {
    throw new StudioError(
      'invalid-request',
      `Expected at most ${available} steps for ${config.className} at strength ${request.strength ?? 1} but received ${steps}; ask for fewer steps or more strength.`,
      { details: { className: config.className, steps, available } },
    );
  }
  const starts = linspace(0, available, steps + 1).slice(0, -1);
  return starts.map((start) => (available - Math.floor(start)) * stride - 1);
}
