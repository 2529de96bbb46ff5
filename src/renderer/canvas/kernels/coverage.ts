/** What a mask covers, for the status line and the screen reader. */
export interface Coverage {
  /** Mean of the mask, 0..1: soft edges count by their part. */
  readonly fraction: number;
  /** Pixels that are not fully kept. */
  readonly pixels: number;
}

/** Measures an 8-bit mask; an empty list of pixels has coverage 0. */
export function measureCoverage(mask: Uint8Array): Coverage {
  let [sum, pixels] = [0, 0];
  for (const value of mask) {
    if (value === 0) continue;
    sum += value;
    pixels++;
  }
  return { fraction: mask.length === 0 ? 0 : sum / (255 * mask.length), pixels };
}
