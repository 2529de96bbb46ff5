import { StudioError } from '../../../shared/errors';
import { SCHEDULERS } from '../../../shared/schedulers';
import type { Run } from '../run-context';
import { createSchedulePlan } from '../schedulers/create-schedule-plan';
import { resolveSchedulerConfig, schedulerLabel } from '../schedulers/resolve-scheduler';
import type { SchedulePlan } from '../schedulers/schedule-plan';

export interface Schedule {
  readonly plan: SchedulePlan;
  /** First model call: later ones only, where a picture is the start. */
  readonly beginIndex: number;
}

/**
 * Steps left out at a strength. diffusers keeps int(N · strength) steps of Stable Diffusion but skips int(N − N · strength)
 * of SD 3's: the two differ where the product is no whole number (`get_timesteps` of each pipeline).
 */
function skippedSteps(run: Run, strength: number): number {
  const { numInferenceSteps } = run.task;
  const kept = Math.min(numInferenceSteps * strength, numInferenceSteps);
  const skipped = run.model.layout.family.textRecipe === 'sd3' ? Math.floor(numInferenceSteps - kept) : numInferenceSteps - Math.floor(kept);
  if (strength > 0 && skipped < numInferenceSteps) return skipped;
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
  const choice = SCHEDULERS.find(({ id }) => id === task.scheduler) ?? null;
  const config = resolveSchedulerConfig(model.layout.folder.scheduler, choice);
  run.scheduler = { className: config.className, label: schedulerLabel(config) };
  // LCM's own image-to-image shortens the distilled grid; others, inpainting too, skip steps of it.
  const isShortened = task.kind === 'img2img' && model.layout.family.guidance === 'embedded' && config.className === 'LCMScheduler' && strength < 1;
  // The reference's pipelines pass 0 unless told otherwise, also to schedulers with another default (TCD).
  const eta = task.eta ?? 0;
  const plan = createSchedulePlan(config, {
    numInferenceSteps: task.numInferenceSteps,
    imageSequenceLength: Math.floor(size.height / 16) * Math.floor(size.width / 16),
    eta,
    ...(isShortened ? { strength } : {}),
  });
  const beginIndex = isShortened ? 0 : skippedSteps(run, strength) * plan.order;
  return { plan, beginIndex };
}
