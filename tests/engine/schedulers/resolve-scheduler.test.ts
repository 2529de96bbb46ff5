import { describe, expect, it } from 'vitest';
import {
  createSchedulePlan,
  SCHEDULER_CLASS_NAMES,
} from '../../../src/main/engine/schedulers/create-schedule-plan';
import {
  resolveSchedulerConfig,
  schedulerLabel,
} from '../../../src/main/engine/schedulers/resolve-scheduler';
import type { SchedulerConfig } from '../../../src/main/engine/schedulers/scheduler-config';
import { SCHEDULERS, type SchedulerChoice } from '../../../src/shared/schedulers';

const choiceOf = (id: string): SchedulerChoice => {
  const choice = SCHEDULERS.find((entry) => entry.id === id);
  if (choice === undefined) throw new Error(`No scheduler ${id}`);
  return choice;
};

const SD: SchedulerConfig = {
  className: 'PNDMScheduler',
  values: {
    _class_name: 'PNDMScheduler',
    beta_start: 0.00085,
    beta_end: 0.012,
    beta_schedule: 'scaled_linear',
    steps_offset: 1,
    skip_prk_steps: true,
    prediction_type: 'v_prediction',
    timestep_spacing: 'trailing',
    set_alpha_to_one: false,
  },
};
const DPM_SDE_KARRAS: SchedulerConfig = {
  className: 'DPMSolverMultistepScheduler',
  values: {
    algorithm_type: 'sde-dpmsolver++',
    use_karras_sigmas: true,
    solver_order: 3,
    solver_type: 'heun',
    beta_end: 0.012,
  },
};
const FLOW: SchedulerConfig = { className: 'FlowMatchEulerDiscreteScheduler', values: { shift: 3 } };

describe('resolveSchedulerConfig', () => {
  it('obeys the folder where nothing is chosen', () => {
    expect(resolveSchedulerConfig(SD, null)).toBe(SD);
  });

  it('keeps what the model was trained with when the class changes', () => {
    const { className, values } = resolveSchedulerConfig(SD, choiceOf('dpmpp-2m-karras'));
    expect({ className, values }).toEqual({
      className: 'DPMSolverMultistepScheduler',
      values: {
        _class_name: 'PNDMScheduler',
        beta_start: 0.00085,
        beta_end: 0.012,
        beta_schedule: 'scaled_linear',
        steps_offset: 1,
        prediction_type: 'v_prediction',
        timestep_spacing: 'trailing',
        set_alpha_to_one: false,
        use_karras_sigmas: true,
      },
    });
  });

  it("takes nothing of the folder's method into a chosen one", () => {
    expect(resolveSchedulerConfig(DPM_SDE_KARRAS, choiceOf('dpmpp-2m')).values).toEqual({ beta_end: 0.012 });
  });

  it.each([
    [FLOW, 'euler', /^Euler does not suit a model trained with flow matching/],
    [SD, 'flow-euler', /^Flow Euler does not suit a model trained to predict noise/],
  ])('refuses a scheduler of the other kind', (folder, id, message) => {
    expect(() => resolveSchedulerConfig(folder, choiceOf(id))).toThrowError(message);
  });

  it.each(SCHEDULERS.map((choice) => [choice.label, choice] as const))(
    '%s runs, and is called by its name',
    (label, choice) => {
      const resolved = resolveSchedulerConfig(choice.kind === 'flow' ? FLOW : SD, choice);
      expect(createSchedulePlan(resolved, { numInferenceSteps: 6 }).className).toBe(choice.className);
      expect(schedulerLabel(resolved)).toBe(label);
    },
  );

  it('offers every class that there is', () => {
    expect(new Set(SCHEDULERS.map(({ className }) => className))).toEqual(new Set(SCHEDULER_CLASS_NAMES));
  });
});

describe('schedulerLabel', () => {
  it.each([
    [DPM_SDE_KARRAS, 'DPM++ 2M SDE Karras'],
    [{ className: 'PNDMScheduler', values: {} }, 'PNDM'],
    [{ className: 'LMSDiscreteScheduler', values: {} }, 'LMS'],
  ])('names %j', (config, label) => {
    expect(schedulerLabel(config)).toBe(label);
  });
});
