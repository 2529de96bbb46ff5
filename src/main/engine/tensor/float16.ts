import { roundHalfEven } from './rounding';

/**
 * IEEE 754 half precision as the bits of a Uint16Array, the form in which onnxruntime takes and gives it.
 * Conversion rounds to nearest, ties to even, as torch and numpy do; overflow becomes infinity.
 */
const float = new Float32Array(1);
const word = new Uint32Array(float.buffer);

/** The step between subnormal halves, and the smallest normal one. */
const SUBNORMAL_STEP = 2 ** -24;
const SMALLEST_NORMAL = 2 ** -14;
/** The first float32 that rounds up to infinity: halfway between 65504 and the 65536 that is none. */
const FIRST_OVERFLOW = 65520;

function encode(value: number): number {
  float[0] = value;
  const bits = word[0] ?? 0;
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = Math.abs(value);
  if (Number.isNaN(value)) return sign | 0x7e00;
  if (magnitude >= FIRST_OVERFLOW) return sign | 0x7c00;
  if (magnitude < SMALLEST_NORMAL) return sign | roundHalfEven(magnitude / SUBNORMAL_STEP);
  // Adding just under half of the dropped 13 bits, plus the kept last bit, rounds ties to even; a carry raises the exponent.
  const rebiased = (bits & 0x7fffffff) - ((127 - 15) << 23);
  return sign | ((rebiased + 0xfff + ((rebiased >>> 13) & 1)) >>> 13);
}

function decode(bits: number): number {
  const sign = (bits & 0x8000) === 0 ? 1 : -1;
  const exponent = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : Number.NaN;
  if (exponent === 0) return sign * fraction * SUBNORMAL_STEP;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** All halves by their bits; made at first use. */
let numbers: Float32Array | null = null;

/** @returns the bits of each value as a half; not a number stays not a number. */
export function toFloat16(values: Float32Array): Uint16Array {
  const halves = new Uint16Array(values.length);
  for (let i = 0; i < values.length; i += 1) halves[i] = encode(values[i] ?? 0);
  return halves;
}

/** @param halves bits of half precision numbers. @returns the same numbers, exactly. */
export function fromFloat16(halves: Uint16Array): Float32Array {
  const table = (numbers ??= Float32Array.from({ length: 0x10000 }, (_, bits) => decode(bits)));
  const values = new Float32Array(halves.length);
  for (let i = 0; i < values.length; i += 1) values[i] = table[halves[i] ?? 0] ?? 0;
  return values;
}
