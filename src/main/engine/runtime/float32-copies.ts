import { createHash, randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { mkdir, mkdtemp, open, readdir, rename, rm, stat, writeFile, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fromFloat16 } from '../tensor/float16';
import { toFloat32Graph, type WeightPiece } from './float32-graph';
import type { OnnxFile } from './onnx-file';

const WEIGHTS_FILE = 'weights.bin';
/** Raised when the way of copying changes. */
const FORMAT = 1;
/** A copy is twice its source: ten gigabytes for SDXL's denoiser. */
const MOST_COPIES = 3;
/** No copy takes so long to write. */
const DRAFT_MS = 24 * 3600 * 1000;
const CHUNK_BYTES = 16 * 2 ** 20;

/** Called between two chunks with the share done, 0..1; throws to stop. */
export type CopyProgress = (share: number) => Promise<void>;

/** Changes when the graph or its weights do. */
function keyOf({ path, externalFiles }: OnnxFile): string {
  const files = [path, ...externalFiles.map((name) => join(dirname(path), name))].map((file) => {
    const { size, mtimeMs } = statSync(file);
    return [file, size, mtimeMs];
  });
  return createHash('sha256').update(JSON.stringify([FORMAT, files])).digest('hex').slice(0, 32);
}

const exists = (path: string): Promise<boolean> => stat(path).then(() => true, () => false);

function widened(content: Buffer): Uint8Array {
  const halves = new Uint16Array(content.buffer.slice(content.byteOffset, content.byteOffset + content.length));
  return new Uint8Array(fromFloat16(halves).buffer);
}

async function copyPiece(target: FileHandle, piece: WeightPiece, onChunk: (bytes: number) => Promise<void>): Promise<void> {
  const source = await open(piece.path, 'r');
  try {
    for (let done = 0; done < piece.length; ) {
      const { buffer, bytesRead } = await source.read(Buffer.alloc(Math.min(CHUNK_BYTES, piece.length - done)), 0, undefined, piece.offset + done);
      if (bytesRead === 0) throw new Error(`${basename(piece.path)} is cut short`);
      const content = buffer.subarray(0, bytesRead);
      await target.writeFile(piece.isHalf ? widened(content) : content);
      done += bytesRead;
      await onChunk(bytesRead);
    }
  } finally {
    await source.close();
  }
}

/** Writes the copy's two files and flushes them. */
async function writeCopy(folder: string, source: OnnxFile, onProgress: CopyProgress): Promise<void> {
  const { graph, weights } = toFloat32Graph(source.path, WEIGHTS_FILE);
  await mkdir(folder, { recursive: true });
  const total = weights.reduce((sum, { length }) => sum + length, 0);
  const target = await open(join(folder, WEIGHTS_FILE), 'w');
  try {
    let done = 0;
    for (const piece of weights) {
      await copyPiece(target, piece, (bytes) => {
        done += bytes;
        return onProgress(done / total);
      });
    }
    await target.sync();
  } finally {
    await target.close();
  }
  await writeFile(join(folder, basename(source.path)), Buffer.concat(graph), { flush: true });
}

/**
 * Float32 copies of float16 graphs on disk, for parts whose numbers overflow. A copy is a folder `<key>/<part>`, which
 * gets its name only when all of it is written.
 */
export class Float32Copies {
  private temporary: string | null = null;

  /** @param folder where copies are kept for the next start; null keeps them until `release` */
  constructor(private readonly folder: string | null) {}

  /**
   * @returns absolute path of the copy, made if there is none yet
   * @throws what `onProgress` throws, ProtobufError, and the file system's error, as when the disk is full
   */
  async copyOf(source: OnnxFile, onProgress: CopyProgress): Promise<string> {
    const folder = this.folder ?? (this.temporary ??= await mkdtemp(join(tmpdir(), 'palimpsest-')));
    const part = join(basename(dirname(source.path)), basename(source.path));
    const target = join(folder, keyOf(source));
    if (await exists(target)) return join(target, part);
    const draft = join(folder, `.${randomUUID()}`);
    try {
      await writeCopy(join(draft, dirname(part)), source, onProgress);
      await rename(draft, target);
    } catch (caught) {
      await rm(draft, { recursive: true, force: true });
      // Another process may have been quicker.
      if (!(await exists(target))) throw caught;
    }
    await this.removeOlder(folder, target);
    return join(target, part);
  }

  /** Removes copies that were to last only as long as the process. */
  async release(): Promise<void> {
    const folder = this.temporary;
    this.temporary = null;
    if (folder !== null) await rm(folder, { recursive: true, force: true });
  }

  /** Keeps the copies made last; drafts of long ago are what an interrupted process left behind. */
  private async removeOlder(folder: string, made: string): Promise<void> {
    const names = (await readdir(folder)).map((name) => join(folder, name)).filter((path) => path !== made);
    const age = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    const isDraft = (path: string): boolean => basename(path).startsWith('.');
    const left = names.filter((path) => isDraft(path) && age(path) < Date.now() - DRAFT_MS);
    const copies = names.filter((path) => !isDraft(path)).sort((a, b) => age(b) - age(a));
    for (const path of [...left, ...copies.slice(MOST_COPIES - 1)]) await rm(path, { recursive: true, force: true });
  }
}
