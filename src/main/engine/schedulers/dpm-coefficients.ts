import type { NoiseLevel } from './prediction';

export type DpmAlgorithm = 'dpmsolver++' | 'sde-dpmsolver++' | 'dpmsolver' | 'sde-dpmsolver';

export interface DpmStep {
  readonly from: NoiseLevel;
  readonly to: NoiseLevel;
  /** λ_to − λ_from; infinite when the step ends without noise. */
  readonly h: number;
}

/**
 * Factors of one step x' = sample·x + d0·D0 + d1·D1 + d2·D2 + noise·n, where D0 is the newest model output and
 * D1, D2 are its first and second divided differences over λ. `d1` depends on the solver type.
 */
export interface DpmCoefficients {
  readonly sample: number;
  readonly d0: number;
  readonly d1Midpoint: number;
  readonly d1Heun: number;
  readonly d2: number;
  readonly noise: number;
}

/** Integrating the clean latents: Lu et al. 2022, "DPM-Solver++", formulas 8 to 10 (arXiv 2211.01095). */
function dataCoefficients({ from, to, h }: DpmStep): DpmCoefficients {
  const decay = Math.exp(-h) - 1;
  return {
    sample: to.noise / from.noise,
    d0: -to.signal * decay,
    d1Midpoint: -0.5 * to.signal * decay,
    d1Heun: to.signal * (decay / h + 1),
    d2: -to.signal * ((decay + h) / h ** 2 - 0.5),
    noise: 0,
  };
}

/** The same as a stochastic equation (DPM-Solver++, appendix B.6). */
function dataSdeCoefficients({ from, to, h }: DpmStep): DpmCoefficients {
  const gain = 1 - Math.exp(-2 * h);
  return {
    sample: (to.noise / from.noise) * Math.exp(-h),
    d0: to.signal * gain,
    d1Midpoint: 0.5 * to.signal * gain,
    d1Heun: to.signal * (gain / (-2 * h) + 1),
    // The integral has + 0.5 here; the reference has - 0.5, and a seed shall give the reference's picture.
    d2: to.signal * ((gain - 2 * h) / (2 * h) ** 2 - 0.5),
    noise: to.noise * Math.sqrt(gain),
  };
}

/** Integrating the noise: Lu et al. 2022, "DPM-Solver", algorithms 1 and 2 (arXiv 2206.00927). */
function noiseCoefficients({ from, to, h }: DpmStep): DpmCoefficients {
  const growth = Math.exp(h) - 1;
  return {
    sample: to.signal / from.signal,
    d0: -to.noise * growth,
    d1Midpoint: -0.5 * to.noise * growth,
    d1Heun: -to.noise * (growth / h - 1),
    d2: -to.noise * ((growth - h) / h ** 2 - 0.5),
    noise: 0,
  };
}

function noiseSdeCoefficients({ from, to, h }: DpmStep): DpmCoefficients {
  const growth = Math.exp(h) - 1;
  return {
    sample: to.signal / from.signal,
    d0: -2 * to.noise * growth,
    d1Midpoint: -to.noise * growth,
    d1Heun: -2 * to.noise * (growth / h - 1),
    // The reference has no third order for this form either; the plan refuses it.
    d2: Number.NaN,
    noise: to.noise * Math.sqrt(Math.exp(2 * h) - 1),
  };
}

export function dpmCoefficients(algorithm: DpmAlgorithm, step: DpmStep): DpmCoefficients {
  switch (algorithm) {
    case 'dpmsolver++':
      return dataCoefficients(step);
    case 'sde-dpmsolver++':
      return dataSdeCoefficients(step);
    case 'dpmsolver':
      return noiseCoefficients(step);
    case 'sde-dpmsolver':
      return noiseSdeCoefficients(step);
  }
}
