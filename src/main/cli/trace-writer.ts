import { appendFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { endianness } from 'node:os';
import { join, resolve } from 'node:path';
import { makeFolder } from '../files/make-folder';
import { storageError } from '../files/storage-error';
import { assertWritable } from './output-target';

/** Collects latents in a hidden folder and shows them only when the run succeeded. */
export interface TraceWriter {
  /** Step 0 = initial latents. Pictures of one request follow one another in each file, so it reads as [B, C, h, w]. */
  write(step: number, latents: Float32Array): void;
  /** Puts the files in place; traces of earlier runs are removed. */
  commit(): void;
  /** Leaves nothing behind. */
  discard(): void;
}

const isTrace = (name: string): boolean => /^latents-\d+\.f32$/.test(name);

function littleEndianBytes(latents: Float32Array): Buffer {
  const bytes = Buffer.from(latents.buffer, latents.byteOffset, latents.byteLength);
  return endianness() === 'LE' ? bytes : Buffer.from(bytes).swap32();
}

/**
 * Writes `latents-000.f32`, `latents-001.f32` … as raw little-endian float32. Synchronous, because the engine's
 * callback is and the order of pictures within a file must hold.
 * @throws StudioError `storage-failed` when the folder cannot be written
 */
export function openTrace(folder: string): TraceWriter {
  const target = resolve(folder);
  assertWritable(target);
  const hidden = join(target, `.trace-${process.pid}`);
  let isOpen = false;
  const guarded = (work: () => void): void => {
    try {
      work();
    } catch (caught) {
      throw storageError(caught, target, 'write the trace into');
    }
  };
  return {
    write: (step, latents) =>
      guarded(() => {
        if (!isOpen) makeFolder(hidden);
        isOpen = true;
        appendFileSync(join(hidden, `latents-${String(step).padStart(3, '0')}.f32`), littleEndianBytes(latents));
      }),
    commit: () =>
      guarded(() => {
        if (!isOpen) return;
        for (const name of readdirSync(target).filter(isTrace)) rmSync(join(target, name));
        for (const name of readdirSync(hidden)) renameSync(join(hidden, name), join(target, name));
        rmSync(hidden, { recursive: true });
      }),
    discard: () => rmSync(hidden, { recursive: true, force: true }),
  };
}
