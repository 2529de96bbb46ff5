/**
 * Reader of `.safetensors` (https://github.com/huggingface/safetensors, README "Format"): u64 little-endian header
 * length, a JSON header of { name: { dtype, shape, data_offsets } }, then the data. Nothing in the file is executed.
 */
import { StudioError } from '../../../shared/errors';

export interface SafeTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Embeddings are small; a header beyond this is no header. */
const HEADER_LIMIT = 16 * 1024 * 1024;

function halfToFloat(bits: number): number {
  const sign = (bits & 0x8000) === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

const bits32 = new DataView(new ArrayBuffer(4));
function bfloatToFloat(bits: number): number {
  bits32.setUint32(0, bits << 16);
  return bits32.getFloat32(0);
}

const DTYPES: ReadonlyMap<string, { readonly bytes: number; readonly read: (view: DataView, at: number) => number }> = new Map([
  ['F64', { bytes: 8, read: (view: DataView, at: number): number => view.getFloat64(at, true) }],
  ['F32', { bytes: 4, read: (view: DataView, at: number): number => view.getFloat32(at, true) }],
  ['F16', { bytes: 2, read: (view: DataView, at: number): number => halfToFloat(view.getUint16(at, true)) }],
  ['BF16', { bytes: 2, read: (view: DataView, at: number): number => bfloatToFloat(view.getUint16(at, true)) }],
]);

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'number' && Number.isSafeInteger(item) && item >= 0);
}

/**
 * @param name the file's name for errors
 * @throws StudioError `model-invalid` when the file is damaged; `model-unsupported` for a dtype that is no float
 */
export function readSafetensors(bytes: Uint8Array, name: string): Map<string, SafeTensor> {
  const damaged = (problem: string, cause?: unknown): StudioError =>
    new StudioError('model-invalid', `The file ${name} ${problem}; download it again.`, { cause });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = bytes.length < 8 ? 0 : Number(view.getBigUint64(0, true));
  if (length < 2 || length > HEADER_LIMIT || 8 + length > bytes.length) throw damaged('is no safetensors file or is cut short');
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(8, 8 + length)));
  } catch (caught) {
    throw damaged('has a damaged header', caught);
  }
  if (typeof header !== 'object' || header === null) throw damaged('has a damaged header');
  const tensors = new Map<string, SafeTensor>();
  for (const [key, entry] of Object.entries(header)) {
    if (key === '__metadata__') continue;
    const { dtype, shape, data_offsets: offsets }: Record<string, unknown> = { ...(entry as object) };
    if (typeof dtype !== 'string' || !isCounts(shape) || !isCounts(offsets)) throw damaged(`describes ${JSON.stringify(key)} wrongly`);
    const format = DTYPES.get(dtype);
    if (format === undefined) throw new StudioError('model-unsupported', `The file ${name} holds ${dtype} numbers, which are not supported; save it as float32, float16 or bfloat16.`);
    const count = shape.reduce((product, side) => product * side, 1);
    const [start = 0, end = 0] = offsets;
    if (end - start !== count * format.bytes || 8 + length + end > bytes.length) throw damaged(`is cut short in ${JSON.stringify(key)}`);
    tensors.set(key, { shape, data: Float32Array.from({ length: count }, (_, i) => format.read(view, 8 + length + start + i * format.bytes)) });
  }
  return tensors;
}
