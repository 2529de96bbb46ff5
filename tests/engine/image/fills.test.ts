import { describe, expect, it } from 'vitest';
import { matchColours } from '../../../src/main/engine/image/color-match';
import { labToRgb, rgbToLab } from '../../../src/main/engine/image/lab';
import { boundedDistance } from '../../../src/main/engine/image/mask';
import { octaveNoise } from '../../../src/main/engine/image/octave-noise';
import { outpaintCanvas, type OutpaintFill } from '../../../src/main/engine/image/outpaint-fill';
import { cropImage, filledImage, type PixelImage } from '../../../src/main/engine/image/pixel-image';
import { TorchCpuGenerator } from '../../../src/main/engine/tensor/random';
import { distance, golden, goldens } from './fixtures';

function maskWith(size: { width: number; height: number }, box: readonly [number, number, number, number]): PixelImage {
  const mask = filledImage(size, [0]);
  for (let y = box[1]; y < box[3]; y++) mask.data.fill(255, y * size.width + box[0], y * size.width + box[2]);
  return mask;
}

function meanOf(image: PixelImage): number[] {
  return [0, 1, 2].map((channel) => image.data.filter((_, i) => i % 3 === channel).reduce((a, b) => a + b, 0) / (image.width * image.height));
}

describe('Lab', () => {
  it('has the published values of sRGB primaries', () => {
    // Bruce Lindbloom's calculator, D65, no adaptation.
    const expected = [
      [[255, 255, 255], [100, 0, 0]],
      [[255, 0, 0], [53.2408, 80.0925, 67.2032]],
      [[0, 255, 0], [87.7347, -86.1827, 83.1793]],
      [[0, 0, 255], [32.297, 79.1875, -107.8602]],
      [[0, 0, 0], [0, 0, 0]],
    ] as const;
    for (const [[r, g, b], lab] of expected) rgbToLab(r, g, b).forEach((value, i) => expect(value).toBeCloseTo(lab[i] ?? 0, 1));
  });
  it('comes back to the same level', () => {
    for (let i = 0; i < 500; i++) {
      const rgb = [(i * 7) % 256, (i * 31) % 256, (i * 101) % 256] as const;
      labToRgb(rgbToLab(...rgb)).forEach((value, channel) => expect(Math.round(value)).toBe(rgb[channel]));
    }
  });
});

describe('matchColours', () => {
  const size = { width: 48, height: 40 };
  const mask = maskWith(size, [16, 12, 32, 28]);
  /** Soft stripes. */
  const original: PixelImage = { ...size, channels: 3, data: Uint8Array.from({ length: 48 * 40 * 3 }, (_, i) => 110 + 40 * Math.sin((Math.floor(i / 3) % 48) / 4) + (i % 3) * 12) };

  it('undoes a shift of brightness and contrast, inside the mask too', () => {
    const drifted: PixelImage = { ...original, data: original.data.map((value) => (value - 110) * 0.9 + 130) };
    const matched = matchColours({ original, generated: drifted, mask, ring: 12 });
    const near = { left: 4, top: 0, right: 44, bottom: 40 };
    expect(distance(cropImage(drifted, near), cropImage(original, near))).toBeGreaterThan(15);
    expect(distance(cropImage(matched, near), cropImage(original, near))).toBeLessThanOrEqual(3);
    const far = { left: 0, top: 0, right: 4, bottom: 40 };
    expect(distance(cropImage(matched, far), cropImage(drifted, far))).toBe(0);
  });
  it('judges by the ring alone: what is painted inside keeps its own colour', () => {
    const painted = { ...original, data: Uint8Array.from(original.data) };
    mask.data.forEach((value, i) => value > 0 && painted.data.set([250, 20, 20], i * 3));
    expect(distance(matchColours({ original, generated: painted, mask, ring: 12 }), painted)).toBeLessThanOrEqual(1);
  });
  it('leaves a picture alone when there is no ring', () => {
    const generated = filledImage(size, [9, 9, 9]);
    expect(matchColours({ original, generated, mask: filledImage(size, [255]), ring: 8 })).toBe(generated);
  });
});

describe('boundedDistance', () => {
  it("counts king's moves up to the limit", () => {
    expect([...boundedDistance(maskWith({ width: 5, height: 4 }, [3, 2, 4, 3]), 2)]).toEqual([3, 2, 2, 2, 2, 3, 2, 1, 1, 1, 3, 2, 1, 0, 1, 3, 2, 1, 1, 1]);
  });
});

describe('outpaintCanvas', () => {
  const margins = { left: 24, right: 8, top: 0, bottom: 16 };
  const make = async (fill: OutpaintFill, seed = 1): Promise<{ image: PixelImage; mask: PixelImage; source: PixelImage }> => {
    const source = await golden(goldens.resize.input);
    return { ...outpaintCanvas({ image: source, margins, fill, noise: new TorchCpuGenerator(seed) }), source };
  };
  const fills: readonly OutpaintFill[] = ['edge', 'mirror', 'noise', 'solid'];

  it.each(fills)('%s keeps the picture and marks what is new', async (fill) => {
    const { image, mask, source } = await make(fill);
    const box = { left: 24, top: 0, right: 24 + source.width, bottom: source.height };
    expect([image.width, image.height]).toEqual([source.width + 32, source.height + 16]);
    expect(distance(cropImage(image, box), source)).toBe(0);
    expect(cropImage(mask, box).data.every((value) => value === 0)).toBe(true);
    expect(mask.data.filter((value) => value === 255)).toHaveLength(image.width * image.height - source.width * source.height);
  });

  it('repeats or mirrors the border next to it, whatever the size of the margin', async () => {
    const ramp: PixelImage = { width: 3, height: 1, channels: 3, data: Uint8Array.of(10, 10, 10, 20, 20, 20, 30, 30, 30) };
    const noise = new TorchCpuGenerator(0);
    const red = (fill: OutpaintFill): number[] => {
      const { image } = outpaintCanvas({ image: ramp, margins: { left: 0, right: 8, top: 0, bottom: 0 }, fill, noise });
      return [...image.data.filter((_, i) => i % 3 === 0)];
    };
    const edge = red('edge');
    expect(edge.slice(0, 3)).toEqual([10, 20, 30]);
    expect(Math.min(...edge.slice(3))).toBeGreaterThanOrEqual(27);
    const mirrored = red('mirror');
    // Reflected 30 20 10 10 20 30 30 20, then blurred more and more.
    expect(mirrored[3]).toBeGreaterThan(mirrored[5] ?? 0);
    expect(mirrored[8]).toBeGreaterThan(mirrored[6] ?? 0);
  });

  it('fills with the average colour', async () => {
    const { image, source } = await make('solid');
    expect([...image.data.subarray(0, 3)]).toEqual(meanOf(source).map(Math.round));
  });

  it('draws noise from the seed: the same again for the same, another for another', async () => {
    const [one, again, other] = [await make('noise', 5), await make('noise', 5), await make('noise', 6)];
    expect(distance(one.image, again.image)).toBe(0);
    expect(distance(one.image, other.image)).toBeGreaterThan(10);
  });
});

describe('octaveNoise', () => {
  it('has as much grain per scale as the picture, and none for a flat one', () => {
    const size = { width: 128, height: 128 };
    const normals = new TorchCpuGenerator(3).randn(128 * 128);
    const grainy: PixelImage = { ...size, channels: 3, data: Uint8Array.from({ length: 128 * 128 * 3 }, (_, i) => 128 + 12 * (normals[Math.floor(i / 3)] ?? 0)) };
    const offsets = octaveNoise(grainy, size, new TorchCpuGenerator(4));
    const deviation = Math.sqrt(offsets.reduce((sum, value) => sum + value * value, 0) / offsets.length);
    expect(deviation).toBeGreaterThan(9);
    expect(deviation).toBeLessThan(15);
    expect(octaveNoise(filledImage(size, [7, 8, 9]), size, new TorchCpuGenerator(4)).every((value) => Math.abs(value) < 1e-3)).toBe(true);
  });
});
