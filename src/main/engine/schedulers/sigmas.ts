import { quantileOfBeta } from './beta-quantile';
import { linspace } from './spacings';

const f = Math.fround;

/** σ_t = √((1 − ᾱ_t)/ᾱ_t) for every training timestep, float32 as torch rounds each operation. */
export const sigmaTable = (alphas: Float32Array): Float32Array =>
  alphas.map((alpha) => Math.sqrt(f(f(1 - alpha) / alpha)));

/** The table at a fractional timestep, linear in σ and constant beyond its ends (numpy.interp). */
export function interpolate(table: ArrayLike<number>, position: number): number {
  const last = table.length - 1;
  const at = Math.min(Math.max(position, 0), last);
  const below = Math.min(Math.floor(at), Math.max(last - 1, 0));
  const low = table[below] ?? 0;
  return low + ((table[below + 1] ?? low) - low) * (at - below);
}

/** The fractional training timestep whose noise level is `sigma`: linear in ln σ, clipped to the table. */
export function timestepOfSigma(sigma: number, logTable: ArrayLike<number>): number {
  const logSigma = Math.log(Math.max(sigma, 1e-10));
  let below = 0;
  while (below < logTable.length - 2 && (logTable[below + 1] ?? 0) <= logSigma) below += 1;
  const low = logTable[below] ?? 0;
  const high = logTable[below + 1] ?? 0;
  const weight = Math.min(Math.max((low - logSigma) / (low - high), 0), 1);
  return below + weight;
}

export interface SigmaRange {
  readonly min: number;
  readonly max: number;
  readonly count: number;
}

const ramp = (count: number): number[] => linspace(0, 1, count);

/** Karras et al. 2022, "Elucidating the design space", formula 5 with ρ = 7. From noisy to clean. */
export function karrasSigmas({ min, max, count }: SigmaRange): number[] {
  const rho = 7;
  const low = min ** (1 / rho);
  const high = max ** (1 / rho);
  return ramp(count).map((x) => (high + x * (low - high)) ** rho);
}

/** Evenly spaced in ln σ, which is also even in λ = −ln σ: the spacing of Lu et al. 2022, "DPM-Solver" (ρ = 1). */
export const exponentialSigmas = ({ min, max, count }: SigmaRange): number[] =>
  linspace(Math.log(max), Math.log(min), count).map(Math.exp);

/** Quantiles of Beta(0.6, 0.6): Lee et al. 2024, "Beta sampling is all you need". */
export const betaSigmas = ({ min, max, count }: SigmaRange): number[] =>
  ramp(count).map((x) => min + quantileOfBeta(1 - x, 0.6) * (max - min));
