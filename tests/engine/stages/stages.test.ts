import { describe, expect, it } from 'vitest';
import type { PixelImage } from '../../../src/main/engine/image/pixel-image';
import { guide } from '../../../src/main/engine/stages/guidance';
import { guidanceEmbedding } from '../../../src/main/engine/stages/guidance-embedding';
import { fillFromSurroundings, noiseUnderMask } from '../../../src/main/engine/stages/masked-content';
import { previewOf } from '../../../src/main/engine/stages/preview';
import { floats, goldenCases } from '../pipelines/golden';

describe('guide', () => {
  const unconditional = Float32Array.of(0, 1, 2, 3);
  const conditional = Float32Array.of(1, 1, 1, 1.5);

  it('moves from the unconditional output past the conditional one', () => {
    expect([...guide({ unconditional, conditional, scale: 3, rescale: 0 })]).toEqual([3, 1, -1, -1.5]);
  });

  it('rescales to the spread of the conditional output', () => {
    const guided = guide({ unconditional, conditional, scale: 3, rescale: 1 });
    const spread = (values: Float32Array): number => {
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
    };
    expect(spread(guided)).toBeCloseTo(spread(conditional), 6);
  });
});

describe('guidanceEmbedding', () => {
  it('equals the reference for every guidance of the LCM runs', () => {
    for (const golden of goldenCases('tiny-lcm')) {
      const { timestep_cond: stored } = golden.outputs as unknown as { timestep_cond: { file: string; shape: readonly number[] } };
      const expected = floats(stored).subarray(0, 32);
      const actual = guidanceEmbedding(golden.guidance_scale - 1, 32);
      expect(Math.max(...actual.map((value, i) => Math.abs(value - (expected[i] ?? NaN))))).toBeLessThan(1e-3);
    }
  });
});

describe('previewOf', () => {
  it('maps latents linearly to colours, row by row', () => {
    const map = { factors: [[1, 0, 0], [0, 0.5, 0]], bias: [0, 0, -1] };
    const latents = { channels: 2, height: 1, width: 2, data: Float32Array.of(1, -1, 0, 1) };
    expect(previewOf(latents, map)).toEqual({ width: 2, height: 1, rgb: Uint8Array.of(255, 128, 0, 0, 191, 0) });
  });

  it('stays under 64 KB for the largest picture', () => {
    const latents = { channels: 1, height: 256, width: 512, data: new Float32Array(256 * 512) };
    expect(previewOf(latents, { factors: [[1, 1, 1]], bias: [0, 0, 0] }).rgb.length).toBeLessThan(64 * 1024);
  });
});

describe('masked content', () => {
  const image: PixelImage = { width: 8, height: 8, channels: 3, data: Uint8Array.from({ length: 192 }, (_, i) => (Math.floor(i / 3) % 8 < 4 ? 200 : 20)) };
  const hole = (level: number): PixelImage => ({ width: 8, height: 8, channels: 1, data: Uint8Array.from({ length: 64 }, (_, i) => (i % 8 < 2 && i < 32 ? level : 0)) });

  it('takes the colours around a hole and leaves everything else', () => {
    const spoilt: PixelImage = { ...image, data: image.data.map((value, i) => (hole(255).data[Math.floor(i / 3)] === 255 ? 0 : value)) };
    const filled = fillFromSurroundings(spoilt, hole(255));
    expect(filled.data.slice(0, 6).every((value) => value > 110)).toBe(true);
    expect(filled.data.slice(6, 24)).toEqual(image.data.slice(6, 24));
  });

  it('mixes by the grey of the mask', () => {
    const black: PixelImage = { ...image, data: new Uint8Array(192) };
    expect(fillFromSurroundings(black, hole(128)).data).toEqual(black.data);
  });

  it('puts noise where the mask is and nowhere else', () => {
    const planes = (value: number): { channels: number; height: number; width: number; data: Float32Array } => ({ channels: 2, height: 1, width: 2, data: new Float32Array(4).fill(value) });
    const mixed = noiseUnderMask(planes(1), planes(5), { width: 2, height: 1, data: Float32Array.of(0, 1) });
    expect([...mixed.data]).toEqual([1, 5, 1, 5]);
  });
});
