/**
 * Noise with a picture's own grain: for each scale (1, 2, 4 ... pixels) the energy between that scale and the next is
 * measured as the variance inside 2 x 2 blocks (Haar), and noise of that strength is drawn at that scale. A cheap
 * relative of the spectrum-matched noise that A1111's outpainting script draws (ENGINE.md 5.5).
 */
import type { NoiseGenerator } from '../tensor/noise';
import type { PixelImage } from './pixel-image';
import type { Size } from './resize';

interface Plane extends Size {
  readonly data: Float32Array;
}

const MAX_OCTAVES = 6;
/** Bilinear interpolation averages neighbours: each axis keeps 2/3 of the variance on the mean. */
const BILINEAR_GAIN = 1.5;

/** Luma and two colour differences: nearly independent in pictures, so each gets its own noise. */
function toLumaPlanes(image: PixelImage): Plane[] {
  const size = { width: image.width, height: image.height };
  const planes = [0, 1, 2].map(() => new Float32Array(size.width * size.height));
  for (let i = 0; i < size.width * size.height; i++) {
    const [red = 0, green = 0, blue = 0] = image.data.subarray(i * 3, i * 3 + 3);
    const luma = 0.299 * red + 0.587 * green + 0.114 * blue;
    [luma, red - luma, blue - luma].forEach((value, k) => {
      const plane = planes[k];
      if (plane !== undefined) plane[i] = value;
    });
  }
  return planes.map((data) => ({ ...size, data }));
}

/** Means of 2 x 2 blocks, and the standard deviation inside the blocks. */
function halve(plane: Plane): { readonly half: Plane; readonly deviation: number } {
  const width = Math.floor(plane.width / 2);
  const height = Math.floor(plane.height / 2);
  const data = new Float32Array(width * height);
  let squares = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = 2 * y * plane.width + 2 * x;
      const block = [at, at + 1, at + plane.width, at + plane.width + 1].map((i) => plane.data[i] ?? 0);
      const mean = block.reduce((sum, value) => sum + value, 0) / 4;
      data[y * width + x] = mean;
      for (const value of block) squares += (value - mean) ** 2;
    }
  }
  return { half: { width, height, data }, deviation: Math.sqrt(squares / (4 * width * height)) };
}

/** Strength of each octave from fine to coarse. */
function octaveDeviations(plane: Plane): number[] {
  const deviations: number[] = [];
  let current = plane;
  while (deviations.length < MAX_OCTAVES && Math.min(current.width, current.height) >= 4) {
    const { half, deviation } = halve(current);
    deviations.push(deviation);
    current = half;
  }
  return deviations;
}

/** Adds a grid of noise of `deviation`, one value every `step` pixels, linearly interpolated. */
function addOctave(target: Plane, noise: NoiseGenerator, octave: { readonly step: number; readonly deviation: number }): void {
  const { step } = octave;
  const columns = Math.ceil(target.width / step) + 1;
  const grid = noise.randn(columns * (Math.ceil(target.height / step) + 1));
  const strength = octave.deviation * (step === 1 ? 1 : BILINEAR_GAIN);
  for (let y = 0, i = 0; y < target.height; y++) {
    const row = Math.floor(y / step);
    const down = y / step - row;
    for (let x = 0; x < target.width; x++, i++) {
      const column = Math.floor(x / step);
      const right = x / step - column;
      const at = row * columns + column;
      const above = (grid[at] ?? 0) * (1 - right) + (grid[at + 1] ?? 0) * right;
      const below = (grid[at + columns] ?? 0) * (1 - right) + (grid[at + columns + 1] ?? 0) * right;
      target.data[i] = (target.data[i] ?? 0) + strength * (above * (1 - down) + below * down);
    }
  }
}

/**
 * RGB offsets [height, width, 3] around 0 for a canvas of `size`, with the grain of `image` (RGB).
 * The same generator state gives the same noise.
 */
export function octaveNoise(image: PixelImage, size: Size, noise: NoiseGenerator): Float32Array {
  const [luma, redness, blueness] = toLumaPlanes(image).map((plane) => {
    const target: Plane = { ...size, data: new Float32Array(size.width * size.height) };
    octaveDeviations(plane).forEach((deviation, octave) => addOctave(target, noise, { step: 2 ** octave, deviation }));
    return target.data;
  });
  const rgb = new Float32Array(size.width * size.height * 3);
  for (let i = 0; i < size.width * size.height; i++) {
    const y = luma?.[i] ?? 0;
    const dr = redness?.[i] ?? 0;
    const db = blueness?.[i] ?? 0;
    rgb[i * 3] = y + dr;
    rgb[i * 3 + 1] = y - (0.299 * dr + 0.114 * db) / 0.587;
    rgb[i * 3 + 2] = y + db;
  }
  return rgb;
}
