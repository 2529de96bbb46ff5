import { maxSample, type SampleFormat, type Samples } from './raster-file';

/** Colours to the numbers in which they are mixed, and back. */
export interface Light {
  /** Samples of whole pixels to floats: colours times alpha, alpha last. */
  decode(samples: Samples, target: Float32Array): void;
  /** The same way back, rounded and clamped. */
  encode(values: Float32Array, target: Samples): void;
}

/** IEC 61966-2-1. */
const toLinear = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const toEncoded = (value: number): number => (value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055);

/** Steps of the table from linear light to 8 bits: a twentieth of a level in the darkest tones. */
const TABLE = 65_536;

function encodeTable(): Float32Array {
  return Float32Array.from({ length: TABLE + 1 }, (_, i) => toEncoded(i / TABLE) * 255);
}

/** @param isLinear mix in linear light rather than in the file's own numbers */
export function createLight(format: SampleFormat, isLinear: boolean): Light {
  const max = maxSample(format);
  const { channels } = format;
  const hasAlpha = channels % 2 === 0;
  const colours = hasAlpha ? channels - 1 : channels;
  const decoded = Float32Array.from({ length: max + 1 }, (_, value) => (isLinear ? toLinear(value / max) : value / max));
  const table = isLinear && max === 255 ? encodeTable() : null;
  const back = (value: number): number => {
    const bounded = value < 0 ? 0 : value > 1 ? 1 : value;
    if (!isLinear) return bounded * max;
    return table === null ? toEncoded(bounded) * max : (table[Math.round(bounded * TABLE)] ?? 0);
  };
  const decodePlain = (samples: Samples, target: Float32Array): void => {
    for (let i = 0; i < samples.length; i += 1) target[i] = decoded[samples[i] ?? 0] ?? 0;
  };
  const encodePlain = (values: Float32Array, target: Samples): void => {
    for (let i = 0; i < target.length; i += 1) target[i] = Math.round(back(values[i] ?? 0));
  };
  if (!hasAlpha) return { decode: decodePlain, encode: encodePlain };
  return {
    decode: (samples, target) => {
      for (let i = 0; i < samples.length; i += channels) {
        const alpha = (samples[i + colours] ?? 0) / max;
        for (let c = 0; c < colours; c += 1) target[i + c] = (decoded[samples[i + c] ?? 0] ?? 0) * alpha;
        target[i + colours] = alpha;
      }
    },
    encode: (values, target) => {
      for (let i = 0; i < target.length; i += channels) {
        // A kernel may overshoot; colours overshoot with their alpha, so the quotient is theirs.
        const alpha = values[i + colours] ?? 0;
        for (let c = 0; c < colours; c += 1) target[i + c] = alpha <= 0 ? 0 : Math.round(back((values[i + c] ?? 0) / alpha));
        target[i + colours] = Math.round(Math.min(1, Math.max(0, alpha)) * max);
      }
    },
  };
}
