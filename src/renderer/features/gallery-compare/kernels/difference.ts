/** What two pictures of the same size differ in. */
export interface Difference {
  /** RGBA, 8 bits: how far each pixel is off, strengthened so that one sees it; opaque. */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
  /** Share of the pixels that differ at all, 0..1. */
  readonly changed: number;
  /** Largest difference of any channel, 0..255. */
  readonly largest: number;
}

/**
 * Absolute difference of two RGBA pictures with the same number of bytes, 8 bits a channel, alpha left out. `gain`
 * multiplies what is shown, not what is counted.
 */
export function differenceOf(a: Uint8ClampedArray, b: Uint8ClampedArray, gain: number): Difference {
  const pixels = new Uint8ClampedArray(a.length);
  let changed = 0;
  let largest = 0;
  for (let at = 0; at < a.length; at += 4) {
    let most = 0;
    for (let channel = 0; channel < 3; channel++) {
      const off = Math.abs((a[at + channel] ?? 0) - (b[at + channel] ?? 0));
      pixels[at + channel] = off * gain;
      most = Math.max(most, off);
    }
    pixels[at + 3] = 255;
    if (most > 0) changed += 1;
    largest = Math.max(largest, most);
  }
  return { pixels, changed: a.length === 0 ? 0 : changed / (a.length / 4), largest };
}
