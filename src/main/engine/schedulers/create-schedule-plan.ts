import { StudioError } from '../../../shared/errors';
import { createDdimPlan } from './ddim';
import { createDdpmPlan } from './ddpm';
import { createDpmMultistepPlan } from './dpm-multistep';
import { createEulerPlan } from './euler';
import { createEulerAncestralPlan } from './euler-ancestral';
import { createFlowMatchEulerPlan } from './flow-match-euler';
import { createHeunPlan } from './heun';
import { createLcmPlan } from './lcm';
import { createPndmPlan } from './pndm';
import { createTcdPlan } from './tcd';
import { createUnipcPlan } from './unipc';
import type { SchedulePlan, ScheduleRequest } from './schedule-plan';
import type { SchedulerConfig } from './scheduler-config';
import { checkSteps } from './spacings';

type PlanMaker = (config: SchedulerConfig, request: ScheduleRequest) => SchedulePlan;

const PLAN_MAKERS: ReadonlyMap<string, PlanMaker> = new Map([
  ['DDIMScheduler', createDdimPlan],
  ['DDPMScheduler', createDdpmPlan],
  ['PNDMScheduler', createPndmPlan],
  ['EulerDiscreteScheduler', createEulerPlan],
  ['EulerAncestralDiscreteScheduler', createEulerAncestralPlan],
  ['HeunDiscreteScheduler', createHeunPlan],
  ['DPMSolverMultistepScheduler', createDpmMultistepPlan],
  ['UniPCMultistepScheduler', createUnipcPlan],
  ['LCMScheduler', createLcmPlan],
  ['TCDScheduler', createTcdPlan],
  ['FlowMatchEulerDiscreteScheduler', createFlowMatchEulerPlan],
]);

/** The diffusers classes that a scheduler_config.json may name. */
export const SCHEDULER_CLASS_NAMES: readonly string[] = [...PLAN_MAKERS.keys()];

/**
 * Makes the plan of one job, obeying every key of `config` with diffusers' defaults for those that are absent.
 * @throws StudioError `model-unsupported` for an unknown class or an unknown value of a key,
 * `invalid-request` for a number of steps that the schedule cannot have.
 */
export function createSchedulePlan(config: SchedulerConfig, request: ScheduleRequest): SchedulePlan {
  const makePlan = PLAN_MAKERS.get(config.className);
  if (makePlan === undefined) {
    throw new StudioError(
      'model-unsupported',
      `Expected one of ${SCHEDULER_CLASS_NAMES.join(', ')} but the model asks for ${config.className}; choose one of the studio's schedulers instead.`,
      { details: { className: config.className } },
    );
  }
  checkSteps(config, request.numInferenceSteps);
  return makePlan(config, request);
}
