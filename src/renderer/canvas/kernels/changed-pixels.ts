/** What differs between two RGBA pictures of the same size. */
export interface ChangedPixels {
  /** 0 where equal, else the largest difference of a channel, 1..255. */
  readonly difference: Uint8Array;
  readonly changed: number;
  readonly largest: number;
}

/** Compares colour, not alpha; arrays of different length are compared as far as both go. */
export function changedPixels(before: Uint8ClampedArray, after: Uint8ClampedArray): ChangedPixels {
  const count = Math.floor(Math.min(before.length, after.length) / 4);
  const difference = new Uint8Array(count);
  let [changed, largest] = [0, 0];
  for (let i = 0, p = 0; i < count; i++, p += 4) {
    let most = 0;
    for (let k = 0; k < 3; k++) most = Math.max(most, Math.abs((before[p + k] ?? 0) - (after[p + k] ?? 0)));
    if (most === 0) continue;
    difference[i] = most;
    changed++;
    largest = Math.max(largest, most);
  }
  return { difference, changed, largest };
}
