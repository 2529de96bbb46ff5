/**
 * PIL's `ImageFilter.GaussianBlur`: three extended box blurs along the rows, then three along the columns, each rounded
 * to 8 bits (Pillow, src/libImaging/BoxBlur.c; Gwosdek et al., "Theoretical foundations of Gaussian convolution by
 * extended box filtering", SSVM 2011). VaeImageProcessor.blur is this.
 */
import type { PixelImage } from './pixel-image';

const PASSES = 3;

/** Box radius whose threefold blur has the variance of a Gaussian of `radius`; in float32 like the reference. */
function boxRadius(radius: number): number {
  const variance = Math.fround((radius * radius) / PASSES);
  const length = Math.fround(Math.sqrt(12 * variance + 1));
  const whole = Math.floor((length - 1) / 2);
  const above = Math.fround((2 * whole + 1) * (whole * (whole + 1) - 3 * variance));
  return Math.fround(whole + Math.fround(above / (6 * (variance - (whole + 1) * (whole + 1)))));
}

interface Line {
  readonly start: number;
  readonly step: number;
  readonly length: number;
}

/** One extended box blur of one line, borders repeated; 24 fraction bits as in the reference. */
function blurLine(source: Uint8Array, target: Uint8Array, line: Line & { readonly radius: number }): void {
  const { start, step, length, radius } = line;
  const whole = Math.trunc(radius);
  const weight = Math.trunc(Math.fround((1 << 24) / Math.fround(radius * 2 + 1)));
  const edgeWeight = Math.floor(((1 << 24) - (whole * 2 + 1) * weight) / 2);
  const last = length - 1;
  const at = (x: number): number => source[start + (x < 0 ? 0 : x > last ? last : x) * step] ?? 0;
  let sum = 0;
  for (let x = -whole - 1; x < whole; x++) sum += at(x);
  for (let x = 0; x < length; x++) {
    sum += at(x + whole) - at(x - whole - 1);
    const bulk = sum * weight + (at(x - whole - 1) + at(x + whole + 1)) * edgeWeight;
    target[start + x * step] = Math.floor((bulk + (1 << 23)) / (1 << 24));
  }
}

/** `radius` in pixels, PIL's meaning (standard deviation); 0 or less gives the picture back. */
export function gaussianBlur(image: PixelImage, radius: number): PixelImage {
  if (radius <= 0) return image;
  return boxBlur(image, boxRadius(radius), PASSES);
}

/** `passes` extended box blurs along rows, then along columns; `radius` may be a fraction. */
export function boxBlur(image: PixelImage, radius: number, passes: number): PixelImage {
  const { width, height, channels } = image;
  let data = Uint8Array.from(image.data);
  let spare = new Uint8Array(data.length);
  const lineOf = {
    rows: { count: height, length: width, step: channels, start: (row: number, channel: number): number => row * width * channels + channel },
    columns: { count: width, length: height, step: width * channels, start: (column: number, channel: number): number => column * channels + channel },
  };
  for (const axis of [lineOf.rows, lineOf.columns]) {
    for (let pass = 0; pass < passes; pass++) {
      for (let line = 0; line < axis.count; line++) {
        for (let channel = 0; channel < channels; channel++) {
          blurLine(data, spare, { start: axis.start(line, channel), step: axis.step, length: axis.length, radius });
        }
      }
      [data, spare] = [spare, data];
    }
  }
  return { width, height, channels, data };
}
