import { StudioError } from '../../../shared/errors';
import { SCHEDULERS, type SchedulerId } from '../../../shared/schedulers';
import type { SchedulerConfig } from '../schedulers/scheduler-config';
import type { ModelLayout } from './model-layout';

/** The name a user knows for what runs. */
export interface SchedulerLabel {
  readonly className: string;
  readonly label: string;
}

/** `_class_name`, with the user's choice laid over the folder's config where there is one. */
export function schedulerConfigFor(layout: ModelLayout, choice: SchedulerId | null): SchedulerConfig {
  const own = layout.folder.scheduler;
  if (choice === null) return own;
  const chosen = SCHEDULERS.find((scheduler) => scheduler.id === choice);
  if (chosen === undefined) throw new StudioError('invalid-request', `Expected a known scheduler but received ${choice}.`);
  if (chosen.kind !== layout.family.schedulerKind) {
    throw new StudioError('invalid-request', `${chosen.label} does not suit a ${layout.family.label} model: choose the model's own scheduler.`);
  }
  // The reference's from_config keeps every key of the old config that the new class knows; unknown keys are ignored.
  return { className: chosen.className, values: { ...cleared(own.values), _class_name: chosen.className, ...chosen.overrides } };
}

/** Choosing "Euler" over a folder that says Karras must mean plain Euler. */
function cleared(values: SchedulerConfig['values']): SchedulerConfig['values'] {
  return { ...values, use_karras_sigmas: false, use_exponential_sigmas: false, use_beta_sigmas: false };
}

/** The scheduler as users know it, or its class name where no entry of the list fits. */
export function labelOf(config: SchedulerConfig): SchedulerLabel {
  const flag = (key: string): boolean => config.values[key] === true;
  const fits = SCHEDULERS.filter((scheduler) => scheduler.className === config.className).find((scheduler) => {
    const overrides: Readonly<Record<string, string | number | boolean>> = scheduler.overrides;
    const sigmas = ['use_karras_sigmas', 'use_exponential_sigmas', 'use_beta_sigmas'].every((key) => flag(key) === (overrides[key] === true));
    const algorithm = (overrides['algorithm_type'] ?? 'dpmsolver++') === (config.values['algorithm_type'] ?? 'dpmsolver++');
    return sigmas && algorithm;
  });
  return { className: config.className, label: fits?.label ?? config.className.replace(/(Discrete|Multistep)?Scheduler$/, '') };
}
