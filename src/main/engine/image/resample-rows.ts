/**
 * Resampling row by row: a picture of any size costs the memory of the rows under one kernel. Ours, because libvips
 * enlarges by bicubic whatever kernel is asked for, half a pixel off (docs/adr/0017-resize.md, measured).
 */
import type { Kernel } from '../../../shared/resize/settings';
import type { PixelSize } from '../../../shared/resize/size-target';
import { weightsFor, type Weights } from './kernels';
import { createLight } from './light';
import { newSamples, type PixelSource, type Samples } from './raster-file';

export interface ResampleOptions {
  readonly kernel: Kernel;
  readonly linearLight: boolean;
}

/** One row of floats to another width. */
function acrossRow(row: Float32Array, target: Float32Array, { weights, channels }: { readonly weights: Weights; readonly channels: number }): void {
  const { starts, counts, values, reach } = weights;
  for (let x = 0, to = 0; x < starts.length; x += 1, to += channels) {
    const first = x * reach;
    const last = first + (counts[x] ?? 0);
    const start = (starts[x] ?? 0) * channels;
    for (let channel = 0; channel < channels; channel += 1) {
      let sum = 0;
      for (let k = first, at = start + channel; k < last; k += 1, at += channels) sum += (row[at] ?? 0) * (values[k] ?? 0);
      target[to + channel] = sum;
    }
  }
}

/** Rows of the source at their new width, each made once and kept while a kernel reaches it. */
class WideRows {
  private readonly ring: readonly Float32Array[];
  private readonly held: Int32Array;
  private readonly source: Float32Array;

  constructor(
    private readonly from: PixelSource,
    private readonly options: { readonly weights: Weights; readonly rows: number; decode(samples: Samples, target: Float32Array): void },
  ) {
    const length = options.weights.starts.length * from.channels;
    this.ring = Array.from({ length: options.rows }, () => new Float32Array(length));
    this.held = new Int32Array(options.rows).fill(-1);
    this.source = new Float32Array(from.width * from.channels);
  }

  row(y: number): Float32Array {
    const slot = y % this.ring.length;
    const row = this.ring[slot] ?? new Float32Array();
    if (this.held[slot] === y) return row;
    this.options.decode(this.from.read({ x: 0, y, width: this.from.width, height: 1 }), this.source);
    acrossRow(this.source, row, { weights: this.options.weights, channels: this.from.channels });
    this.held[slot] = y;
    return row;
  }
}

/**
 * The rows of a picture at another size, top to bottom.
 * @param from its first row is asked for first; rows above the kernel are not asked for again
 */
export function* resampleRows(from: PixelSource, to: PixelSize, { kernel, linearLight }: ResampleOptions): Generator<Samples> {
  const across = weightsFor(from.width, to.width, kernel);
  const down = weightsFor(from.height, to.height, kernel);
  const light = createLight(from, linearLight);
  const rows = new WideRows(from, { weights: across, rows: down.reach, decode: (samples, target) => light.decode(samples, target) });
  const sums = new Float32Array(to.width * from.channels);
  for (let y = 0; y < to.height; y += 1) {
    sums.fill(0);
    for (let k = 0; k < (down.counts[y] ?? 0); k += 1) {
      const weight = down.values[y * down.reach + k] ?? 0;
      const row = rows.row((down.starts[y] ?? 0) + k);
      for (let i = 0; i < sums.length; i += 1) sums[i] = (sums[i] ?? 0) + (row[i] ?? 0) * weight;
    }
    const samples = newSamples(from, sums.length);
    light.encode(sums, samples);
    yield samples;
  }
}
