import { basename, dirname } from 'node:path';
import { StudioError } from '../../../shared/errors';
import type { OnnxFile } from '../runtime/onnx-file';
import type { TensorInfo } from '../runtime/runtime';

/** `unet/model.onnx`, as sentences name a part. */
export const displayName = (graph: Pick<OnnxFile, 'path'>): string => `${basename(dirname(graph.path))}/${basename(graph.path)}`;

/** Whether most weights are stored in half precision, whatever the graph's inputs are: such graphs can overflow. */
export function isHalfPrecision(graph: Pick<OnnxFile, 'weights'>): boolean {
  const matrices = graph.weights.filter(({ dims }) => dims.length > 1);
  const halves = matrices.filter(({ dims, length }) => length === 2 * dims.reduce((product, dim) => product * dim, 1));
  return halves.length * 2 > matrices.length;
}

/** The graph's tensor with one of `names`, else null. */
export const findInfo = (infos: readonly TensorInfo[], names: readonly string[]): TensorInfo | null =>
  infos.find((info) => names.includes(info.name)) ?? null;

/**
 * The same, required.
 * @throws StudioError `model-invalid` when the graph has none of them, as when parts were swapped
 */
export function requireInfo(graph: OnnxFile, kind: 'inputs' | 'outputs', names: readonly string[]): TensorInfo {
  const info = findInfo(graph[kind], names);
  if (info !== null) return info;
  const found = graph[kind].map((item) => item.name).join(', ');
  throw new StudioError(
    'model-invalid',
    `${displayName(graph)} has no ${kind === 'inputs' ? 'input' : 'output'} named ${names.join(' or ')} (it has ${found}), so it is not the part its folder says: download or export this model again.`,
    { details: { file: displayName(graph) } },
  );
}

/** @throws StudioError `model-unsupported` when a tensor is of a type this program cannot feed. */
export function requireType(graph: OnnxFile, info: TensorInfo, types: readonly TensorInfo['type'][]): void {
  if (types.includes(info.type)) return;
  throw new StudioError(
    'model-unsupported',
    `${displayName(graph)} declares ${info.name} as ${info.type === 'other' ? 'a type this program does not know' : info.type} where ${types.join(' or ')} is expected: export it in float32 or float16.`,
    { details: { file: displayName(graph), input: info.name } },
  );
}

/** A dimension where the export fixed it, else null. Negative positions count from the end. */
export function staticDim(info: TensorInfo, position: number): number | null {
  const dim = info.dims.at(position);
  return typeof dim === 'number' && dim > 0 ? dim : null;
}

/** Channels of an image-like input [B, C, h, w]: declared, or told by the weights of the convolution that reads it. */
export const channelsOf = (graph: OnnxFile, info: TensorInfo): number | null => staticDim(info, 1) ?? graph.convolvedChannels[info.name] ?? null;
