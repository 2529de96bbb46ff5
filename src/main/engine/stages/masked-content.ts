import type { MaskGrid } from '../image/mask';
import type { PixelImage } from '../image/pixel-image';
import type { Planes } from '../models/vae';

interface Level {
  readonly width: number;
  readonly height: number;
  /** Sum of known colours, and how much was known; [height * width] each. */
  readonly colours: readonly [Float32Array, Float32Array, Float32Array];
  readonly known: Float32Array;
}

function baseLevel(image: PixelImage, mask: PixelImage): Level {
  const known = Float32Array.from(mask.data, (value) => 1 - value / 255);
  const channel = (at: number): Float32Array => known.map((weight, i) => weight * (image.data[i * 3 + at] ?? 0));
  return { width: image.width, height: image.height, colours: [channel(0), channel(1), channel(2)], known };
}

function halvePlane(plane: Float32Array, level: Level): Float32Array {
  const width = Math.ceil(level.width / 2);
  const half = new Float32Array(width * Math.ceil(level.height / 2));
  for (let y = 0; y < level.height; y += 1) {
    for (let x = 0; x < level.width; x += 1) {
      const to = (y >> 1) * width + (x >> 1);
      half[to] = (half[to] ?? 0) + (plane[y * level.width + x] ?? 0);
    }
  }
  return half;
}

function halve(level: Level): Level {
  const [red, green, blue] = level.colours;
  const half = (plane: Float32Array): Float32Array => halvePlane(plane, level);
  return { width: Math.ceil(level.width / 2), height: Math.ceil(level.height / 2), colours: [half(red), half(green), half(blue)], known: half(level.known) };
}

/** Colour at a cell of the finest level at which anything around it is known. */
function colourAt(levels: readonly Level[], at: { readonly x: number; readonly y: number }, channel: 0 | 1 | 2): number {
  for (const [depth, level] of levels.entries()) {
    const cell = (at.y >> depth) * level.width + (at.x >> depth);
    const known = level.known[cell] ?? 0;
    if (known > 0.25 || depth === levels.length - 1) return (level.colours[channel][cell] ?? 0) / Math.max(known, 1e-6);
  }
  return 0;
}

/**
 * What is masked becomes the colours around it, coarser the farther they are (the pyramid of A1111's "fill").
 * @param mask grey, 255 = repaint
 */
export function fillFromSurroundings(image: PixelImage, mask: PixelImage): PixelImage {
  const levels = [baseLevel(image, mask)];
  for (let last = levels[0]; last !== undefined && (last.width > 1 || last.height > 1); last = levels.at(-1)) levels.push(halve(last));
  const data = Uint8Array.from(image.data);
  for (let y = 0, i = 0; y < image.height; y += 1) {
    for (let x = 0; x < image.width; x += 1, i += 1) {
      const level = (mask.data[i] ?? 0) / 255;
      if (level === 0) continue;
      for (const channel of [0, 1, 2] as const) {
        data[i * 3 + channel] = Math.round((1 - level) * (image.data[i * 3 + channel] ?? 0) + level * colourAt(levels, { x, y }, channel));
      }
    }
  }
  return { ...image, data };
}

/** Latents with noise where the mask is (A1111's "latent noise"): nothing of the old content shows through. */
export function noiseUnderMask(original: Planes, noise: Planes, mask: MaskGrid): Planes {
  const cells = mask.data.length;
  return { ...original, data: original.data.map((value, i) => value + (mask.data[i % cells] ?? 0) * ((noise.data[i] ?? 0) - value)) };
}

