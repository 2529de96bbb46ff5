import type { NoiseGenerator } from './noise';

const ROUNDS = 10;
const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1 = 0xcd9e8d57;
const WEYL_0 = 0x9e3779b9;
const WEYL_1 = 0xbb67ae85;

const f = Math.fround;
/** 2^-32 and 2π·2^-32, in single precision as CUDA's curand has them; half a step keeps u above zero. */
const TO_UNIT = f(2.3283064e-10);
const TO_ANGLE = f(2.3283064e-10 * 6.2831855);

type Words = [number, number, number, number];

/** The high 32 bits of a 32 × 32 bit product. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  return (aHigh * bHigh + Math.floor(middle / 0x10000) + ((middle % 0x10000) + aLow * bHigh) / 0x10000) >>> 0;
}

/** Philox 4x32-10 (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3"). */
function philox4x32(counter: Words, key0: number, key1: number): Words {
  let [c0, c1, c2, c3] = counter;
  let k0 = key0;
  let k1 = key1;
  for (let round = 0; round < ROUNDS; round += 1) {
    const next: Words = [
      (multiplyHigh(c2, MULTIPLIER_1) ^ c1 ^ k0) >>> 0,
      Math.imul(c2, MULTIPLIER_1) >>> 0,
      (multiplyHigh(c0, MULTIPLIER_0) ^ c3 ^ k1) >>> 0,
      Math.imul(c0, MULTIPLIER_0) >>> 0,
    ];
    [c0, c1, c2, c3] = next;
    k0 = (k0 + WEYL_0) >>> 0;
    k1 = (k1 + WEYL_1) >>> 0;
  }
  return [c0, c1, c2, c3];
}

/**
 * The noise of torch's CUDA generator for one image, which A1111 uses unless told otherwise ("GPU" and "NV" source).
 * Element i of draw number n is a function of (seed, n, i) alone (A1111 modules/rng_philox.py).
 */
export class PhiloxGenerator implements NoiseGenerator {
  private readonly keyLow: number;
  private readonly keyHigh: number;
  private draw = 0;

  /** @param seed any integer, taken modulo 2^64. */
  constructor(seed: number) {
    const wide = BigInt.asUintN(64, BigInt(Math.trunc(seed)));
    this.keyLow = Number(wide & 0xffffffffn);
    this.keyHigh = Number(wide >> 32n);
  }

  randn(count: number): Float32Array {
    const data = new Float32Array(count);
    for (let i = 0; i < count; i += 1) {
      const [g0, g1] = philox4x32([this.draw, 0, i, 0], this.keyLow, this.keyHigh);
      const u = f(f(f(g0) * TO_UNIT) + f(TO_UNIT / 2));
      const angle = f(f(f(g1) * TO_ANGLE) + f(TO_ANGLE / 2));
      data[i] = f(Math.sqrt(f(-2 * f(Math.log(u))))) * f(Math.sin(angle));
    }
    this.draw += 1;
    return data;
  }
}
