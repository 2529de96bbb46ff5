import { roundHalfEven } from '../tensor/rounding';
import { readAlphasForSigmas } from './betas';
import { interpolate, sigmaTable, timestepOfSigma } from './sigmas';
import { readChoice, readFlag, readNumber, type SchedulerConfig } from './scheduler-config';
import { readSigmaKind, respaceSigmas, type SigmaKind } from './sigma-kind';
import { linspace, readSpacing, readTrainSteps, trailingTimesteps } from './spacings';

export interface SolverSchedule {
  readonly timesteps: readonly number[];
  /** One for each timestep, then the final one. */
  readonly sigmas: readonly number[];
}

export interface SolverScheduleRequest {
  readonly steps: number;
  readonly kinds: readonly SigmaKind[];
  /**
   * UniPC ends a respaced schedule at its own last level under final_sigmas_type "sigma_min", DPM++ at the table's
   * first. UniPC knows no lambda_min_clipped and rounds timesteps whatever the betas.
   */
  readonly isUnipc: boolean;
}

interface Levels {
  readonly timesteps: readonly number[];
  readonly sigmas: readonly number[];
  readonly isRespaced: boolean;
}

/** The largest timestep that lambda_min_clipped leaves in use, plus one: λ = ln(√ᾱ/√(1 − ᾱ)) must not be below it. */
function usableTimesteps(config: SchedulerConfig, table: Float32Array): number {
  const lowest = readNumber(config, 'lambda_min_clipped', -Infinity);
  return table.filter((sigma) => -Math.log(sigma) >= lowest).length;
}

/** Spacing as the multistep solvers count it: N + 1 points of which the cleanest is left to the final level. */
function solverTimesteps(config: SchedulerConfig, steps: number, usable: number): number[] {
  switch (readSpacing(config, 'linspace')) {
    case 'linspace':
      return linspace(0, usable - 1, steps + 1)
        .slice(1)
        .reverse()
        .map(roundHalfEven);
    case 'leading': {
      const stride = Math.floor(usable / (steps + 1));
      const offset = readNumber(config, 'steps_offset', 0);
      return Array.from({ length: steps }, (_, i) => (steps - i) * stride + offset);
    }
    case 'trailing':
      return trailingTimesteps(readTrainSteps(config), usable, steps);
  }
}

/** Levels of a flow model for a diffusion solver (use_flow_sigmas, flow_shift). */
function flowLevels(config: SchedulerConfig, steps: number): Levels {
  const trainSteps = readTrainSteps(config);
  const shift = readNumber(config, 'flow_shift', 1);
  const sigmas = linspace(1, 1 / trainSteps, steps + 1)
    .map((alpha) => (shift * (1 - alpha)) / (1 + (shift - 1) * (1 - alpha)))
    .slice(1)
    .reverse();
  return { timesteps: sigmas.map((sigma) => Math.trunc(sigma * trainSteps)), sigmas, isRespaced: true };
}

interface RespacingInput {
  readonly table: Float32Array;
  readonly steps: number;
  readonly kind: SigmaKind;
  /** Respaced timesteps are rounded for some kinds and cut for others, as in diffusers. */
  readonly isRounded: boolean;
}

function respacedLevels({ table, steps, kind, isRounded }: RespacingInput): Levels {
  const logTable = table.map(Math.log);
  const sigmas = respaceSigmas(kind, { min: table[0] ?? 0, max: table[table.length - 1] ?? 0, count: steps });
  const positions = sigmas.map((sigma) => timestepOfSigma(sigma, logTable));
  return { timesteps: positions.map(isRounded ? roundHalfEven : Math.trunc), sigmas, isRespaced: true };
}

/** Timesteps and noise levels of DPM-Solver++ and UniPC. */
export function createSolverSchedule(
  config: SchedulerConfig,
  request: SolverScheduleRequest,
): SolverSchedule {
  const { steps, isUnipc } = request;
  const table = sigmaTable(readAlphasForSigmas(config));
  const kind = readSigmaKind(config, request.kinds);
  const pickLevels = (): Levels => {
    if (kind !== null) {
      const cutsAll = !isUnipc && config.values['beta_schedule'] === 'squaredcos_cap_v2';
      return respacedLevels({
        table,
        steps,
        kind,
        isRounded: !cutsAll && (kind === 'karras' || kind === 'lu'),
      });
    }
    if (readFlag(config, 'use_flow_sigmas', false)) return flowLevels(config, steps);
    const timesteps = solverTimesteps(config, steps, isUnipc ? table.length : usableTimesteps(config, table));
    return { timesteps, sigmas: timesteps.map((t) => interpolate(table, t)), isRespaced: false };
  };
  const levels = pickLevels();
  const lowest = (isUnipc && levels.isRespaced ? levels.sigmas[levels.sigmas.length - 1] : table[0]) ?? 0;
  const final = readChoice(config, 'final_sigmas_type', ['zero', 'sigma_min']) === 'zero' ? 0 : lowest;
  return { timesteps: levels.timesteps, sigmas: [...levels.sigmas, final].map(Math.fround) };
}
