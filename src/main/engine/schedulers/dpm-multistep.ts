import { StudioError } from '../../../shared/errors';
import { weightedSum, type Term } from '../tensor/weighted-sum';
import { dpmCoefficients, type DpmAlgorithm } from './dpm-coefficients';
import { readOriginalBound } from './prediction';
import type { SchedulePlan, ScheduleRequest, SchedulerRun, StepInput } from './schedule-plan';
import { readChoice, readFlag, readNumber, type SchedulerConfig } from './scheduler-config';
import { createSolverSchedule } from './solver-schedule';
import { convertOutput, createSolverSpace, solverSpaceBase, type SolverConversion } from './solver-space';

/** Below this many steps the last ones fall back to lower orders, which high orders cannot afford there. */
const FEW_STEPS = 15;

interface DpmSetup {
  readonly conversion: SolverConversion;
  readonly algorithm: DpmAlgorithm;
  readonly usesHeun: boolean;
  readonly solverOrder: number;
  readonly order: (index: number) => number;
}

/** The highest order each step may have, before the solver's history limits it. */
function readOrders(config: SchedulerConfig, steps: number, solverOrder: number): (index: number) => number {
  const lowersFinal = readFlag(config, 'lower_order_final', true) && steps < FEW_STEPS;
  const endsInZero = readChoice(config, 'final_sigmas_type', ['zero', 'sigma_min']) === 'zero';
  const finalIsFirstOrder = lowersFinal || endsInZero || readFlag(config, 'euler_at_final', false);
  return (index) => {
    if (index === steps - 1 && finalIsFirstOrder) return 1;
    if (index === steps - 2 && lowersFinal) return Math.min(solverOrder, 2);
    return solverOrder;
  };
}

/** Divided differences of the model outputs over λ, newest output first in `outputs`. */
function differences(
  setup: DpmSetup,
  outputs: readonly Float32Array[],
  index: number,
): { d1: Float32Array; d2: Float32Array | null } | null {
  const { lambda } = setup.conversion.space;
  const [m0, m1, m2] = outputs;
  if (m0 === undefined || m1 === undefined) return null;
  const h = lambda(index + 1) - lambda(index);
  const r0 = (lambda(index) - lambda(index - 1)) / h;
  const first = weightedSum([1 / r0, m0], [-1 / r0, m1]);
  if (m2 === undefined) return { d1: first, d2: null };
  const r1 = (lambda(index - 1) - lambda(index - 2)) / h;
  const second = weightedSum([1 / r1, m1], [-1 / r1, m2]);
  const share = r0 / (r0 + r1);
  return {
    d1: weightedSum([1 + share, first], [-share, second]),
    d2: weightedSum([1 / (r0 + r1), first], [-1 / (r0 + r1), second]),
  };
}

function beginDpm(setup: DpmSetup): SchedulerRun {
  const { space } = setup.conversion;
  let history: readonly Float32Array[] = [];
  const step = ({ modelOutput, sample, index, noise }: StepInput): Float32Array => {
    const output = convertOutput(setup.conversion, { modelOutput, sample, index });
    history = [output, ...history].slice(0, setup.solverOrder);
    const used = history.slice(0, setup.order(index));
    const h = space.lambda(index + 1) - space.lambda(index);
    const factors = dpmCoefficients(setup.algorithm, {
      from: space.level(index),
      to: space.level(index + 1),
      h,
    });
    const terms: Term[] = [[factors.d0, output]];
    const slopes = differences(setup, used, index);
    if (slopes !== null) {
      // Third order has one form only, which is Heun's in its first difference.
      const isHeun = setup.usesHeun || slopes.d2 !== null;
      terms.push([isHeun ? factors.d1Heun : factors.d1Midpoint, slopes.d1]);
      if (slopes.d2 !== null) terms.push([factors.d2, slopes.d2]);
    }
    if (setup.algorithm.startsWith('sde')) terms.push([factors.noise, noise()]);
    return weightedSum([factors.sample, sample], ...terms);
  };
  return { step };
}

function readAlgorithm(config: SchedulerConfig, solverOrder: number): DpmAlgorithm {
  const asked = readChoice(config, 'algorithm_type', [
    'dpmsolver++',
    'sde-dpmsolver++',
    'dpmsolver',
    'sde-dpmsolver',
    'deis',
  ]);
  // diffusers reads DEIS's word as its own default when classes are swapped.
  const algorithm = asked === 'deis' ? 'dpmsolver++' : asked;
  const endsInZero = readChoice(config, 'final_sigmas_type', ['zero', 'sigma_min']) === 'zero';
  if (!algorithm.endsWith('++') && endsInZero) {
    throw new StudioError(
      'model-unsupported',
      `Expected "final_sigmas_type": "sigma_min" for ${algorithm} but received "zero"; choose another scheduler.`,
    );
  }
  if (![1, 2, 3].includes(solverOrder) || (algorithm === 'sde-dpmsolver' && solverOrder === 3)) {
    throw new StudioError(
      'model-unsupported',
      `Expected a "solver_order" that ${algorithm} has but received ${solverOrder}; choose another scheduler.`,
    );
  }
  return algorithm;
}

/** DPM-Solver++ multistep, its stochastic form, and the two forms that integrate noise (Lu et al. 2022). */
export function createDpmMultistepPlan(config: SchedulerConfig, request: ScheduleRequest): SchedulePlan {
  const solverOrder = readNumber(config, 'solver_order', 2);
  const algorithm = readAlgorithm(config, solverOrder);
  const schedule = createSolverSchedule(config, {
    steps: request.numInferenceSteps,
    kinds: ['karras', 'lu', 'exponential', 'beta'],
    isUnipc: false,
  });
  const space = createSolverSpace(config, schedule.sigmas);
  const conversion = {
    space,
    target: algorithm.endsWith('++') ? 'original' : 'noise',
    bound: readOriginalBound(config),
  } as const;
  const setup: DpmSetup = {
    conversion,
    algorithm,
    // UniPC's and DEIS's words mean the default here, as in diffusers.
    usesHeun: readChoice(config, 'solver_type', ['midpoint', 'heun', 'logrho', 'bh1', 'bh2']) === 'heun',
    solverOrder,
    order: readOrders(config, schedule.timesteps.length, solverOrder),
  };
  return {
    ...solverSpaceBase(schedule, space),
    className: config.className,
    needsNoise: algorithm.startsWith('sde'),
    begin: () => beginDpm(setup),
  };
}
