import { readAlphasForSigmas, type BetaReading } from './betas';
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

function readTables(config: SchedulerConfig, steps: number, betas: BetaReading = {}): Tables {
  const table = sigmaTable(readAlphasForSigmas(config, betas));
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
  const { table, spaced, spacing } = readTables(config, steps);
  return toFloat32({ timesteps: spaced, sigmas: [...spaced.map((t) => interpolate(table, t)), 0], spacing });
}

/** interpolation_type; log_linear ignores the timesteps and has one level more than there are steps. */
function interpolateLevels(config: SchedulerConfig, { table, spaced }: Tables): number[] {
  const type = readChoice(config, 'interpolation_type', ['linear', 'log_linear']);
  if (type === 'linear') return spaced.map((t) => interpolate(table, t));
  const first = Math.log(table[table.length - 1] ?? 1);
  const last = Math.log(table[0] ?? 1);
  return linspace(first, last, spaced.length + 1).map(Math.exp);
}

interface Respacing {
  readonly levels: readonly number[];
  readonly final: number;
  readonly steps: number;
}

/** use_karras_sigmas and its kin, between the ends of the levels or the config's own sigma_min and sigma_max. */
function respace(
  config: SchedulerConfig,
  tables: Tables,
  { levels, final, steps }: Respacing,
): SigmaSchedule {
  const { table, spaced, spacing } = tables;
  const kind = readSigmaKind(config, ['karras', 'exponential', 'beta']);
  if (kind === null) return toFloat32({ timesteps: spaced, sigmas: [...levels, final], spacing });
  const min = readOptionalNumber(config, 'sigma_min') ?? levels[levels.length - 1] ?? 0;
  const max = readOptionalNumber(config, 'sigma_max') ?? levels[0] ?? 0;
  const respaced = respaceSigmas(kind, { min, max, count: steps });
  const logTable = table.map(Math.log);
  const timesteps = respaced.map((sigma) => timestepOfSigma(sigma, logTable));
  return toFloat32({ timesteps, sigmas: [...respaced, final], spacing });
}

/** Euler's schedule: spacing, interpolation_type, respacing, final_sigmas_type. */
export function createEulerSchedule(config: SchedulerConfig, steps: number): SigmaSchedule {
  const tables = readTables(config, steps);
  const final =
    readChoice(config, 'final_sigmas_type', ['zero', 'sigma_min']) === 'zero' ? 0 : (tables.table[0] ?? 0);
  return respace(config, tables, { levels: interpolateLevels(config, tables), final, steps });
}

/** Heun's schedule before its levels are doubled; it knows neither interpolation_type nor a final level but zero. */
export function createHeunSchedule(config: SchedulerConfig, steps: number): SigmaSchedule {
  const tables = readTables(config, steps, { betaStart: 0.00085, betaEnd: 0.012, ignoresZeroSnr: true });
  const levels = tables.spaced.map((t) => interpolate(tables.table, t));
  return respace(config, tables, { levels, final: 0, steps });
}
