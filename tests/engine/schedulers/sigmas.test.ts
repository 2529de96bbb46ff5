import { describe, expect, it } from 'vitest';
import { quantileOfBeta } from '../../../src/main/engine/schedulers/beta-quantile';
import {
  exponentialSigmas,
  interpolate,
  karrasSigmas,
  timestepOfSigma,
} from '../../../src/main/engine/schedulers/sigmas';

describe('quantileOfBeta', () => {
  const probabilities = [1e-6, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.999];

  it('is the arcsine law for shape 1/2 and the identity for shape 1', () => {
    for (const p of probabilities) {
      expect(quantileOfBeta(p, 0.5)).toBeCloseTo(Math.sin((Math.PI * p) / 2) ** 2, 11);
      expect(quantileOfBeta(p, 1)).toBeCloseTo(p, 11);
    }
  });

  it('has its ends at 0 and 1', () => {
    expect([quantileOfBeta(0, 0.6), quantileOfBeta(1, 0.6)]).toEqual([0, 1]);
  });
});

describe('noise levels', () => {
  it('run from the largest to the smallest', () => {
    const range = { min: 0.03, max: 14.6, count: 5 };
    for (const levels of [karrasSigmas(range), exponentialSigmas(range)]) {
      expect([levels[0], levels[4]]).toEqual([
        expect.closeTo(14.6, 9) as unknown,
        expect.closeTo(0.03, 9) as unknown,
      ]);
      expect([...levels].sort((a, b) => b - a)).toEqual(levels);
    }
    expect([karrasSigmas({ ...range, count: 1 }), exponentialSigmas({ ...range, count: 1 })].flat()).toEqual([
      expect.closeTo(14.6, 9),
      expect.closeTo(14.6, 9),
    ]);
  });

  it('find their fractional timestep and back', () => {
    const table = [1, Math.E, Math.E ** 2];
    const logTable = table.map(Math.log);
    expect(
      [0.5, 1, Math.E ** 1.25, Math.E ** 2, 100].map((sigma) => timestepOfSigma(sigma, logTable)),
    ).toEqual([0, 0, 1.25, 2, 2].map((t) => expect.closeTo(t, 9) as unknown));
    expect([-1, 0.5, 5].map((t) => interpolate(table, t))).toEqual(
      [1, (1 + Math.E) / 2, Math.E ** 2].map((sigma) => expect.closeTo(sigma, 12) as unknown),
    );
  });
});
