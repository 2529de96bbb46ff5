import { StudioError } from '../../../shared/errors';
import { weightedSum, type Term } from '../tensor/weighted-sum';
import { alphaAt, alphaSpaceBase } from './alpha-space';
import { readAlphasCumprod } from './betas';
import { levelOfAlpha, noiseOf } from './prediction';
import type { SchedulePlan, ScheduleRequest, SchedulerRun, StepInput } from './schedule-plan';
import { readChoice, readFlag, type SchedulerConfig } from './scheduler-config';
import { readTrainSteps, spacedTimesteps } from './spacings';

/** Runge-Kutta warm-up covers this many of the noisiest steps with four model calls each. */
const WARM_UP_STEPS = 3;

/** Adams-Bashforth weights, newest noise prediction first: Liu et al. 2022, "Pseudo numerical methods", formula 12. */
const ADAMS_BASHFORTH: readonly (readonly number[])[] = [
  [1],
  [3 / 2, -1 / 2],
  [23 / 12, -16 / 12, 5 / 12],
  [55 / 24, -59 / 24, 37 / 24, -9 / 24],
];

interface PndmSetup {
  readonly stride: number;
  /** Timesteps of the Runge-Kutta calls; empty when skip_prk_steps. */
  readonly warmUp: readonly number[];
  readonly timesteps: readonly number[];
  readonly advance: (input: AdvanceInput) => Float32Array;
}

interface AdvanceInput {
  readonly sample: Float32Array;
  readonly modelOutput: Float32Array;
  readonly from: number;
  readonly to: number;
}

/** Without warm-up the second timestep comes twice: the first pass only improves the first step. */
function plmsTimesteps(spaced: readonly number[]): number[] {
  const second = spaced.slice(1, 2);
  return [...spaced.slice(0, 1), ...second, ...second, ...spaced.slice(2)];
}

/** Each warm-up step visits its start, its middle twice, and its end, where the next one starts. */
function warmUpTimesteps(spaced: readonly number[], halfStride: number): number[] {
  const rising = spaced
    .slice(0, WARM_UP_STEPS + 1)
    .reverse()
    .flatMap((t) => [t, t + halfStride]);
  return rising
    .slice(0, -1)
    .flatMap((t) => [t, t])
    .slice(1, -1)
    .reverse();
}

/** Formula 9: the deterministic DDIM step written for the noise prediction. */
function createAdvance(config: SchedulerConfig, alphas: Float32Array): PndmSetup['advance'] {
  const type = readChoice(config, 'prediction_type', ['epsilon', 'v_prediction']);
  const finalAlpha = readFlag(config, 'set_alpha_to_one', false) ? 1 : alphaAt(alphas, 0);
  return ({ sample, modelOutput, from, to }) => {
    const alpha = alphaAt(alphas, from);
    const target = alphaAt(alphas, to, finalAlpha);
    const noise = noiseOf({ type, modelOutput, sample, level: levelOfAlpha(alpha) });
    const denominator = alpha * Math.sqrt(1 - target) + Math.sqrt(alpha * (1 - alpha) * target);
    return weightedSum([Math.sqrt(target / alpha), sample], [-(target - alpha) / denominator, noise]);
  };
}

function beginPndm(setup: PndmSetup): SchedulerRun {
  const { stride, warmUp, timesteps, advance } = setup;
  /** Model outputs, newest first. */
  let history: Float32Array[] = [];
  // Counts calls of this run, not of the plan: a start in the middle repeats its own second step.
  let calls = 0;
  let stepStart: Float32Array | null = null;
  let rungeKutta: Term[] = [];

  const warmUpStep = ({ modelOutput, sample, index }: StepInput): Float32Array => {
    const to = (timesteps[index] ?? 0) - (calls % 2 === 0 ? Math.floor(stride / 2) : 0);
    const from = warmUp[Math.floor(calls / 4) * 4] ?? 0;
    const stage = calls % 4;
    if (stage === 0) {
      history = [modelOutput, ...history];
      stepStart = sample;
      rungeKutta = [];
    }
    const term: Term = [stage === 0 || stage === 3 ? 1 / 6 : 1 / 3, modelOutput];
    const combined = stage === 3 ? weightedSum(term, ...rungeKutta) : modelOutput;
    rungeKutta = [...rungeKutta, term];
    return advance({ sample: stepStart ?? sample, modelOutput: combined, from, to });
  };

  const multistep = ({ modelOutput, sample, index }: StepInput): Float32Array => {
    const timestep = timesteps[index] ?? 0;
    const earlier = history[0];
    if (calls === 1 && earlier !== undefined && stepStart !== null) {
      const averaged = weightedSum([0.5, modelOutput], [0.5, earlier]);
      return advance({ sample: stepStart, modelOutput: averaged, from: timestep + stride, to: timestep });
    }
    if (calls === 0) stepStart = sample;
    history = [modelOutput, ...history.slice(0, ADAMS_BASHFORTH.length - 1)];
    const weights = ADAMS_BASHFORTH[history.length - 1] ?? [1];
    const terms = history.slice(1).map((output, i): Term => [weights[i + 1] ?? 0, output]);
    const combined = weightedSum([weights[0] ?? 1, modelOutput], ...terms);
    return advance({ sample, modelOutput: combined, from: timestep, to: timestep - stride });
  };

  return {
    step: (input) => {
      const result = calls < warmUp.length ? warmUpStep(input) : multistep(input);
      calls += 1;
      return result;
    },
  };
}

/**
 * PNDM / PLMS: Liu et al. 2022, "Pseudo numerical methods for diffusion models on manifolds".
 * With skip_prk_steps (Stable Diffusion) a run of N steps makes N + 1 model calls, otherwise N + 9.
 */
export function createPndmPlan(config: SchedulerConfig, request: ScheduleRequest): SchedulePlan {
  const alphas = readAlphasCumprod(config, { ignoresZeroSnr: true });
  const steps = request.numInferenceSteps;
  const spaced = spacedTimesteps(config, { steps, defaultSpacing: 'leading', roundsLinspace: true });
  const stride = Math.floor(readTrainSteps(config) / steps);
  const skipsWarmUp = readFlag(config, 'skip_prk_steps', false);
  if (!skipsWarmUp && steps <= WARM_UP_STEPS) {
    throw new StudioError(
      'invalid-request',
      `Expected at least ${WARM_UP_STEPS + 1} steps for ${config.className} with its warm-up but received ${steps}.`,
    );
  }
  const warmUp = skipsWarmUp ? [] : warmUpTimesteps(spaced, Math.floor(stride / 2));
  const timesteps = skipsWarmUp ? plmsTimesteps(spaced) : [...warmUp, ...spaced.slice(WARM_UP_STEPS)];
  const type = readChoice(config, 'prediction_type', ['epsilon', 'v_prediction']);
  const setup = { stride, warmUp, timesteps, advance: createAdvance(config, alphas) };
  return {
    ...alphaSpaceBase(alphas, timesteps, type),
    className: config.className,
    needsNoise: false,
    begin: () => beginPndm(setup),
  };
}
