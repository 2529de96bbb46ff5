import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { THUMBNAIL_SIZES, type ThumbnailSize } from '../../../shared/gallery';
import type { ImageId } from '../../../shared/ids';
import { createLatestFirst } from './latest-first';

export interface ThumbnailSource {
  readonly id: ImageId;
  readonly path: string;
  readonly modifiedMs: number;
}

/** Small pictures on demand, made by another process, kept on disk up to a limit of bytes. */
export interface Thumbnails {
  /**
   * The file of a thumbnail, made first where it is not there yet. The latest asked for is made first; a request that is
   * aborted before its turn, or that too many later ones have overtaken, is not made.
   * @throws StudioError `cancelled`, or `image-invalid` when the picture cannot be decoded
   */
  get(source: ThumbnailSource, size: ThumbnailSize, signal?: AbortSignal): Promise<string>;
  /** Brings the cache below its limit, least used first. @returns the bytes that are left */
  sweep(): Promise<number>;
}

export interface ThumbnailOptions {
  readonly folder: string;
  readonly limitBytes: number;
  /** Writes the thumbnail in another process. */
  make(source: ThumbnailSource, target: string, size: ThumbnailSize): Promise<void>;
  now(): number;
}

/** Use is noted once in so long: a write for every look would wear the disk. */
const TOUCH_MS = 24 * 3_600_000;
/** After so many new bytes it is worth looking through the folder again. */
const SWEEP_AFTER = 64 * 1024 * 1024;

interface CachedFile {
  readonly path: string;
  readonly bytes: number;
  readonly usedMs: number;
}

async function listCache(folder: string): Promise<readonly CachedFile[]> {
  const files: CachedFile[] = [];
  for (const size of THUMBNAIL_SIZES) {
    const entries = await readdir(join(folder, String(size)), { recursive: true, withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      const info = await stat(path).catch(() => null);
      if (info !== null) files.push({ path, bytes: info.size, usedMs: info.mtimeMs });
    }
  }
  return files;
}

async function sweepCache(folder: string, limitBytes: number): Promise<number> {
  const files = await listCache(folder);
  let total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total <= limitBytes) return total;
  for (const { path, bytes } of [...files].sort((a, b) => a.usedMs - b.usedMs)) {
    // A little below, so that the next picture does not begin this again.
    if (total <= limitBytes * 0.9) break;
    await rm(path, { force: true });
    total -= bytes;
  }
  return total;
}

export function createThumbnails({ folder, limitBytes, make, now }: ThumbnailOptions): Thumbnails {
  const queue = createLatestFirst();
  // An earlier life may have left more than the limit: the first new thumbnail looks.
  let written = SWEEP_AFTER;
  const sweep = (): Promise<number> => {
    written = 0;
    return sweepCache(folder, limitBytes);
  };
  return {
    get: async (source, size, signal) => {
      // Another time of the file is another thumbnail; the old one ages out of the cache.
      const target = join(folder, String(size), source.id.slice(0, 2), `${source.id}-${source.modifiedMs.toString(36)}.webp`);
      const info = await stat(target).catch(() => null);
      if (info !== null) {
        const used = new Date(now());
        if (now() - info.mtimeMs > TOUCH_MS) void utimes(target, used, used).catch(() => undefined);
        return target;
      }
      await queue.run(target, signal, async () => {
        await mkdir(dirname(target), { recursive: true });
        await make(source, target, size);
        written += (await stat(target)).size;
        // What cannot be removed now is tried again by the next sweep.
        if (written > SWEEP_AFTER) sweep().catch(() => undefined);
      });
      return target;
    },
    sweep,
  };
}
