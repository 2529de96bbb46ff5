import type { Guidance } from '../run-context';
import { weightedSum } from '../tensor/weighted-sum';

export interface GuidanceInput {
  readonly unconditional: Float32Array;
  readonly conditional: Float32Array;
  readonly scale: number;
  /** 0 = off; see `rescaled`. */
  readonly rescale: number;
}

/** Unbiased, over all elements, as torch's `std`. Indexed loops: this stands between two runs of the denoiser. */
function standardDeviation(values: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += values[i] ?? 0;
  const mean = sum / values.length;
  let squares = 0;
  for (let i = 0; i < values.length; i += 1) {
    const distance = (values[i] ?? 0) - mean;
    squares += distance * distance;
  }
  return Math.sqrt(squares / (values.length - 1));
}

/** Pulls the contrast back to the conditional output's (Lin et al. 2023, "Common diffusion noise schedules", 3.4). */
function rescaled(guided: Float32Array, conditional: Float32Array, rescale: number): Float32Array {
  const factor = standardDeviation(conditional) / standardDeviation(guided);
  const weight = rescale * factor + (1 - rescale);
  return weightedSum([weight, guided]);
}

/** Classifier-free guidance on one picture: ε = ε_u + g(ε_c − ε_u) (Ho & Salimans 2022). */
export function guide({ unconditional, conditional, scale, rescale }: GuidanceInput): Float32Array {
  const guided = new Float32Array(unconditional.length);
  for (let i = 0; i < guided.length; i += 1) {
    const value = unconditional[i] ?? 0;
    guided[i] = value + scale * ((conditional[i] ?? 0) - value);
  }
  return rescale > 0 ? rescaled(guided, conditional, rescale) : guided;
}

/**
 * What of guidance runs in model call `call` of `total`. diffusers' SDCFGCutoffCallback looks at the end of a call, so
 * call int(total * cutoff) is the last one with both halves; guidance is then off, rescale included.
 * @param cutoff 0..1; 1 keeps both halves to the end
 */
export function guidanceAt(guidance: Guidance, { call, total, cutoff }: { readonly call: number; readonly total: number; readonly cutoff: number }): Guidance {
  return call > Math.trunc(total * cutoff) ? { ...guidance, negative: null } : guidance;
}
