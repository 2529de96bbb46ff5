import { StudioError } from '../../../shared/errors';
import { labelOf, schedulerConfigFor } from '../models/scheduler-choice';
import type { Run } from '../run-context';
import { createSchedulePlan } from '../schedulers/create-schedule-plan';
import type { SchedulePlan } from '../schedulers/schedule-plan';

export interface Schedule {
  readonly plan: SchedulePlan;
  /** First model call: later ones only, where a picture is the start. */
  readonly beginIndex: number;
}

/** Steps that are left of `numInferenceSteps` at a strength: int(N · strength), at most N (diffusers `get_timesteps`). */
function skippedSteps(numInferenceSteps: number, strength: number): number {
  const kept = Math.min(Math.floor(numInferenceSteps * strength), numInferenceSteps);
  if (kept >= 1) return numInferenceSteps - kept;
  throw new StudioError(
    'invalid-request',
    `A strength of ${strength} leaves none of ${numInferenceSteps} steps: raise the strength or the steps until their product is at least 1.`,
  );
}

/**
 * The schedule of one request.
 * @param strength share of the schedule that runs, 1 = from pure noise
 * @throws StudioError `invalid-request` when no step is left, `model-unsupported` for an unknown scheduler class
 */
export function createSchedule(run: Run, size: { readonly width: number; readonly height: number }, strength: number): Schedule {
  const { task, model } = run;
  const config = schedulerConfigFor(model.layout, task.scheduler);
  run.scheduler = labelOf(config);
  // LCM's own pipeline shortens the distilled grid instead of skipping steps of it.
  const isShortened = model.layout.family.guidance === 'embedded' && config.className === 'LCMScheduler' && strength < 1;
  const eta = task.eta ?? (task.plain === true ? 0 : undefined);
  const plan = createSchedulePlan(config, {
    numInferenceSteps: task.numInferenceSteps,
    imageSequenceLength: Math.floor(size.height / 16) * Math.floor(size.width / 16),
    ...(isShortened ? { strength } : {}),
    ...(eta === undefined ? {} : { eta }),
  });
  const beginIndex = isShortened ? 0 : skippedSteps(task.numInferenceSteps, strength) * plan.order;
  return { plan, beginIndex };
}
