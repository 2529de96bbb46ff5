import { describe, expect, it } from 'vitest';
import { dpmCoefficients } from '../../../src/main/engine/schedulers/dpm-coefficients';
import { levelOfSigma } from '../../../src/main/engine/schedulers/prediction';

const from = levelOfSigma(3);
const to = levelOfSigma(1.2);
const h = Math.log(to.signal / to.noise) - Math.log(from.signal / from.noise);

/** Integral over one step of `kernel` times the k-th Taylor term (u/h)^k / k!, by the midpoint rule. */
function integrate(kernel: (u: number) => number, k: number): number {
  const cells = 20_000;
  const width = h / cells;
  let sum = 0;
  for (let i = 0; i < cells; i += 1) {
    const u = (i + 0.5) * width;
    sum += kernel(u) * (u / h) ** k * width;
  }
  return k === 2 ? sum / 2 : sum;
}

// The exact solutions of the diffusion equations in λ: Lu et al. 2022, DPM-Solver formula 3.4, DPM-Solver++ formula 8.
const KERNELS = {
  'dpmsolver++': (u: number) => to.signal * Math.exp(u - h),
  'sde-dpmsolver++': (u: number) => 2 * to.signal * Math.exp(2 * (u - h)),
  dpmsolver: (u: number) => -to.noise * Math.exp(h - u),
  'sde-dpmsolver': (u: number) => -2 * to.noise * Math.exp(h - u),
} as const;

describe('dpmCoefficients', () => {
  it.each(['dpmsolver++', 'sde-dpmsolver++', 'dpmsolver', 'sde-dpmsolver'] as const)(
    '%s: factors are the integrals of the exact solution',
    (algorithm) => {
      const { d0, d1Heun, d1Midpoint } = dpmCoefficients(algorithm, { from, to, h });
      const integrals = [0, 1].map((k) => integrate(KERNELS[algorithm], k));
      expect([d0, d1Heun]).toEqual(integrals.map((value) => expect.closeTo(value, 7) as unknown));
      expect(d1Midpoint).toBeCloseTo(d0 / 2, 12);
    },
  );

  it('of the third order are the integrals too, except where the reference is off by one', () => {
    const second = (algorithm: keyof typeof KERNELS) => dpmCoefficients(algorithm, { from, to, h }).d2;
    expect(second('dpmsolver++')).toBeCloseTo(integrate(KERNELS['dpmsolver++'], 2), 7);
    expect(second('dpmsolver')).toBeCloseTo(integrate(KERNELS.dpmsolver, 2), 7);
    const reference = integrate(KERNELS['sde-dpmsolver++'], 2) - to.signal;
    expect(second('sde-dpmsolver++')).toBeCloseTo(reference, 7);
  });

  it('draw noise of the variance that a stochastic step removes', () => {
    const data = dpmCoefficients('sde-dpmsolver++', { from, to, h });
    const noise = dpmCoefficients('sde-dpmsolver', { from, to, h });
    // Kept noise and fresh noise together are the noise of the target level.
    expect(Math.hypot(data.sample * from.noise, data.noise)).toBeCloseTo(to.noise, 12);
    expect(noise.noise).toBeCloseTo(to.noise * Math.sqrt(Math.exp(2 * h) - 1), 12);
  });

  it('end a step without noise at the predicted latents', () => {
    const clean = { from, to: { signal: 1, noise: 0 }, h: Infinity };
    expect(dpmCoefficients('dpmsolver++', clean)).toMatchObject({ sample: 0, d0: 1, noise: 0 });
    expect(dpmCoefficients('sde-dpmsolver++', clean)).toMatchObject({ sample: 0, d0: 1, noise: 0 });
  });
});
