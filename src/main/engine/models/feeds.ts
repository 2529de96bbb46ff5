import { StudioError } from '../../../shared/errors';
import type { TensorInfo, TensorValue } from '../runtime/runtime';
import { fromFloat16, toFloat16 } from '../tensor/float16';
import type { Tensor } from '../tensor/tensor';

/** float32 numbers in the type a graph declares; integers are rounded. */
export function numbersFor(info: TensorInfo, dims: readonly number[], data: Float32Array): TensorValue {
  switch (info.type) {
    case 'float16':
      return { type: 'float16', dims, data: toFloat16(data) };
    case 'int64':
      return { type: 'int64', dims, data: BigInt64Array.from(data, (value) => BigInt(Math.round(value))) };
    case 'int32':
      return { type: 'int32', dims, data: Int32Array.from(data, Math.round) };
    case 'float32':
    case 'bool':
    case 'other':
      return { type: 'float32', dims, data };
  }
}

/** Token ids in the integer type a graph declares. */
export const idsFor = (info: TensorInfo, dims: readonly number[], ids: readonly number[]): TensorValue =>
  info.type === 'int32'
    ? { type: 'int32', dims, data: Int32Array.from(ids) }
    : { type: 'int64', dims, data: BigInt64Array.from(ids, BigInt) };

/** @throws StudioError `model-invalid` when the graph gave no such output or one that holds no floats */
export function floatOutput(outputs: Readonly<Record<string, TensorValue>>, name: string): Tensor {
  const value = outputs[name];
  if (value?.type === 'float32') return { dims: value.dims, data: value.data };
  if (value?.type === 'float16') return { dims: value.dims, data: fromFloat16(value.data) };
  throw new StudioError('model-invalid', `Expected float numbers from the output ${name} but received ${value?.type ?? 'nothing'}: export this model again.`);
}
