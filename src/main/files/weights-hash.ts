import { createHash } from 'node:crypto';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Weights and the files that say how they are used. */
const DECISIVE = /\.(onnx|onnx_data|data|safetensors|bin|json|txt|model)$/i;
/** Bytes at both ends of a file: gigabytes are not read for every job, and no two weights share their ends and size. */
const SAMPLE = 64 * 1024;

/** Same size, same ends: the same file for all that a recipe needs to know. */
async function sampleOf(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const hash = createHash('sha256').update(String(size));
    for (const position of [0, Math.max(0, size - SAMPLE)]) {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(SAMPLE), 0, SAMPLE, position);
      hash.update(buffer.subarray(0, bytesRead));
    }
    return hash.digest('hex');
  } finally {
    await file.close();
  }
}

/**
 * A short hash of a model folder's weights and configuration, so that a recipe can tell whether the model is still the
 * one it was made with. The same wherever the folder lies.
 */
export async function weightsHash(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && DECISIVE.test(entry.name)).map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1).split('\\').join('/'));
  const hash = createHash('sha256');
  for (const file of files.sort()) hash.update(`${file}:${await sampleOf(join(folder, file))};`);
  return hash.digest('hex').slice(0, 16);
}
