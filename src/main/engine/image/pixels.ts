/** 8-bit pixels to and from planar float tensors, with the reference's float32 rounding (VaeImageProcessor). */
import { StudioError } from '../../../shared/errors';
import type { PixelImage } from './pixel-image';
import type { Size } from './resize';

/** [channels, height, width] in [-1, 1]: value / 255 * 2 - 1. */
export function toSignedPlanes(image: PixelImage): Float32Array {
  return toPlanes(image, (value) => Math.fround(2 * Math.fround(value / 255)) - 1);
}

/** [channels, height, width] in [0, 1]: value / 255. */
export function toUnitPlanes(image: PixelImage): Float32Array {
  return toPlanes(image, (value) => value / 255);
}

function toPlanes(image: PixelImage, convert: (value: number) => number): Float32Array {
  const { width, height, channels, data } = image;
  const table = Float32Array.from({ length: 256 }, (_, value) => convert(value));
  const size = width * height;
  const planes = new Float32Array(size * channels);
  for (let i = 0, at = 0; i < size; i++) {
    for (let channel = 0; channel < channels; channel++, at++) planes[channel * size + i] = table[data[at] ?? 0] ?? 0;
  }
  return planes;
}

/**
 * RGB picture from planes [3, height, width]: (x / 2 + .5) clamped to [0, 1], times 255, half to even, in float32.
 * @throws StudioError `internal` when the number of values does not fit the size
 */
export function fromSignedPlanes(planes: Float32Array, size: Size): PixelImage {
  const area = size.width * size.height;
  if (planes.length !== area * 3) {
    throw new StudioError('internal', `Expected ${String(area * 3)} values for a picture but received ${String(planes.length)}.`);
  }
  // Storing into a clamped array rounds half to even and clamps, many times faster than a function per value.
  const data = new Uint8ClampedArray(area * 3);
  for (let channel = 0; channel < 3; channel++) {
    const plane = planes.subarray(channel * area, (channel + 1) * area);
    for (let i = 0, at = channel; i < area; i++, at += 3) data[at] = Math.fround(Math.fround(Math.fround((plane[i] ?? 0) * 0.5) + 0.5) * 255);
  }
  return { width: size.width, height: size.height, channels: 3, data: new Uint8Array(data.buffer) };
}

/** VaeImageProcessor.get_default_height_width: each side cut down to a multiple of `factor`. */
export function floorToMultiple(size: Size, factor: number): Size {
  return { width: size.width - (size.width % factor), height: size.height - (size.height % factor) };
}
