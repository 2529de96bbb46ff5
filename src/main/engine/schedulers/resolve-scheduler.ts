import { StudioError } from '../../../shared/errors';
import { SCHEDULERS, type SchedulerChoice } from '../../../shared/schedulers';
import type { SchedulerConfig } from './scheduler-config';
import { SIGMA_FLAGS } from './sigma-kind';

/**
 * Keys that make a scheduler what its name says. A choice sets them or leaves them at the class's defaults,
 * so that "DPM++ 2M" is the same method on a folder that came with "DPM++ 3M SDE Karras".
 */
const METHOD_KEYS: ReadonlySet<string> = new Set([
  ...SIGMA_FLAGS,
  'algorithm_type',
  'solver_type',
  'solver_order',
  'predict_x0',
  'disable_corrector',
  'skip_prk_steps',
  'stochastic_sampling',
]);

/** Whether the model was trained with flow matching, which diffusion schedulers cannot walk, nor the other way round. */
export const isFlowConfig = ({ className, values }: SchedulerConfig): boolean =>
  className.startsWith('FlowMatch') ||
  values['use_flow_sigmas'] === true ||
  values['prediction_type'] === 'flow_prediction';

/**
 * Lays a user's scheduler over the folder's own config as diffusers' `from_config` does: what the model was trained
 * with (betas, prediction_type, timestep_spacing, steps_offset, shift, ...) stays, the method changes.
 * `null` obeys the folder in every key.
 * @throws StudioError `invalid-request` when a diffusion scheduler is chosen for a flow model or the reverse.
 */
export function resolveSchedulerConfig(
  folder: SchedulerConfig,
  choice: SchedulerChoice | null,
): SchedulerConfig {
  if (choice === null) return folder;
  const isFlow = isFlowConfig(folder);
  if (isFlow !== (choice.kind === 'flow')) {
    const training = isFlow ? 'with flow matching' : 'to predict noise';
    throw new StudioError('invalid-request', `${choice.label} does not suit a model trained ${training}: choose the model's own scheduler.`);
  }
  const kept = Object.entries(folder.values).filter(([key]) => !METHOD_KEYS.has(key));
  return { className: choice.className, values: { ...Object.fromEntries(kept), ...choice.overrides } };
}

/** Defaults that make an absent key and a written default the same method. */
const METHOD_DEFAULTS: Readonly<Record<string, unknown>> = {
  algorithm_type: 'dpmsolver++',
  skip_prk_steps: false,
};

/** The name users know for a config: the closest entry of SCHEDULERS, else the class name without its ending. */
export function schedulerLabel(config: SchedulerConfig): string {
  const valueOf = (key: string): unknown => config.values[key] ?? METHOD_DEFAULTS[key] ?? false;
  const matching = SCHEDULERS.filter(
    ({ className, overrides }) =>
      className === config.className &&
      Object.entries(overrides).every(([key, value]) => valueOf(key) === value),
  );
  const sizeOf = (entry: SchedulerChoice): number => Object.keys(entry.overrides).length;
  const closest = [...matching].sort((a, b) => sizeOf(b) - sizeOf(a))[0];
  return closest?.label ?? config.className.replace(/(Discrete)?Scheduler$/, '');
}
