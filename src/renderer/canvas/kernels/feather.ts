import type { Size } from './geometry';

/** Up to here the Gaussian is summed tap by tap; beyond, sliding boxes cost the same for every radius. */
const DIRECT_SIGMA = 8;
const BOX_PASSES = 8;

/** How far a feather of this radius reaches, in pixels; what a caller needs around the region it asks for. */
export const featherReach = (sigma: number): number => (sigma <= 0 ? 0 : Math.ceil(sigma * 3.5) + 1);

type BlurLine = (line: Float32Array, out: Float32Array) => void;

function gaussianLine(sigma: number): BlurLine {
  const reach = Math.ceil(sigma * 3.5);
  const taps = Float32Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.exp(-((i - reach) ** 2) / (2 * sigma * sigma)),
  );
  const sum = taps.reduce((total, tap) => total + tap, 0);
  return (line, out) => {
    const last = line.length - 1;
    for (let x = 0; x < line.length; x++) {
      let value = 0;
      for (let k = -reach; k <= reach; k++)
        value += (taps[k + reach] ?? 0) * (line[Math.min(Math.max(x + k, 0), last)] ?? 0);
      out[x] = value / sum;
    }
  };
}

/** A box of whole pixels plus a weighted pixel at either end, which meets any variance exactly (Gwosdek et al., 2011). */
function boxLine(sigma: number): BlurLine {
  const variance = (sigma * sigma) / BOX_PASSES;
  const radius = Math.floor((Math.sqrt(12 * variance + 1) - 1) / 2);
  const inner = 2 * radius + 1;
  const base = (radius * (radius + 1) * inner) / 3;
  const edge = (inner * variance - base) / (2 * ((radius + 1) ** 2 - variance));
  const total = inner + 2 * edge;
  const once: BlurLine = (line, out) => {
    const last = line.length - 1;
    const value = (i: number): number => line[Math.min(Math.max(i, 0), last)] ?? 0;
    let sum = 0;
    for (let k = -radius; k <= radius; k++) sum += value(k);
    for (let x = 0; x < line.length; x++) {
      out[x] = (sum + edge * (value(x - radius - 1) + value(x + radius + 1))) / total;
      sum += value(x + radius + 1) - value(x - radius);
    }
  };
  return (line, out) => {
    let [from, to] = [line, out];
    for (let pass = 0; pass < BOX_PASSES; pass++) {
      once(from, to);
      [from, to] = [to, from];
    }
    if (from !== out) out.set(from);
  };
}

/**
 * Blurs an 8-bit mask with a Gaussian of `sigma` pixels. The border repeats, so a mask that touches it stays full there.
 * Within 3 levels of 255 of the true Gaussian for every radius (tests compare).
 */
export function featherMask(mask: Uint8Array, size: Size, sigma: number): Uint8Array {
  if (sigma <= 0 || mask.length === 0) return mask.slice();
  const blur = sigma <= DIRECT_SIGMA ? gaussianLine(sigma) : boxLine(sigma);
  const { width, height } = size;
  const rows = new Float32Array(mask.length);
  const [line, out] = [new Float32Array(width), new Float32Array(width)];
  for (let y = 0; y < height; y++) {
    line.set(mask.subarray(y * width, (y + 1) * width));
    blur(line, out);
    rows.set(out, y * width);
  }
  const result = new Uint8Array(mask.length);
  const [column, blurred] = [new Float32Array(height), new Float32Array(height)];
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) column[y] = rows[y * width + x] ?? 0;
    blur(column, blurred);
    for (let y = 0; y < height; y++) result[y * width + x] = Math.round(blurred[y] ?? 0);
  }
  return result;
}
