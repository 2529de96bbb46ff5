const LENGTH = 624;
const SHIFT = 397;

/** mt19937 (Matsumoto & Nishimura 1998), the engine behind torch's CPU generator. Seeds count modulo 2^32. */
export class MersenneTwister {
  private readonly state = new Uint32Array(LENGTH);
  private next = LENGTH;

  constructor(seed: number) {
    let previous = Number(BigInt.asUintN(32, BigInt(Math.trunc(seed))));
    this.state[0] = previous;
    for (let j = 1; j < LENGTH; j += 1) {
      previous = (Math.imul(1812433253, previous ^ (previous >>> 30)) + j) >>> 0;
      this.state[j] = previous;
    }
  }

  /** The next 32 random bits as an unsigned integer. */
  nextUint32(): number {
    if (this.next === LENGTH) this.twist();
    let y = this.state[this.next] ?? 0;
    this.next += 1;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  private twist(): void {
    const state = this.state;
    for (let j = 0; j < LENGTH; j += 1) {
      const following = state[(j + 1) % LENGTH] ?? 0;
      const y = ((state[j] ?? 0) & 0x80000000) | (following & 0x7fffffff);
      state[j] = (state[(j + SHIFT) % LENGTH] ?? 0) ^ (y >>> 1) ^ ((following & 1) === 0 ? 0 : 0x9908b0df);
    }
    this.next = 0;
  }
}
