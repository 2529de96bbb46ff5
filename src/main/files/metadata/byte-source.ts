import { open, type FileHandle } from 'node:fs/promises';
import { StudioError } from '../../../shared/errors';
import { storageError } from '../storage-error';

/** Bytes of a picture file, read where they are needed: headers are small, pixels are not. */
export interface ByteSource {
  readonly size: number;
  /** @throws StudioError `image-invalid` when the bytes end before. */
  read(position: number, length: number): Promise<Buffer>;
}

/** Why a file cannot be read, behind "The picture … cannot be read: ". */
export const broken = (why: string): StudioError => new StudioError('image-invalid', `This picture cannot be read: ${why}.`, { details: { reason: why } });

const CUT_SHORT = 'it is cut short';
/** Nothing in a header is longer than this; a length that claims more is hostile or broken. */
const MAX_READ = 64 * 1024 * 1024;
const FIRST_WINDOW = 64 * 1024;
const FAR_WINDOW = 4 * 1024;

export function bytesSource(bytes: Uint8Array): ByteSource {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    size: buffer.length,
    read: async (position, length) => {
      if (position + length > buffer.length) throw broken(CUT_SHORT);
      return buffer.subarray(position, position + length);
    },
  };
}

/** Reads ahead where one read follows close upon another, and only a little behind a far jump (over pixels). */
function fileSource(file: FileHandle, size: number): ByteSource {
  let window = Buffer.alloc(0);
  let windowAt = 0;
  return {
    size,
    read: async (position, length) => {
      if (length > MAX_READ || position + length > size) throw broken(CUT_SHORT);
      if (position < windowAt || position + length > windowAt + window.length) {
        const isNear = position <= windowAt + window.length + FIRST_WINDOW;
        const wanted = Math.min(size - position, Math.max(length, isNear ? FIRST_WINDOW : FAR_WINDOW));
        const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(wanted), 0, wanted, position);
        window = buffer.subarray(0, bytesRead);
        windowAt = position;
        if (bytesRead < length) throw broken(CUT_SHORT);
      }
      return window.subarray(position - windowAt, position - windowAt + length);
    },
  };
}

export interface OpenedFile {
  readonly source: ByteSource;
  readonly bytes: number;
  /** Whole milliseconds since the epoch. */
  readonly modifiedMs: number;
}

/** Opens a file for the time of `work`. @throws StudioError `storage-failed`, or what `work` throws. */
export async function withFile<T>(path: string, work: (file: OpenedFile) => Promise<T>): Promise<T> {
  const file = await open(path, 'r').catch((caught: unknown) => {
    throw storageError(caught, path, 'read');
  });
  try {
    const { size, mtimeMs } = await file.stat();
    return await work({ source: fileSource(file, size), bytes: size, modifiedMs: Math.round(mtimeMs) });
  } catch (caught) {
    if (caught instanceof StudioError && caught.code === 'image-invalid') {
      const reason = String(caught.details?.['reason'] ?? caught.message);
      throw new StudioError('image-invalid', `The picture ${path} cannot be read: ${reason}.`, { details: { path, reason } });
    }
    throw storageError(caught, path, 'read');
  } finally {
    await file.close();
  }
}
