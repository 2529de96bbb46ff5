import { describe, expect, it } from 'vitest';
import { PhiloxGenerator } from '../../../src/main/engine/tensor/philox';

const rounded = (data: Float32Array): number[] => [...data].map((value) => Number(value.toFixed(6)));
const near = (values: readonly number[]): unknown[] =>
  values.map((value) => expect.closeTo(value, 5) as unknown);

// Vectors printed by A1111 modules/rng_philox.py.
describe('PhiloxGenerator', () => {
  it('gives the CUDA noise of seed 0', () => {
    const drawn = rounded(new PhiloxGenerator(0).randn(6));
    expect(drawn).toEqual(near([-0.92466259, -0.42534415, -2.6438457, 0.14518388, -0.12086647, -0.57972564]));
  });

  it('counts its draws', () => {
    const generator = new PhiloxGenerator(42);
    expect(rounded(generator.randn(4))).toEqual(near([0.19401887, 2.1613739, -0.17205095, 0.84906]));
    expect(rounded(generator.randn(4))).toEqual(near([0.13913749, -0.10821616, -0.71742219, 0.75664866]));
  });

  it('gives each element the same value however many are drawn', () => {
    const few = new PhiloxGenerator(7).randn(10);
    expect(new PhiloxGenerator(7).randn(5000).slice(0, 10)).toEqual(few);
  });

  it('uses the upper half of a 64 bit seed', () => {
    expect(new PhiloxGenerator(2 ** 32 + 1).randn(4)).not.toEqual(new PhiloxGenerator(1).randn(4));
  });
});
