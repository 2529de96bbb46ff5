import { FileWindow } from '../runtime/file-window';
import type { OnnxFile, StoredWeights } from '../runtime/onnx-file';
import type { Tensor } from '../tensor/tensor';

/** The layer norm at a text encoder's end, which exported hidden states have not gone through. */
export interface FinalNorm {
  /** [C] each. */
  readonly weight: Float32Array;
  readonly bias: Float32Array;
  readonly epsilon: number;
}

const FLOAT_BYTES = 4;

function readVector(stored: StoredWeights): Float32Array | null {
  const count = stored.dims.reduce((product, dim) => product * dim, 1);
  if (stored.dims.length !== 1 || stored.length !== count * FLOAT_BYTES) return null;
  const file = new FileWindow(stored.path);
  try {
    const bytes = file.read(stored.offset, stored.length);
    return Float32Array.from({ length: count }, (_, i) => bytes.readFloatLE(i * FLOAT_BYTES));
  } finally {
    file.close();
  }
}

/** Reads the norm out of the graph's own float32 weights; null where the exporter renamed or halved them. */
export function readFinalNorm(graph: OnnxFile, epsilon: number): FinalNorm | null {
  const find = (end: string): Float32Array | null => {
    const stored = graph.weights.find(({ name }) => name.endsWith(`final_layer_norm.${end}`));
    return stored === undefined ? null : readVector(stored);
  };
  const weight = find('weight');
  const bias = find('bias');
  return weight === null || bias === null ? null : { weight, bias, epsilon };
}

/** Layer norm over the last axis (Ba et al. 2016), as torch's with the biased variance. */
export function applyNorm(hidden: Tensor, { weight, bias, epsilon }: FinalNorm): Tensor {
  const width = weight.length;
  const data = new Float32Array(hidden.data.length);
  for (let start = 0; start < data.length; start += width) {
    const row = hidden.data.subarray(start, start + width);
    const mean = row.reduce((sum, value) => sum + value, 0) / width;
    const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / width;
    const scale = 1 / Math.sqrt(variance + epsilon);
    for (let i = 0; i < width; i += 1) data[start + i] = ((row[i] ?? 0) - mean) * scale * (weight[i] ?? 1) + (bias[i] ?? 0);
  }
  return { dims: hidden.dims, data };
}
