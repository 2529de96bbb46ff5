import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { StudioError } from '../../../shared/errors';
import type { UpscalerTraits } from '../../../shared/resize/upscaler';
import { readOnnxFile, type OnnxFile } from '../runtime/onnx-file';
import type { TensorInfo } from '../runtime/runtime';
import { channelsOf, displayName, requireType, staticDim } from './part-names';

/** What an upscaler's graph declares; nothing is loaded. */
export interface UpscalerLayout {
  readonly graph: OnnxFile;
  readonly input: TensorInfo;
  readonly output: TensorInfo;
  /** Null where every dimension is symbolic. */
  readonly layout: UpscalerTraits['layout'] | null;
  /** Pixels a side that every tile must have, where the export fixed them. */
  readonly fixedSide: number | null;
  /** Source pixels around a tile that its own pixels can depend on, as far as it can be seen. */
  readonly context: number;
}

/** Each 3 by 3 convolution sees one pixel further; beyond this nothing was seen in a result (docs/adr/0017-resize.md). */
const CONTEXT = { min: 8, max: 64, margin: 2 } as const;

/** A folder with `model.onnx`, or the graph itself. */
const graphPath = (path: string): string => (existsSync(path) && statSync(path).isDirectory() ? join(path, 'model.onnx') : path);

function onlyTensor(graph: OnnxFile, kind: 'inputs' | 'outputs'): TensorInfo {
  const [info] = graph[kind];
  if (info !== undefined && graph[kind].length === 1 && info.dims.length === 4) {
    requireType(graph, info, ['float32', 'float16']);
    return info;
  }
  throw new StudioError('model-invalid', `${displayName(graph)} is no upscaler: expected one picture in and one out.`, { details: { file: displayName(graph) } });
}

function layoutOf(graph: OnnxFile, input: TensorInfo): UpscalerLayout['layout'] {
  if (staticDim(input, 3) === 3) return 'nhwc';
  return channelsOf(graph, input) === 3 ? 'nchw' : null;
}

function contextOf({ operators }: OnnxFile): number {
  // Attention reaches as far as its window, which no operator tells.
  if (operators['Softmax'] !== undefined) return CONTEXT.max;
  const reach = (operators['Conv'] ?? 0) + (operators['ConvTranspose'] ?? 0) + CONTEXT.margin;
  return Math.min(CONTEXT.max, Math.max(CONTEXT.min, reach));
}

/**
 * @param path absolute path of a folder with `model.onnx`, or of the graph
 * @throws StudioError `model-missing`; `model-invalid` for a graph that is no upscaler
 */
export function readUpscalerLayout(path: string): UpscalerLayout {
  const graph = readOnnxFile(graphPath(path));
  const input = onlyTensor(graph, 'inputs');
  const output = onlyTensor(graph, 'outputs');
  const layout = layoutOf(graph, input);
  const [height, width] = layout === 'nhwc' ? [1, 2] : [2, 3];
  const fixedSide = staticDim(input, height);
  if (fixedSide !== staticDim(input, width)) {
    throw new StudioError('model-unsupported', `${displayName(graph)} takes tiles that are not square: export it for any size.`, { details: { file: displayName(graph) } });
  }
  return { graph, input, output, layout, fixedSide, context: fixedSide === null ? contextOf(graph) : Math.min(contextOf(graph), Math.floor(fixedSide / 8)) };
}

/** Pixels a side that a tile keeps: fewer where much is seen around it, because memory grows with all that is seen. */
const TILE = { near: 256, far: 192, nearContext: 32 } as const;

/** Source pixels a side that one tile of a network keeps. */
export function keptSide({ context, fixedSide }: Pick<UpscalerLayout, 'context' | 'fixedSide'>): number {
  if (fixedSide !== null) return fixedSide - 2 * context;
  return context <= TILE.nearContext ? TILE.near : TILE.far;
}
