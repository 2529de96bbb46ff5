import { join } from 'node:path';
import { StudioError } from '../../../shared/errors';
import { readOnnxFile, type OnnxFile } from '../runtime/onnx-file';
import type { InferenceRuntime, Model, TensorInfo } from '../runtime/runtime';
import { floatOutput, numbersFor } from './feeds';
import { displayName, requireType, staticDim } from './part-names';
import type { Planes } from './vae';

/** A network that enlarges pictures: RGB planes in [0, 1] in, the same larger out (ENGINE.md 7). */
export interface Upscaler {
  readonly model: Model;
  readonly input: TensorInfo;
  readonly output: TensorInfo;
  /** Pixels a side that every tile must have, where the export fixed them. */
  readonly fixedSide: number | null;
}

function onlyTensor(graph: OnnxFile, kind: 'inputs' | 'outputs'): TensorInfo {
  const [info] = graph[kind];
  if (info !== undefined && graph[kind].length === 1 && info.dims.length === 4) {
    requireType(graph, info, ['float32', 'float16']);
    return info;
  }
  throw new StudioError('model-invalid', `${displayName(graph)} is no upscaler: expected one picture in and one out.`, { details: { file: displayName(graph) } });
}

/** Keeps the last upscaler loaded, which is small beside any model. */
export class UpscalerCache {
  private path: string | null = null;
  private loading: Promise<Upscaler> | null = null;

  constructor(private readonly runtime: InferenceRuntime) {}

  /**
   * @param folder absolute path of a folder with `model.onnx`
   * @throws StudioError `model-missing` or `model-invalid` naming the file
   */
  async load(folder: string): Promise<Upscaler> {
    if (this.path === folder && this.loading !== null) return this.loading;
    await this.release();
    this.path = folder;
    this.loading = this.open(folder);
    this.loading.catch(() => {
      this.path = null;
      this.loading = null;
    });
    return this.loading;
  }

  async release(): Promise<void> {
    const closing = this.loading;
    this.path = null;
    this.loading = null;
    if (closing !== null) await (await closing).model.release();
  }

  private async open(folder: string): Promise<Upscaler> {
    const graph = readOnnxFile(join(folder, 'model.onnx'));
    const input = onlyTensor(graph, 'inputs');
    const output = onlyTensor(graph, 'outputs');
    const model = await this.runtime.load(graph.path, { optimisation: 'all', memoryArena: false, isKept: graph.externalFiles.length === 0 });
    return { model, input, output, fixedSide: staticDim(input, 2) };
  }
}

/** Enlarges one tile. */
export async function runUpscaler(upscaler: Upscaler, tile: Planes): Promise<Planes> {
  const dims = [1, tile.channels, tile.height, tile.width];
  const outputs = await upscaler.model.run({ [upscaler.input.name]: numbersFor(upscaler.input, dims, tile.data) });
  const { data, dims: shape } = floatOutput(outputs, upscaler.output.name);
  const [, channels = 0, height = 0, width = 0] = shape;
  return { channels, height, width, data };
}
