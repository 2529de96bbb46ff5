import { readAlphasForSigmas, type BetaDefaults } from './betas';
import { interpolate, sigmaTable, timestepOfSigma } from './sigmas';
import { readChoice, readOptionalNumber, type SchedulerConfig } from './scheduler-config';
import { readSigmaKind, respaceSigmas } from './sigma-kind';
import { linspace, readSpacing, spacedTimesteps, type TimestepSpacing } from './spacings';

export interface SigmaSchedule {
  readonly timesteps: readonly number[];
  /** One for each timestep, then the final one. */
  readonly sigmas: readonly number[];
  readonly spacing: TimestepSpacing;
}

interface Tables {
  readonly table: Float32Array;
  readonly spaced: readonly number[];
  readonly spacing: TimestepSpacing;
}

function readTables(config: SchedulerConfig, steps: number, defaults: BetaDefaults): Tables {
  const table = sigmaTable(readAlphasForSigmas(config, defaults));
  const spaced = spacedTimesteps(config, { steps, defaultSpacing: 'linspace', roundsLinspace: false });
  return { table, spaced, spacing: readSpacing(config, 'linspace') };
}

const toFloat32 = ({ timesteps, sigmas, spacing }: SigmaSchedule): SigmaSchedule => ({
  timesteps: timesteps.map(Math.fround),
  sigmas: sigmas.map(Math.fround),
  spacing,
});

/** Noise levels at evenly spaced training timesteps, ending at zero: all that Euler ancestral knows. */
export function createSpacedSchedule(config: SchedulerConfig, steps: number): SigmaSchedule {
  const { table, spaced, spacing } = readTables(config, steps, {});
  return toFloat32({ timesteps: spaced, sigmas: [...spaced.map((t) => interpolate(table, t)), 0], spacing });
}

/** interpolation_type of Euler; log_linear ignores the timesteps and has one level more than there are steps. */
function interpolateLevels(config: SchedulerConfig, { table, spaced }: Tables): number[] {
  const type = readChoice(config, 'interpolation_type', ['linear', 'log_linear']);
  if (type === 'linear') return spaced.map((t) => interpolate(table, t));
  const first = Math.log(table[table.length - 1] ?? 1);
  const last = Math.log(table[0] ?? 1);
  return linspace(first, last, spaced.length + 1).map(Math.exp);
}

/**
 * Timesteps and noise levels of Euler and Heun: spacing, interpolation, then the respacing that use_karras_sigmas,
 * use_exponential_sigmas or use_beta_sigmas asks for, between the ends of the spaced levels or the config's own
 * sigma_min and sigma_max.
 */
export function createRespacedSchedule(config: SchedulerConfig, steps: number, defaults: BetaDefaults = {}): SigmaSchedule {
  const tables = readTables(config, steps, defaults);
  const { table, spaced, spacing } = tables;
  const levels = interpolateLevels(config, tables);
  const final = readChoice(config, 'final_sigmas_type', ['zero', 'sigma_min']) === 'zero' ? 0 : (table[0] ?? 0);
  const kind = readSigmaKind(config, ['karras', 'exponential', 'beta']);
  if (kind === null) return toFloat32({ timesteps: spaced, sigmas: [...levels, final], spacing });
  const min = readOptionalNumber(config, 'sigma_min') ?? levels[levels.length - 1] ?? 0;
  const max = readOptionalNumber(config, 'sigma_max') ?? levels[0] ?? 0;
  const respaced = respaceSigmas(kind, { min, max, count: steps });
  const logTable = table.map(Math.log);
  const timesteps = respaced.map((sigma) => timestepOfSigma(sigma, logTable));
  return toFloat32({ timesteps, sigmas: [...respaced, final], spacing });
}
