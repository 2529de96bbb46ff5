import { weightedSum } from '../tensor/weighted-sum';
import { readChoice, readFlag, readNumber, type SchedulerConfig } from './scheduler-config';

/** What the denoiser was trained to answer: the noise, the velocity, or the clean latents. */
export type PredictionType = 'epsilon' | 'v_prediction' | 'sample';

export const readPredictionType = (config: SchedulerConfig): PredictionType =>
  readChoice(config, 'prediction_type', ['epsilon', 'v_prediction', 'sample']);

/** A noise level as signal and noise factors: x = signal·x0 + noise·ε, signal² + noise² = 1 for diffusion models. */
export interface NoiseLevel {
  readonly signal: number;
  readonly noise: number;
}

export const levelOfAlpha = (alphaCumprod: number): NoiseLevel => ({
  signal: Math.sqrt(alphaCumprod),
  noise: Math.sqrt(1 - alphaCumprod),
});

/** The same level written as σ = noise/signal, the space of Karras et al. 2022. */
export const levelOfSigma = (sigma: number): NoiseLevel => {
  const signal = 1 / Math.sqrt(sigma * sigma + 1);
  return { signal, noise: sigma * signal };
};

export interface Prediction {
  readonly type: PredictionType;
  readonly modelOutput: Float32Array;
  readonly sample: Float32Array;
  readonly level: NoiseLevel;
}

/** Clean latents: (x − noise·ε)/signal, or signal·x − noise·v (Salimans & Ho 2022), or the output itself. */
export function originalOf({ type, modelOutput, sample, level }: Prediction): Float32Array {
  switch (type) {
    case 'epsilon':
      return weightedSum([1 / level.signal, sample], [-level.noise / level.signal, modelOutput]);
    case 'v_prediction':
      return weightedSum([level.signal, sample], [-level.noise, modelOutput]);
    case 'sample':
      return modelOutput;
  }
}

/** Noise: the output itself, or signal·v + noise·x, or (x − signal·x0)/noise. */
export function noiseOf({ type, modelOutput, sample, level }: Prediction): Float32Array {
  switch (type) {
    case 'epsilon':
      return modelOutput;
    case 'v_prediction':
      return weightedSum([level.signal, modelOutput], [level.noise, sample]);
    case 'sample':
      return weightedSum([1 / level.noise, sample], [-level.signal / level.noise, modelOutput]);
  }
}

/** Bounds the predicted clean latents; the identity when the config asks for neither form. */
export type OriginalBound = (original: Float32Array) => Float32Array;

const clamp = (values: Float32Array, limit: number, divisor: number): Float32Array =>
  values.map((value) => Math.min(Math.max(value, -limit), limit) / divisor);

/** torch.quantile with linear interpolation over |values|. */
function absoluteQuantile(values: Float32Array, ratio: number): number {
  const sorted = values.map(Math.abs).sort();
  const position = ratio * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below] ?? 0;
  const high = sorted[below + 1] ?? low;
  return low + (high - low) * (position - below);
}

/** Dynamic thresholding of one picture (Saharia et al. 2022, "Imagen", section 2.3). */
function readThreshold(config: SchedulerConfig): OriginalBound {
  const ratio = readNumber(config, 'dynamic_thresholding_ratio', 0.995);
  const maximum = readNumber(config, 'sample_max_value', 1);
  return (original) => {
    const limit = Math.min(Math.max(absoluteQuantile(original, ratio), 1), maximum);
    return clamp(original, limit, limit);
  };
}

/** clip_sample and clip_sample_range. */
export function readClip(config: SchedulerConfig, clipsByDefault: boolean): OriginalBound {
  if (!readFlag(config, 'clip_sample', clipsByDefault)) return (original) => original;
  const range = readNumber(config, 'clip_sample_range', 1);
  return (original) => clamp(original, range, 1);
}

/** thresholding, else clip_sample; leave `clipsByDefault` out for classes that know no clip_sample. */
export function readOriginalBound(config: SchedulerConfig, clipsByDefault?: boolean): OriginalBound {
  if (readFlag(config, 'thresholding', false)) return readThreshold(config);
  return clipsByDefault === undefined ? (original) => original : readClip(config, clipsByDefault);
}
