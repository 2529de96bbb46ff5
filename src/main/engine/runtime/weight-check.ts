import { basename, dirname } from 'node:path';
import { StudioError } from '../../../shared/errors';
import { FileWindow } from './file-window';
import type { OnnxFile, StoredWeights } from './onnx-file';

/** A download that stopped leaves zeros where its file was reserved; trained weights have none in such stretches. */
const WINDOW_BYTES = 4096;
/** Tensors up to this size are read whole, larger ones at their middle and end, so that opening stays quick. */
const WHOLE_BYTES = 256 * 1024;
/** Rows of an embedding that no token uses may be zeros; so much of a tensor is not. */
const ZERO_SHARE = 0.05;

function holdsZeros(file: FileWindow, { offset, length }: StoredWeights): boolean {
  if (length <= WHOLE_BYTES) {
    const run = Math.ceil(Math.max(WINDOW_BYTES, length * ZERO_SHARE));
    return file.read(offset, length).includes(Buffer.alloc(run));
  }
  const places = [offset + Math.floor(length / 2), offset + length - WINDOW_BYTES];
  return places.some((place) => file.read(place, WINDOW_BYTES).equals(Buffer.alloc(WINDOW_BYTES)));
}

/**
 * Looks for weights that are stretches of zeros. Vectors are left out: exporters write zero biases on purpose.
 * @throws StudioError `model-invalid` naming the file
 */
export function requireWeights(graph: OnnxFile): void {
  const matrices = graph.weights.filter(({ dims, length }) => dims.length > 1 && (dims[0] ?? 0) > 1 && length >= WINDOW_BYTES);
  for (const path of new Set(matrices.map((weights) => weights.path))) {
    const file = new FileWindow(path);
    try {
      const empty = matrices.find((weights) => weights.path === path && holdsZeros(file, weights));
      if (empty === undefined) continue;
      const display = `${basename(dirname(path))}/${basename(path)}`;
      throw new StudioError('model-invalid', `${display} holds zeros where weights should be (${empty.name}), as a download that stopped leaves them: download this model again.`, {
        details: { file: display, tensor: empty.name },
      });
    } finally {
      file.close();
    }
  }
}
