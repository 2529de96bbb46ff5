/**
 * Turns uniforms into normals as torch's AVX2 kernel does, bit for bit
 * (pytorch aten/src/ATen/native/cpu/DistributionTemplates.h and avx_mathfun.h).
 * torch evaluates ln, sin and cos with the Cephes single precision polynomials (Moshier, netlib.org/cephes),
 * contracted to fused multiply-adds; Math.log and Math.cos differ from them in the last bit for half of all values.
 */
const f = Math.fround;

/** A product of two float32 is exact in float64, so one rounding at the end is a fused multiply-add. */
const fma = (a: number, b: number, c: number): number => f(a * b + c);

const LN_POLYNOMIAL = [
  -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1, 2.0000714765e-1,
  -2.4999993993e-1, 3.3333331174e-1,
].map(f);
const LN_LEADING = f(7.0376836292e-2);
const LN2_LOW = f(-2.1219444e-4);
const LN2_HIGH = f(0.693359375);
const SQRT_HALF = f(0.70710678);

/** One float32 and its bits: the same four bytes. */
const float = new Float32Array(1);
const word = new Uint32Array(float.buffer);

/** ln of a float32 in (0, 1]. */
export function lnCephes(value: number): number {
  float[0] = value;
  const bits = word[0] ?? 0;
  let exponent = (bits >>> 23) - 126;
  word[0] = (bits & 0x007fffff) | 0x3f000000;
  let x = float[0] ?? 0;
  if (x < SQRT_HALF) {
    exponent -= 1;
    x = f(f(x - 1) + x);
  } else {
    x = f(x - 1);
  }
  const z = f(x * x);
  let y = LN_LEADING;
  for (const coefficient of LN_POLYNOMIAL) y = fma(y, x, coefficient);
  y = f(y * x);
  y = fma(y, z, f(exponent * LN2_LOW));
  y = fma(z, -0.5, y);
  return fma(exponent, LN2_HIGH, f(x + y));
}

const TWO_PI = f(6.2831855);
const FOUR_OVER_PI = f(1.27323954473516);
const PI_4_HIGH = f(-0.78515625);
const PI_4_MIDDLE = f(-2.4187564849853515625e-4);
const PI_4_LOW = f(-3.77489497744594108e-8);
const COS = [2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2].map(f) as [
  number,
  number,
  number,
];
const SIN = [-1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1].map(f) as [number, number, number];

/**
 * Box-Muller on one pair: `uniform1`, `uniform2` in [0, 1) as float32 with 24 bits.
 * Writes r·cos θ at `cosAt` and r·sin θ at `sinAt`, with r = √(−2 ln(1 − u1)) and θ = 2π·u2.
 */
export function boxMullerAvx2(data: Float32Array, cosAt: number, sinAt: number): void {
  const uniform1 = data[cosAt] ?? 0;
  const uniform2 = data[sinAt] ?? 0;
  const radius = f(Math.sqrt(f(-2 * lnCephes(f(1 - uniform1)))));
  const theta = f(TWO_PI * uniform2);
  const octant = (Math.trunc(f(theta * FOUR_OVER_PI)) + 1) & ~1;
  let x = fma(octant, PI_4_HIGH, theta);
  x = fma(octant, PI_4_MIDDLE, x);
  x = fma(octant, PI_4_LOW, x);
  const z = f(x * x);
  let cosine = fma(COS[0], z, COS[1]);
  cosine = f(fma(cosine, z, COS[2]) * z);
  cosine = f(fma(cosine, z, f(z * -0.5)) + 1);
  let sine = fma(SIN[0], z, SIN[1]);
  sine = f(fma(sine, z, SIN[2]) * z);
  sine = fma(sine, x, x);
  const isSwapped = (octant & 2) !== 0;
  const sinMagnitude = isSwapped ? cosine : sine;
  const cosMagnitude = isSwapped ? sine : cosine;
  data[cosAt] = radius * ((~(octant - 2) & 4) !== 0 ? -cosMagnitude : cosMagnitude);
  data[sinAt] = radius * ((octant & 4) !== 0 ? -sinMagnitude : sinMagnitude);
}
