import type { ResizeStep } from '../../../shared/resize/plan-resize';
import type { PixelSize } from '../../../shared/resize/size-target';
import { gaussianBlur } from './blur';
import { memoryRaster } from './memory-raster';
import { toRgb, type PixelImage } from './pixel-image';
import { maxSample, newSamples, type PixelSource, type RasterSpec, type Samples } from './raster-file';
import { resampleRows } from './resample-rows';

type PadStep = Extract<ResizeStep, { kind: 'pad' }>;

/** Pixels of the longer side at which the background is blurred: nothing finer is left in it. */
const BLUR_SIDE = 96;
/** Share of that side. */
const BLUR_RADIUS = 0.05;

/** The picture, small, cut to the frame's shape and blurred: what is seen around a picture that does not fill its frame. */
function blurredBackground(source: PixelSource, frame: PixelSize): PixelImage {
  const scale = BLUR_SIDE / Math.max(frame.width, frame.height);
  const small = { width: Math.max(1, Math.round(frame.width * scale)), height: Math.max(1, Math.round(frame.height * scale)) };
  const factor = Math.max(small.width / source.width, small.height / source.height);
  const cover = { width: Math.max(small.width, Math.round(source.width * factor)), height: Math.max(small.height, Math.round(source.height * factor)) };
  const left = Math.floor((cover.width - small.width) / 2);
  const top = Math.floor((cover.height - small.height) / 2);
  const { channels } = source;
  const data = new Uint8Array(small.width * small.height * channels);
  let row = 0;
  for (const samples of resampleRows(source, cover, { kernel: 'mitchell', linearLight: false })) {
    const y = row - top;
    row += 1;
    if (y < 0 || y >= small.height) continue;
    const eight = source.depth === 8 ? samples : samples.map((value) => value >> 8);
    data.set(eight.subarray(left * channels, (left + small.width) * channels), y * small.width * channels);
  }
  const grey = channels === 2 ? data.filter((_, i) => i % 2 === 0) : data;
  const image: PixelImage = { ...small, channels: channels === 2 ? 1 : channels, data: grey };
  return gaussianBlur(toRgb(image), BLUR_RADIUS * BLUR_SIDE);
}

const LUMA = [0.299, 0.587, 0.114] as const;

/** A pixel of eight bits a colour in the samples of another format, opaque. */
function writePixel(target: Samples, at: number, { rgb, spec }: { readonly rgb: readonly [number, number, number]; readonly spec: RasterSpec }): void {
  const max = maxSample(spec);
  const colours = spec.channels < 3 ? [LUMA[0] * rgb[0] + LUMA[1] * rgb[1] + LUMA[2] * rgb[2]] : rgb;
  colours.forEach((value, c) => {
    target[at + c] = Math.round((value / 255) * max);
  });
  if (spec.channels % 2 === 0) target[at + spec.channels - 1] = max;
}

const rgbOf = (colour: string): readonly [number, number, number] => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)) as unknown as readonly [number, number, number];

/** The rows of the frame before the picture is laid into it. */
function* backgroundRows(source: PixelSource, { fill, to }: PadStep, spec: RasterSpec): Generator<Samples> {
  const length = to.width * spec.channels;
  if (fill.kind !== 'blur') {
    const row = newSamples(spec, length);
    if (fill.kind === 'colour') for (let at = 0; at < length; at += spec.channels) writePixel(row, at, { rgb: rgbOf(fill.colour), spec });
    for (let y = 0; y < to.height; y += 1) yield row.slice();
    return;
  }
  for (const rgb of resampleRows(memoryRaster(blurredBackground(source, to)), to, { kernel: 'mitchell', linearLight: false })) {
    const row = newSamples(spec, length);
    for (let x = 0; x < to.width; x += 1) writePixel(row, x * spec.channels, { rgb: [rgb[3 * x] ?? 0, rgb[3 * x + 1] ?? 0, rgb[3 * x + 2] ?? 0], spec });
    yield row;
  }
}

/** Lays a pixel's colours, and full alpha where the source has none, into the frame's row. */
function layRow(row: Samples, pixels: Samples, { x, source, spec }: { readonly x: number; readonly source: PixelSource; readonly spec: RasterSpec }): void {
  if (source.channels === spec.channels) {
    row.set(pixels, x * spec.channels);
    return;
  }
  const max = maxSample(spec);
  const colours = source.channels < 3 ? 1 : 3;
  for (let i = 0, at = x * spec.channels; i < pixels.length; i += source.channels, at += spec.channels) {
    for (let c = 0; c < spec.channels; c += 1) row[at + c] = pixels[i + Math.min(c, colours - 1)] ?? 0;
    if (spec.channels % 2 === 0) row[at + spec.channels - 1] = source.channels % 2 === 0 ? (pixels[i + source.channels - 1] ?? 0) : max;
  }
}

/** The rows of a frame with the picture in it; a picture with transparency replaces what is under it. */
export function* padRows(source: PixelSource, step: PadStep, spec: RasterSpec): Generator<Samples> {
  let y = 0;
  for (const row of backgroundRows(source, step, spec)) {
    const line = y - step.y;
    if (line >= 0 && line < source.height) layRow(row, source.read({ x: 0, y: line, width: source.width, height: 1 }), { x: step.x, source, spec });
    yield row;
    y += 1;
  }
}
