import type { NoiseGenerator } from './noise';

const ROUNDS = 10;
const MULTIPLIER_0 = 0xd2511f53 | 0;
const MULTIPLIER_1 = 0xcd9e8d57 | 0;
const WEYL_0 = 0x9e3779b9 | 0;
const WEYL_1 = 0xbb67ae85 | 0;

const f = Math.fround;
/** 2^-32 and 2π·2^-32, in single precision as CUDA's curand has them; half a step keeps u above zero. */
const TO_UNIT = f(2.3283064e-10);
const TO_ANGLE = f(2.3283064e-10 * 6.2831855);

/**
 * The high 32 bits of a product of 32 by 32 bits. As in all of this file, 32 bits are an int32 of the same bits: the
 * only whole numbers that JavaScript engines compute with as fast as the processor.
 */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = (Math.imul(aHigh, bLow) + (Math.imul(aLow, bLow) >>> 16)) | 0;
  const carried = (Math.imul(aLow, bHigh) + (middle & 0xffff)) | 0;
  return (Math.imul(aHigh, bHigh) + (middle >>> 16) + (carried >>> 16)) | 0;
}

/**
 * The noise of torch's CUDA generator for one image, which A1111 uses unless told otherwise ("GPU" and "NV" source).
 * Element i of draw number n is a function of (seed, n, i) alone (A1111 modules/rng_philox.py).
 */
export class PhiloxGenerator implements NoiseGenerator {
  private readonly keyLow: number;
  private readonly keyHigh: number;
  private draw = 0;
  /** The first two words of the block drawn last. */
  private readonly words = new Int32Array(2);

  /** @param seed any integer, taken modulo 2^64. */
  constructor(seed: number) {
    const wide = BigInt.asUintN(64, BigInt(Math.trunc(seed)));
    this.keyLow = Number(wide & 0xffffffffn) | 0;
    this.keyHigh = Number(wide >> 32n) | 0;
  }

  randn(count: number): Float32Array {
    const { words } = this;
    const data = new Float32Array(count);
    for (let i = 0; i < count; i += 1) {
      this.drawBlock(i);
      const u = f(f(f((words[0] ?? 0) >>> 0) * TO_UNIT) + f(TO_UNIT / 2));
      const angle = f(f(f((words[1] ?? 0) >>> 0) * TO_ANGLE) + f(TO_ANGLE / 2));
      data[i] = f(Math.sqrt(f(-2 * f(Math.log(u))))) * f(Math.sin(angle));
    }
    this.draw += 1;
    return data;
  }

  /** Philox 4x32-10 of the counter (draw, 0, element, 0) (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3"). */
  private drawBlock(element: number): void {
    let c0 = this.draw | 0;
    let c1 = 0;
    let c2 = element | 0;
    let c3 = 0;
    let k0 = this.keyLow;
    let k1 = this.keyHigh;
    for (let round = 0; round < ROUNDS; round += 1) {
      const high = multiplyHigh(c0, MULTIPLIER_0) ^ c3 ^ k1;
      const low = Math.imul(c0, MULTIPLIER_0);
      c0 = multiplyHigh(c2, MULTIPLIER_1) ^ c1 ^ k0;
      c1 = Math.imul(c2, MULTIPLIER_1);
      c2 = high;
      c3 = low;
      k0 = (k0 + WEYL_0) | 0;
      k1 = (k1 + WEYL_1) | 0;
    }
    this.words[0] = c0;
    this.words[1] = c1;
  }
}
