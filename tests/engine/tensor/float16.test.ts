import { describe, expect, it } from 'vitest';
import { fromFloat16, toFloat16 } from '../../../src/main/engine/tensor/float16';

const encode = (...values: number[]): number[] => [...toFloat16(Float32Array.from(values))];
const decode = (...halves: number[]): number[] => [...fromFloat16(Uint16Array.from(halves))];

/** Every half that is a number, both signs. */
const ALL_NUMBERS = Uint16Array.from({ length: 0x10000 }, (_, i) => i).filter(
  (half) => (half & 0x7c00) !== 0x7c00,
);

describe('float16', () => {
  it('encodes what numpy encodes', () => {
    const halves = encode(0, -0, 1, -2, 65504, 0.1, 1 / 3, 6.104e-5, 5.96e-8, -0.18215);
    expect(halves).toEqual([0x0000, 0x8000, 0x3c00, 0xc000, 0x7bff, 0x2e66, 0x3555, 0x0400, 0x0001, 0xb1d4]);
  });

  it('keeps infinities and what is not a number', () => {
    expect(encode(Infinity, -Infinity, Number.NaN)).toEqual([0x7c00, 0xfc00, 0x7e00]);
    expect(decode(0x7c00, 0xfc00, 0x7e01)).toEqual([Infinity, -Infinity, Number.NaN]);
  });

  it('overflows to infinity from the first number nearer to 65536 than to 65504', () => {
    expect(encode(65519.99, 65520, -70000, 3e38)).toEqual([0x7bff, 0x7c00, 0xfc00, 0x7c00]);
  });

  it('returns every half unchanged', () => {
    expect(toFloat16(fromFloat16(ALL_NUMBERS))).toEqual(ALL_NUMBERS);
  });

  it('rounds the middle between neighbours to the even one and anything beyond it to the nearer', () => {
    const positive = ALL_NUMBERS.filter((half) => half < 0x7bff);
    const lower = fromFloat16(positive);
    const upper = fromFloat16(positive.map((half) => half + 1));
    const middles = lower.map((low, i) => (low + (upper[i] ?? 0)) / 2);
    expect(toFloat16(middles)).toEqual(positive.map((half) => half + (half & 1)));
    expect(toFloat16(middles.map((middle) => middle * (1 + 2 ** -22)))).toEqual(
      positive.map((half) => half + 1),
    );
    expect(toFloat16(middles.map((middle) => middle * (1 - 2 ** -22)))).toEqual(positive);
  });
});
