import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeImage } from '../../../src/main/engine/image/codec';
import type { PixelImage } from '../../../src/main/engine/image/pixel-image';

export const GOLDEN = join(import.meta.dirname, '../../fixtures/golden');

/** The parts of images.json that the tests read; see the fixtures' own notes in the file. */
export interface ImageGoldens {
  readonly mask_blur: { readonly input: string; readonly results: readonly { factor: number; output: string }[] };
  readonly get_crop_region: readonly { mask_size: [number, number]; rects: number[][]; width: number; height: number; pad: number; crop: number[] }[];
  readonly resize: { readonly input: string; readonly results: readonly { mode: 'default' | 'fill' | 'crop'; width: number; height: number; output: string }[] };
  readonly preprocess_crop_fill: { input: string; crops_coords: [number, number, number, number]; width: number; height: number; output: { file: string } };
  readonly default_height_width: readonly { image: [number, number]; height_width: [number, number] }[];
  readonly mask_preprocess: { input: string; results: readonly { width: number; height: number; binary: string; latent_mask: number[][] }[] };
  readonly postprocess: { x: number[]; level: number[] };
  readonly apply_overlay: { results: readonly { mask: string; init_image: string; image: string; crop_coords: [number, number, number, number] | null; output: string }[] };
}

export const goldens: ImageGoldens = JSON.parse(readFileSync(join(GOLDEN, 'images.json'), 'utf8'));

export function golden(file: string, mode: 'RGB' | 'L' = 'RGB'): Promise<PixelImage> {
  return decodeImage(join(GOLDEN, file), mode);
}

export function readFloats(file: string): Float32Array {
  const bytes = readFileSync(join(GOLDEN, file));
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}

/** Largest difference of two pictures of one size; a size that differs is infinitely far. */
export function distance(a: PixelImage, b: PixelImage): number {
  if (a.width !== b.width || a.height !== b.height || a.channels !== b.channels) return Infinity;
  return a.data.reduce((worst, value, i) => Math.max(worst, Math.abs(value - (b.data[i] ?? 0))), 0);
}
