import { describe, expect, it } from 'vitest';
import { memoryRaster } from '../../../src/main/engine/image/memory-raster';
import type { PixelSource, Samples } from '../../../src/main/engine/image/raster-file';
import { resampleRows, type ResampleOptions } from '../../../src/main/engine/image/resample-rows';
import { KERNELS } from '../../../src/shared/resize/settings';

const OPTIONS: ResampleOptions = { kernel: 'lanczos3', linearLight: false };

const grey = (width: number, height: number, value: (x: number, y: number) => number) =>
  memoryRaster({ width, height, channels: 1, data: Uint8Array.from({ length: width * height }, (_, i) => value(i % width, Math.floor(i / width))) });

const all = (source: PixelSource, width: number, height: number, options: Partial<ResampleOptions> = {}): readonly number[] => [...resampleRows(source, { width, height }, { ...OPTIONS, ...options })].flatMap((row) => [...row]);

/** The definition itself, pixel by pixel in both directions at once. */
function byDefinition(source: PixelSource, to: number, weigh: (x: number) => number, support: number): readonly number[] {
  const scale = source.width / to;
  const stretch = Math.max(1, scale);
  const axis = (i: number): readonly number[] => {
    const weights = Array.from({ length: source.width }, (_, k) => {
      const distance = (k + 0.5 - (i + 0.5) * scale) / stretch;
      return Math.abs(distance) < support ? weigh(distance) : 0;
    });
    const sum = weights.reduce((a, b) => a + b, 0);
    return weights.map((weight) => weight / sum);
  };
  const samples = source.read({ x: 0, y: 0, width: source.width, height: source.height });
  return Array.from({ length: to * to }, (_, i) => {
    const [across, down] = [axis(i % to), axis(Math.floor(i / to))];
    let value = 0;
    down.forEach((v, y) => across.forEach((h, x) => (value += v * h * (samples[y * source.width + x] ?? 0))));
    return Math.round(Math.min(255, Math.max(0, value)));
  });
}

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));

describe('resampleRows', () => {
  it.each([5, 9, 16, 37])('is the Lanczos filter by its definition, 16 to %i', (to) => {
    const source = grey(16, 16, (x, y) => (x * 71 + y * 131 + x * y * 17) % 256);
    const expected = byDefinition(source, to, (x) => sinc(x) * sinc(x / 3), 3);
    const worst = Math.max(...all(source, to, to).map((value, i) => Math.abs(value - (expected[i] ?? 0))));
    expect(worst).toBeLessThanOrEqual(1);
  });

  it.each(KERNELS)('%s shifts nothing: what is symmetrical stays so', (kernel) => {
    const source = grey(9, 9, (x, y) => (x === 4 && y === 4 ? 255 : 0));
    const row = all(source, 27, 27, { kernel }).slice(13 * 27, 14 * 27);
    expect(row).toEqual([...row].reverse());
    expect(Math.max(...row)).toBe(row[13]);
  });

  it.each(KERNELS)('%s keeps one colour exactly, larger and smaller', (kernel) => {
    const source = grey(13, 7, () => 77);
    for (const [width, height] of [[40, 3], [5, 20], [1, 1]] as const) expect(new Set(all(source, width, height, { kernel }))).toEqual(new Set([77]));
  });

  it('keeps the light of fine black and white stripes in linear light', () => {
    const source = grey(64, 64, (x) => (x % 2 === 0 ? 255 : 0));
    const centre = (linearLight: boolean): number => all(source, 8, 8, { linearLight })[4 * 8 + 4] ?? 0;
    expect(centre(false)).toBe(128);
    // Half the light is 188 of 255 in sRGB.
    expect(centre(true)).toBe(188);
  });

  it('mixes no hidden colour into what is seen', () => {
    const source = memoryRaster({ width: 8, height: 1, channels: 4, data: Uint8Array.from(Array.from({ length: 8 }, (_, x) => (x < 4 ? [200, 10, 10, 255] : [0, 255, 0, 0])).flat()) });
    const row = all(source, 4, 1);
    for (let i = 0; i < row.length; i += 4) if ((row[i + 3] ?? 0) > 0) expect(row.slice(i, i + 3)).toEqual([200, 10, 10]);
  });

  it('asks for its rows in order, so that a stream would do', () => {
    const inner = grey(20, 50, (x, y) => x + y);
    const asked: number[] = [];
    const source: PixelSource = { ...inner, read: (box): Samples => (asked.push(box.y), inner.read(box)) };
    all(source, 10, 17);
    expect(asked).toEqual([...asked].sort((a, b) => a - b));
    expect(new Set(asked).size).toBe(50);
  });
});
