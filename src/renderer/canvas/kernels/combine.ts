/** How a step's coverage (0..255 per pixel) changes what is there; all arrays have one entry (or RGBA quad) a pixel. */

/** Mask pixels, in place. Maximum and minimum, so painting twice with a soft brush does not harden its edge. */
export function combineMask(mask: Uint8Array, coverage: Uint8Array, mode: 'paint' | 'erase'): void {
  for (let i = 0; i < mask.length; i++) {
    const covered = coverage[i] ?? 0;
    if (covered === 0) continue;
    const old = mask[i] ?? 0;
    mask[i] = mode === 'paint' ? Math.max(old, covered) : Math.min(old, 255 - covered);
  }
}

/** [red, green, blue], 0..255, of `#rrggbb`. */
export function parseColour(colour: string): readonly [number, number, number] {
  const value = Number.parseInt(colour.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/** Colour over straight-alpha RGBA, in place (Porter and Duff, 1984: source over); `null` takes colour away (destination out). */
export function combineColour(
  rgba: Uint8Array,
  coverage: Uint8Array,
  colour: readonly [number, number, number] | null,
): void {
  for (let i = 0, p = 0; i < coverage.length; i++, p += 4) {
    const covered = coverage[i] ?? 0;
    if (covered === 0) continue;
    const under = ((rgba[p + 3] ?? 0) * (255 - covered)) / 255;
    const alpha = colour === null ? under : covered + under;
    if (colour !== null) {
      for (let k = 0; k < 3; k++)
        rgba[p + k] = Math.round(((colour[k] ?? 0) * covered + (rgba[p + k] ?? 0) * under) / alpha);
    }
    rgba[p + 3] = Math.round(alpha);
  }
}
