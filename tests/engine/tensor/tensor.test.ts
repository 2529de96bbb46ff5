import { describe, expect, it } from 'vitest';
import { batchItem, concat, sizeOf, tensorOf } from '../../../src/main/engine/tensor/tensor';
import { weightedSum } from '../../../src/main/engine/tensor/weighted-sum';

const counted = (dims: readonly number[], start = 0) =>
  tensorOf(
    Float32Array.from({ length: sizeOf(dims) }, (_, i) => start + i),
    dims,
  );

describe('tensor', () => {
  it('refuses data that does not fill its shape', () => {
    expect(() => tensorOf(new Float32Array(5), [2, 3])).toThrowError(
      /Expected 6 numbers for shape \[2, 3\] but received 5/,
    );
  });

  it('joins along the first, a middle and the last axis', () => {
    const a = counted([2, 1, 2]);
    const b = counted([2, 1, 2], 10);
    expect(concat([a, b], 0)).toEqual(tensorOf(Float32Array.of(0, 1, 2, 3, 10, 11, 12, 13), [4, 1, 2]));
    expect(concat([a, b], 1)).toEqual(tensorOf(Float32Array.of(0, 1, 10, 11, 2, 3, 12, 13), [2, 2, 2]));
    expect(concat([a, counted([2, 1, 1], 20)], -1)).toEqual(
      tensorOf(Float32Array.of(0, 1, 20, 2, 3, 21), [2, 1, 3]),
    );
  });

  it('refuses to join what differs beside the axis, and nothing at all', () => {
    expect(() => concat([counted([2, 3]), counted([3, 3])], 1)).toThrowError(
      /Expected shape \[2, 3\] beside axis 1 but received \[3, 3\]/,
    );
    expect(() => concat([], 0)).toThrowError(/at least one tensor/);
  });

  it('takes one item of a batch without copying it', () => {
    const batch = counted([3, 2, 2]);
    const item = batchItem(batch, 1);
    expect(item).toEqual(tensorOf(Float32Array.of(4, 5, 6, 7), [1, 2, 2]));
    expect(item.data.buffer).toBe(batch.data.buffer);
  });
});

describe('weightedSum', () => {
  it('adds weighted arrays and leaves them as they are', () => {
    const a = Float32Array.of(1, 2);
    const b = Float32Array.of(10, 20);
    expect([weightedSum([2, a], [-0.5, b]), a, b]).toEqual([
      Float32Array.of(-3, -6),
      Float32Array.of(1, 2),
      Float32Array.of(10, 20),
    ]);
  });

  it('keeps what float32 sums would lose', () => {
    expect(
      weightedSum([1, Float32Array.of(1)], [1e8, Float32Array.of(1)], [-1e8, Float32Array.of(1)]),
    ).toEqual(Float32Array.of(1));
  });
});
