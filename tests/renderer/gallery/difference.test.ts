import { describe, expect, it } from 'vitest';
import { differenceOf } from '../../../src/renderer/features/gallery-compare/kernels/difference';

describe('the difference of two pictures', () => {
  const a = Uint8ClampedArray.from([10, 20, 30, 255, 100, 100, 100, 255]);
  const b = Uint8ClampedArray.from([10, 20, 30, 0, 90, 103, 200, 255]);

  it('counts what is off and shows it strengthened, alpha left out', () => {
    expect(differenceOf(a, b, 8)).toEqual({ pixels: Uint8ClampedArray.from([0, 0, 0, 255, 80, 24, 255, 255]), changed: 0.5, largest: 100 });
  });

  it('is black where both are the same', () => {
    expect(differenceOf(a, a, 8)).toMatchObject({ changed: 0, largest: 0 });
  });
});
