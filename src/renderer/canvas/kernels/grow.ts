import { clamp, type Size } from './geometry';

/** Squared distance along a column to the nearest seed, capped: beyond `limit` nothing is decided by it. */
function columnDistances(seeds: Uint8Array, size: Size, limit: number): Float32Array {
  const { width, height } = size;
  const far = limit + 1;
  const distance = new Float32Array(width * height);
  for (let x = 0; x < width; x++) {
    let run = far;
    for (let y = 0, i = x; y < height; y++, i += width) {
      run = seeds[i] === 1 ? 0 : Math.min(run + 1, far);
      distance[i] = run;
    }
    run = far;
    for (let y = height - 1, i = (height - 1) * width + x; y >= 0; y--, i -= width) {
      run = seeds[i] === 1 ? 0 : Math.min(run + 1, far);
      distance[i] = Math.min(distance[i] ?? far, run);
    }
  }
  return distance;
}

/** One row: the lower envelope of the parabolas (x - q)² + f(q)², over columns whose f is within the limit. */
function rowDistances(row: Float32Array, limit: number, out: Float32Array): void {
  const sites: number[] = [];
  const starts: number[] = [];
  const height = (q: number): number => (row[q] ?? 0) * (row[q] ?? 0) + q * q;
  for (let q = 0; q < row.length; q++) {
    if ((row[q] ?? 0) > limit) continue;
    let start = -Infinity;
    for (let last = sites.at(-1); last !== undefined; last = sites.at(-1)) {
      start = (height(q) - height(last)) / (2 * (q - last));
      if (start > (starts.at(-1) ?? -Infinity)) break;
      sites.pop();
      starts.pop();
      start = -Infinity;
    }
    sites.push(q);
    starts.push(start);
  }
  for (let x = 0, k = 0; x < row.length; x++) {
    while (k + 1 < sites.length && (starts[k + 1] ?? Infinity) < x) k++;
    const site = sites[k];
    out[x] =
      site === undefined
        ? Infinity
        : Math.sqrt((x - site) * (x - site) + (row[site] ?? 0) * (row[site] ?? 0));
  }
}

/**
 * Grows (by > 0) or shrinks (by < 0) an 8-bit mask by an exact Euclidean distance in pixels, with an anti-aliased edge
 * (Felzenszwalb and Huttenlocher, "Distance Transforms of Sampled Functions", 2012). The outline is where the mask
 * crosses one half. What lies outside `size` counts neither as mask nor as gap, so a full mask stays full.
 */
export function growMask(mask: Uint8Array, size: Size, by: number): Uint8Array {
  if (by === 0) return mask.slice();
  const grows = by > 0;
  const reach = Math.abs(by);
  const seeds = Uint8Array.from(mask, (value) => (value >= 128 === grows ? 1 : 0));
  const columns = columnDistances(seeds, size, reach + 1);
  const out = new Uint8Array(mask.length);
  const distances = new Float32Array(size.width);
  for (let y = 0; y < size.height; y++) {
    const from = y * size.width;
    rowDistances(columns.subarray(from, from + size.width), reach + 1, distances);
    for (let x = 0; x < size.width; x++) {
      const d = distances[x] ?? Infinity;
      const old = mask[from + x] ?? 0;
      // Between pixel middles: the next pixel over the outline is at distance 1.
      out[from + x] = grows
        ? Math.max(old, Math.round(255 * clamp(reach + 1 - d, 0, 1)))
        : Math.min(old, Math.round(255 * clamp(d - reach, 0, 1)));
    }
  }
  return out;
}
