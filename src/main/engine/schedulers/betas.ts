import { readChoice, readFlag, readNumber, readNumbers, type SchedulerConfig } from './scheduler-config';

const f = Math.fround;

/** `torch.linspace(..., dtype=float32)`: it counts up from the start in the first half and down from the end in the second. */
function linspaceFloat32(start: number, end: number, count: number): Float32Array {
  const values = new Float32Array(count);
  const first = f(start);
  const last = f(end);
  const step = count > 1 ? f(f(last - first) / (count - 1)) : 0;
  for (let i = 0; i < count; i += 1) {
    values[i] = i < count / 2 ? first + step * i : last - step * (count - 1 - i);
  }
  return values;
}

/** ᾱ(t) over 0..1, by formula: Nichol & Dhariwal 2021, "Improved DDPM", and diffusers' exponential form. */
const cosineAlphaBar = (t: number): number => Math.cos((((t + 0.008) / 1.008) * Math.PI) / 2) ** 2;
const exponentialAlphaBar = (t: number): number => Math.exp(-12 * t);

/** The betas that follow ᾱ(t), each at most 0.999. */
function betasOfAlphaBar(alphaBar: (t: number) => number, count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) =>
    Math.min(1 - alphaBar((i + 1) / count) / alphaBar(i / count), 0.999),
  );
}

/** Lin et al. 2024, "Common diffusion noise schedules and sample steps are flawed", algorithm 1. */
function rescaleToZeroSnr(betas: Float32Array): Float32Array {
  const roots = cumulativeProduct(betas.map((beta) => 1 - beta)).map((value) => Math.sqrt(value));
  const first = roots[0] ?? 1;
  const last = roots[roots.length - 1] ?? 0;
  const scale = f(first / f(first - last));
  const squares = roots.map((root) => f(f(root - last) * scale) ** 2);
  return squares.map((square, i) => 1 - (i === 0 ? square : f(square / (squares[i - 1] ?? 1))));
}

/** torch.cumprod of float32 accumulates in float64 and rounds what it stores. */
function cumulativeProduct(values: Float32Array): Float32Array {
  let product = 1;
  return values.map((value) => (product *= value));
}

/** What differs between diffusers' classes: their defaults, and whether they know rescale_betas_zero_snr at all. */
export interface BetaReading {
  readonly betaStart?: number;
  readonly betaEnd?: number;
  readonly betaSchedule?: 'linear' | 'scaled_linear';
  readonly ignoresZeroSnr?: boolean;
}

const isZeroSnr = (config: SchedulerConfig, reading: BetaReading): boolean =>
  reading.ignoresZeroSnr !== true && readFlag(config, 'rescale_betas_zero_snr', false);

function readBetas(config: SchedulerConfig, reading: BetaReading): Float32Array {
  const trained = readNumbers(config, 'trained_betas');
  if (trained !== undefined) return Float32Array.from(trained);
  const count = readNumber(config, 'num_train_timesteps', 1000);
  const start = readNumber(config, 'beta_start', reading.betaStart ?? 0.0001);
  const end = readNumber(config, 'beta_end', reading.betaEnd ?? 0.02);
  const schedule = readChoice(config, 'beta_schedule', [
    reading.betaSchedule ?? 'linear',
    'linear',
    'scaled_linear',
    'squaredcos_cap_v2',
    'exp',
    'sigmoid',
  ]);
  switch (schedule) {
    case 'linear':
      return linspaceFloat32(start, end, count);
    case 'scaled_linear':
      return linspaceFloat32(Math.sqrt(start), Math.sqrt(end), count).map((root) => root * root);
    case 'squaredcos_cap_v2':
      return betasOfAlphaBar(cosineAlphaBar, count);
    case 'exp':
      return betasOfAlphaBar(exponentialAlphaBar, count);
    case 'sigmoid':
      return linspaceFloat32(-6, 6, count).map((x) => (end - start) / (1 + Math.exp(-x)) + start);
  }
}

/**
 * ᾱ_t, the share of signal variance left at training timestep t, float32 as torch rounds it; length num_train_timesteps.
 * Obeys trained_betas, beta_start, beta_end, beta_schedule and rescale_betas_zero_snr.
 */
export function readAlphasCumprod(config: SchedulerConfig, reading: BetaReading = {}): Float32Array {
  const betas = readBetas(config, reading);
  const rescaled = isZeroSnr(config, reading) ? rescaleToZeroSnr(betas) : betas;
  return cumulativeProduct(rescaled.map((beta) => 1 - beta));
}

/** As above, with the last ᾱ lifted to 2^-24 under zero terminal SNR, so that the first sigma is finite. */
export function readAlphasForSigmas(config: SchedulerConfig, reading: BetaReading = {}): Float32Array {
  const alphas = readAlphasCumprod(config, reading);
  if (isZeroSnr(config, reading)) alphas[alphas.length - 1] = 2 ** -24;
  return alphas;
}
