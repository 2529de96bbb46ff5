import { readAlphasForSigmas } from './betas';
import { interpolate, sigmaTable, timestepOfSigma } from './sigmas';
import { readChoice, readOptionalNumber, type SchedulerConfig } from './scheduler-config';
import { readSigmaKind, respaceSigmas } from './sigma-kind';
import { linspace, readSpacing, spacedTimesteps, type TimestepSpacing } from './spacings';

export interface SigmaSchedule {
  readonly timesteps: number[];
  /** One for each timestep, then the final one. */
  readonly sigmas: number[];
  readonly spacing: TimestepSpacing;
}

/** Noise levels of the Euler family at evenly spaced training timesteps. */
function spacedSigmas(config: SchedulerConfig, table: Float32Array, timesteps: readonly number[]): number[] {
  const type = readChoice(config, 'interpolation_type', ['linear', 'log_linear']);
  if (type === 'linear') return timesteps.map((t) => interpolate(table, t));
  const first = Math.log(table[table.length - 1] ?? 1);
  const last = Math.log(table[0] ?? 1);
  return linspace(first, last, timesteps.length + 1).map(Math.exp);
}

/**
 * Timesteps and noise levels of Euler, Euler ancestral and Heun: spacing, interpolation, then the respacing that
 * use_karras_sigmas, use_exponential_sigmas or use_beta_sigmas asks for, between the ends of the spaced levels
 * or the config's own sigma_min and sigma_max.
 */
export function createSigmaSchedule(config: SchedulerConfig, steps: number): SigmaSchedule {
  const table = sigmaTable(readAlphasForSigmas(config));
  const logTable = table.map(Math.log);
  const spacing = readSpacing(config, 'linspace');
  let timesteps = spacedTimesteps(config, { steps, defaultSpacing: 'linspace', roundsLinspace: false });
  let sigmas = spacedSigmas(config, table, timesteps);
  const kind = readSigmaKind(config, ['karras', 'exponential', 'beta']);
  if (kind !== null) {
    const min = readOptionalNumber(config, 'sigma_min') ?? sigmas[sigmas.length - 1] ?? 0;
    const max = readOptionalNumber(config, 'sigma_max') ?? sigmas[0] ?? 0;
    sigmas = respaceSigmas(kind, { min, max, count: steps });
    timesteps = sigmas.map((sigma) => timestepOfSigma(sigma, logTable));
  }
  const final = readChoice(config, 'final_sigmas_type', ['zero', 'sigma_min']) === 'zero' ? 0 : (table[0] ?? 0);
  return { timesteps: timesteps.map(Math.fround), sigmas: [...sigmas, final].map(Math.fround), spacing };
}
