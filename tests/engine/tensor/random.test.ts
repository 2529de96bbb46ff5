import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { TorchCpuGenerator } from '../../../src/main/engine/tensor/random';
import golden from '../../fixtures/golden/randn.json';

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, side) => product * side, 1);

const hashOf = (data: Float32Array): string =>
  createHash('sha256')
    .update(Buffer.from(data.buffer, data.byteOffset, data.byteLength))
    .digest('hex');

const hexOf = (data: Float32Array): string[] => {
  const view = new DataView(new ArrayBuffer(4));
  return [...data].map((value) => {
    view.setFloat32(0, value);
    return view.getUint32(0).toString(16).padStart(8, '0');
  });
};

const describeDraw = (data: Float32Array) => ({
  first: hexOf(data.slice(0, 8)),
  last: hexOf(data.slice(-8)),
  sha256: hashOf(data),
});

interface GoldenDraw {
  readonly shape: readonly number[];
  readonly first8_hex_be: readonly string[];
  readonly last8_hex_be: readonly string[];
  readonly sha256_le_f32: string;
}

const expected = (draw: GoldenDraw) => ({
  first: draw.first8_hex_be,
  last: draw.last8_hex_be,
  sha256: draw.sha256_le_f32,
});

describe('TorchCpuGenerator', () => {
  it.each(golden.single.map((draw) => [draw.seed, draw.shape.join('x'), draw] as const))(
    'repeats torch.randn bit for bit: seed %s, %s',
    (seed, _shape, draw) => {
      expect(describeDraw(new TorchCpuGenerator(seed).randn(sizeOf(draw.shape)))).toEqual(expected(draw));
    },
  );

  it.each(golden.sequential.map((run) => [run.seed, run] as const))(
    'keeps its place between draws, and the cached second normal of the scalar path: seed %s',
    (seed, run) => {
      const generator = new TorchCpuGenerator(seed);
      const drawn = run.draws.map((draw) => describeDraw(generator.randn(sizeOf(draw.shape))));
      expect(drawn).toEqual(run.draws.map(expected));
    },
  );

  it.each(golden.batched.map((run, i) => [i, run.kind, run] as const))(
    'fills batches: %s, %s',
    (_i, _kind, run) => {
      const generators = [run.seeds].flat().map((seed) => new TorchCpuGenerator(seed));
      const perGenerator = sizeOf(run.shape) / generators.length;
      const drawBatch = () => {
        const parts = generators.map((generator) => generator.randn(perGenerator));
        const batch = new Float32Array(sizeOf(run.shape));
        parts.forEach((part, k) => batch.set(part, k * perGenerator));
        return describeDraw(batch);
      };
      const calls = [
        run.first_call,
        ...('second_call' in run && run.second_call !== undefined ? [run.second_call] : []),
      ];
      expect(calls.map(drawBatch)).toEqual(calls.map(expected));
    },
  );

  it.each(golden.seed_modulo_2_32.map((pair) => [pair.seed, pair.same_as] as const))(
    'counts seeds modulo 2^32: %s is %s',
    (seed, sameAs) => {
      expect(new TorchCpuGenerator(seed).randn(64)).toEqual(new TorchCpuGenerator(sameAs).randn(64));
    },
  );
});
