/** Pixels per side of the grey picture that a look is made of. */
export const LOOK_SIDE = 32;
/** Frequencies per side that are kept: the coarse forms. */
const KEPT = 8;

/** `COSINES[u][x]` of a one-dimensional DCT-II. */
const COSINES = Array.from({ length: KEPT }, (_, u) => Array.from({ length: LOOK_SIDE }, (__, x) => Math.cos(((2 * x + 1) * u * Math.PI) / (2 * LOOK_SIDE))));

/**
 * A perceptual hash of 64 bits (pHash: Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions",
 * 2010): which of the coarsest 8 x 8 frequencies lie above their median. Alike pictures differ in few bits, whatever
 * their size, format and brightness.
 * @param grey 32 x 32 bytes, row by row
 * @returns 16 hex digits
 */
export function lookOf(grey: Uint8Array): string {
  const rows = Array.from({ length: LOOK_SIDE }, (_, y) => COSINES.map((cosines) => cosines.reduce((sum, cosine, x) => sum + cosine * (grey[y * LOOK_SIDE + x] ?? 0), 0)));
  const frequencies = COSINES.flatMap((cosines) => Array.from({ length: KEPT }, (_, u) => cosines.reduce((sum, cosine, y) => sum + cosine * (rows[y]?.[u] ?? 0), 0)));
  // The first is the mean brightness, which says nothing of forms.
  const sorted = frequencies.slice(1).sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const bits = frequencies.map((value, at) => (at > 0 && value > median ? 1 : 0));
  return Array.from({ length: 16 }, (_, digit) => bits.slice(digit * 4, digit * 4 + 4).reduce<number>((value, bit) => value * 2 + bit, 0).toString(16)).join('');
}
