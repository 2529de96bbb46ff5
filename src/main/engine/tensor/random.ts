import { boxMullerAvx2 } from './avx2-normal';
import { MersenneTwister } from './mersenne-twister';
import type { NoiseGenerator } from './noise';

/** torch's vectorised path works on blocks of this many values and needs at least one whole block. */
const BLOCK = 16;

/**
 * `torch.Generator("cpu").manual_seed(seed)`: the noise that diffusers and ComfyUI start from.
 * `randn(n)` equals `torch.randn(n, dtype=float32)` of an x86 build with AVX2, bit for bit
 * (pytorch aten/src/ATen/native/cpu/DistributionTemplates.h; vectors in tests/fixtures/golden/randn.json).
 */
export class TorchCpuGenerator implements NoiseGenerator {
  private readonly engine: MersenneTwister;
  /** The second normal of the last scalar Box-Muller pair, kept across calls as torch keeps it. */
  private cachedNormal: number | null = null;

  /** @param seed any integer; equal modulo 2^32 means equal noise. */
  constructor(seed: number) {
    this.engine = new MersenneTwister(seed);
  }

  /** @param count how many normals, in C order of the tensor they are for. */
  randn(count: number): Float32Array {
    const data = new Float32Array(count);
    if (count < BLOCK) {
      for (let i = 0; i < count; i += 1) data[i] = this.scalarNormal();
      return data;
    }
    this.fillUniform(data, 0);
    for (let start = 0; start + BLOCK <= count; start += BLOCK) transformBlock(data, start);
    if (count % BLOCK !== 0) {
      // torch redraws the whole last block, overwriting up to 15 normals that were already finished.
      this.fillUniform(data, count - BLOCK);
      transformBlock(data, count - BLOCK);
    }
    return data;
  }

  private fillUniform(data: Float32Array, start: number): void {
    for (let i = start; i < data.length; i += 1) data[i] = (this.engine.nextUint32() & 0xffffff) / 0x1000000;
  }

  private uniform53(): number {
    const high = this.engine.nextUint32() & 0x1fffff;
    return (high * 0x100000000 + this.engine.nextUint32()) / 0x20000000000000;
  }

  private scalarNormal(): number {
    if (this.cachedNormal !== null) {
      const value = this.cachedNormal;
      this.cachedNormal = null;
      return value;
    }
    const theta = 2 * Math.PI * this.uniform53();
    const radius = Math.sqrt(-2 * Math.log1p(-this.uniform53()));
    this.cachedNormal = radius * Math.sin(theta);
    return radius * Math.cos(theta);
  }
}

function transformBlock(data: Float32Array, start: number): void {
  for (let j = start; j < start + BLOCK / 2; j += 1) boxMullerAvx2(data, j, j + BLOCK / 2);
}
