import { StudioError } from '../../../shared/errors';

/** Float32 numbers with a shape, in C order. */
export interface Tensor {
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

/** How many numbers a shape holds. */
export const sizeOf = (dims: readonly number[]): number => dims.reduce((product, side) => product * side, 1);

/** @throws StudioError `internal` when the data does not fill the shape. */
export function tensorOf(data: Float32Array, dims: readonly number[]): Tensor {
  if (data.length !== sizeOf(dims)) {
    throw new StudioError(
      'internal',
      `Expected ${sizeOf(dims)} numbers for shape [${dims.join(', ')}] but received ${data.length}.`,
    );
  }
  return { data, dims };
}

/**
 * Joins tensors along one axis; all other sides are equal. Axis 0 stacks batches, 1 channels or tokens, -1 the last axis.
 * @throws StudioError `internal` when a side differs or there is nothing to join.
 */
export function concat(tensors: readonly Tensor[], axis: number): Tensor {
  const first = tensors[0];
  if (first === undefined)
    throw new StudioError('internal', 'Expected at least one tensor to join but received none.');
  const at = axis < 0 ? axis + first.dims.length : axis;
  for (const { dims } of tensors) {
    const isAlike =
      dims.length === first.dims.length && dims.every((side, i) => i === at || side === first.dims[i]);
    if (!isAlike) {
      throw new StudioError(
        'internal',
        `Expected shape [${first.dims.join(', ')}] beside axis ${at} but received [${dims.join(', ')}].`,
      );
    }
  }
  const joined = tensors.reduce((sum, { dims }) => sum + (dims[at] ?? 0), 0);
  const dims = first.dims.map((side, i) => (i === at ? joined : side));
  const data = new Float32Array(sizeOf(dims));
  const rows = sizeOf(first.dims.slice(0, at));
  let offset = 0;
  for (let row = 0; row < rows; row += 1) {
    for (const tensor of tensors) {
      const length = tensor.data.length / rows;
      data.set(tensor.data.subarray(row * length, (row + 1) * length), offset);
      offset += length;
    }
  }
  return { data, dims };
}

/** Item `index` of the first axis as a batch of one; shares the memory of `tensor`. */
export function batchItem({ data, dims }: Tensor, index: number): Tensor {
  const rest = dims.slice(1);
  const length = sizeOf(rest);
  return { data: data.subarray(index * length, (index + 1) * length), dims: [1, ...rest] };
}
