import { StudioError } from '../../../shared/errors';
import { weightedSum, type Term } from '../tensor/weighted-sum';
import { readOriginalBound } from './prediction';
import type { SchedulePlan, ScheduleRequest, SchedulerRun, StepInput } from './schedule-plan';
import { readChoice, readFlag, readNumber, readNumbers, type SchedulerConfig } from './scheduler-config';
import { createSolverSchedule } from './solver-schedule';
import { convertOutput, createSolverSpace, solverSpaceBase, type SolverConversion } from './solver-space';
import { correctorWeights, predictorWeights, unipcBasis, type UnipcBasis } from './unipc-weights';

interface UnipcSetup {
  readonly conversion: SolverConversion;
  readonly form: 'bh1' | 'bh2';
  readonly steps: number;
  readonly solverOrder: number;
  readonly lowersFinal: boolean;
  readonly uncorrected: ReadonlySet<number>;
}

interface Leap {
  /** Index of the noise level the leap starts at; it ends at the next. */
  readonly from: number;
  readonly order: number;
  readonly sample: Float32Array;
  /** Model outputs at `from` and before, newest first. */
  readonly outputs: readonly Float32Array[];
}

/** The step both halves share: everything but the divided differences. */
function leapBase(
  setup: UnipcSetup,
  leap: Leap,
): { basis: UnipcBasis; start: Term[]; differences: Float32Array[]; scale: number } {
  const { space, target } = setup.conversion;
  const [newest, ...older] = leap.outputs.slice(0, leap.order);
  if (newest === undefined)
    throw new StudioError('internal', 'Expected a model output before a UniPC step but received none.');
  const { lambda } = space;
  const h = lambda(leap.from + 1) - lambda(leap.from);
  const ratios = older.map((_, i) => (lambda(leap.from - i - 1) - lambda(leap.from)) / h);
  const signedH = target === 'original' ? -h : h;
  const basis = unipcBasis({ h: signedH, ratios: [...ratios, 1], form: setup.form });
  const from = space.level(leap.from);
  const to = space.level(leap.from + 1);
  const keep = target === 'original' ? to.noise / from.noise : to.signal / from.signal;
  const gain = target === 'original' ? to.signal : to.noise;
  return {
    basis,
    start: [
      [keep, leap.sample],
      [-gain * Math.expm1(signedH), newest],
    ],
    differences: older.map((output, i) =>
      weightedSum([1 / (ratios[i] ?? 1), output], [-1 / (ratios[i] ?? 1), newest]),
    ),
    scale: -gain * basis.scale,
  };
}

function sumOf([first, ...others]: readonly Term[]): Float32Array {
  if (first === undefined)
    throw new StudioError('internal', 'Expected at least one term of a UniPC step but received none.');
  return weightedSum(first, ...others);
}

/** UniP: Zhao et al. 2023, "UniPC", algorithm 2 (arXiv 2302.04867). */
function predict(setup: UnipcSetup, leap: Leap): Float32Array {
  const { basis, start, differences, scale } = leapBase(setup, leap);
  const weights = predictorWeights(basis);
  return sumOf([...start, ...differences.map((values, i): Term => [scale * (weights[i] ?? 0), values])]);
}

/** UniC, algorithm 1: the same leap once more, now that the model has answered at its end. */
function correct(setup: UnipcSetup, leap: Leap, atEnd: Float32Array): Float32Array {
  const { basis, start, differences, scale } = leapBase(setup, leap);
  const weights = correctorWeights(basis);
  const newest = leap.outputs[0] ?? atEnd;
  const last = scale * (weights[weights.length - 1] ?? 0);
  const middle = differences.map((values, i): Term => [scale * (weights[i] ?? 0), values]);
  return sumOf([...start, ...middle, [last, atEnd], [-last, newest]]);
}

function beginUnipc(setup: UnipcSetup): SchedulerRun {
  /** Newest first. */
  let outputs: readonly Float32Array[] = [];
  let previous: Leap | null = null;
  const step = ({ modelOutput, sample, index }: StepInput): Float32Array => {
    const output = convertOutput(setup.conversion, { modelOutput, sample, index });
    const isCorrected = previous !== null && !setup.uncorrected.has(index - 1);
    const start = isCorrected && previous !== null ? correct(setup, previous, output) : sample;
    outputs = [output, ...outputs].slice(0, setup.solverOrder);
    const remaining = setup.lowersFinal ? setup.steps - index : setup.solverOrder;
    const order = Math.min(setup.solverOrder, remaining, outputs.length);
    previous = { from: index, order, sample: start, outputs };
    return predict(setup, previous);
  };
  return { step };
}

/** UniPC: a multistep predictor and a corrector that costs no extra model call (Zhao et al. 2023). */
export function createUnipcPlan(config: SchedulerConfig, request: ScheduleRequest): SchedulePlan {
  const schedule = createSolverSchedule(config, {
    steps: request.numInferenceSteps,
    kinds: ['karras', 'exponential', 'beta'],
    isUnipc: true,
  });
  const space = createSolverSpace(config, schedule.sigmas);
  const predictsOriginal = readFlag(config, 'predict_x0', true);
  if (!predictsOriginal && schedule.sigmas[schedule.sigmas.length - 1] === 0) {
    throw new StudioError(
      'model-unsupported',
      `Expected "final_sigmas_type": "sigma_min" for ${config.className} without predict_x0 but received "zero"; choose another scheduler.`,
    );
  }
  const setup: UnipcSetup = {
    conversion: { space, target: predictsOriginal ? 'original' : 'noise', bound: readOriginalBound(config) },
    // DPM-Solver's words mean the default here, as in diffusers.
    form:
      readChoice(config, 'solver_type', ['bh2', 'bh1', 'midpoint', 'heun', 'logrho']) === 'bh1'
        ? 'bh1'
        : 'bh2',
    steps: schedule.timesteps.length,
    solverOrder: readNumber(config, 'solver_order', 2),
    lowersFinal: readFlag(config, 'lower_order_final', true),
    uncorrected: new Set(readNumbers(config, 'disable_corrector')),
  };
  return {
    ...solverSpaceBase(schedule, space),
    className: config.className,
    needsNoise: false,
    begin: () => beginUnipc(setup),
  };
}
