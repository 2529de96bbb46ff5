import { StudioError } from '../../../shared/errors';
import type { UpscalerTraits } from '../../../shared/resize/upscaler';
import type { InferenceRuntime, Model, TensorValue } from '../runtime/runtime';
import { toFloat16 } from '../tensor/float16';
import { floatOutput } from './feeds';
import { displayName } from './part-names';
import { readUpscalerLayout, type UpscalerLayout } from './upscaler-layout';
import type { Planes } from './vae';

/** How most networks take and give pixels, and all bundled ones. */
export const COMMON_TRAITS: UpscalerTraits = { layout: 'nchw', range: 1, order: 'rgb' };

/** A loaded network that enlarges pictures: three colour planes in, the same larger out (ENGINE.md 7). */
export interface Upscaler {
  readonly model: Model;
  readonly declared: UpscalerLayout;
  readonly traits: UpscalerTraits;
}

/** Keeps the last upscaler loaded, which is small beside any model. */
export class UpscalerCache {
  private path: string | null = null;
  private loading: Promise<{ readonly model: Model; readonly declared: UpscalerLayout }> | null = null;

  constructor(private readonly runtime: InferenceRuntime) {}

  /**
   * @param path absolute path of a folder with `model.onnx`, or of the graph
   * @throws StudioError `model-missing` or `model-invalid` naming the file
   */
  async load(path: string, traits: UpscalerTraits = COMMON_TRAITS): Promise<Upscaler> {
    if (this.path !== path || this.loading === null) {
      await this.release();
      this.path = path;
      this.loading = this.open(path);
      this.loading.catch(() => {
        this.path = null;
        this.loading = null;
      });
    }
    return { ...(await this.loading), traits };
  }

  async release(): Promise<void> {
    const closing = this.loading;
    this.path = null;
    this.loading = null;
    if (closing !== null) await (await closing).model.release();
  }

  private async open(path: string): Promise<{ readonly model: Model; readonly declared: UpscalerLayout }> {
    const declared = readUpscalerLayout(path);
    const { graph } = declared;
    const model = await this.runtime.load(graph.path, { optimisation: 'all', memoryArena: false, isKept: graph.externalFiles.length === 0 });
    return { model, declared };
  }
}

/** Red and blue change places; the middle plane stays. */
function swapped({ width, height, data }: Planes): Float32Array {
  const area = width * height;
  const other = new Float32Array(data.length);
  other.set(data.subarray(2 * area), 0);
  other.set(data.subarray(area, 2 * area), area);
  other.set(data.subarray(0, area), 2 * area);
  return other;
}

/** Planes to interleaved colours. */
function interleave(data: Float32Array, area: number): Float32Array {
  const target = new Float32Array(data.length);
  for (let i = 0, to = 0; i < area; i += 1) for (let c = 0; c < 3; c += 1, to += 1) target[to] = data[c * area + i] ?? 0;
  return target;
}

function deinterleave(data: Float32Array, area: number): Float32Array {
  const target = new Float32Array(data.length);
  for (let i = 0, from = 0; i < area; i += 1) for (let c = 0; c < 3; c += 1, from += 1) target[c * area + i] = data[from] ?? 0;
  return target;
}

const timesAll = (data: Float32Array, factor: number): Float32Array => (factor === 1 ? data : data.map((value) => value * factor));

function toInput({ declared, traits }: Upscaler, tile: Planes): TensorValue {
  const { width, height } = tile;
  const ordered = traits.order === 'bgr' ? swapped(tile) : tile.data;
  const isLast = traits.layout === 'nhwc';
  const data = timesAll(isLast ? interleave(ordered, width * height) : ordered, traits.range);
  const dims = isLast ? [1, height, width, 3] : [1, 3, height, width];
  return declared.input.type === 'float16' ? { type: 'float16', dims, data: toFloat16(data) } : { type: 'float32', dims, data };
}

/**
 * Enlarges one tile.
 * @param tile three planes of RGB in [0, 1]
 * @throws StudioError `model-invalid` when what comes out is no picture of three colours
 */
export async function runUpscaler(upscaler: Upscaler, tile: Planes): Promise<Planes> {
  const { model, declared, traits } = upscaler;
  const outputs = await model.run({ [declared.input.name]: toInput(upscaler, tile) });
  const { data, dims } = floatOutput(outputs, declared.output.name);
  const isLast = traits.layout === 'nhwc';
  const [channels = 0, height = 0, width = 0] = isLast ? [dims[3], dims[1], dims[2]] : dims.slice(1);
  if (channels !== 3) throw new StudioError('model-invalid', `Expected three colours from ${displayName(declared.graph)} but received ${channels}: install another upscaler.`);
  const planes = { channels, height, width, data: timesAll(isLast ? deinterleave(data, width * height) : data, 1 / traits.range) };
  return traits.order === 'bgr' ? { ...planes, data: swapped(planes) } : planes;
}
