import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StudioError } from '../../../shared/errors';
import { THUMBNAIL_SIZES, type ThumbnailSize } from '../../../shared/gallery';
import type { ImageId } from '../../../shared/ids';

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

interface Waiting {
  readonly key: string;
  readonly signals: (AbortSignal | undefined)[];
  run(): Promise<void>;
  refuse(): void;
}

/** Side by side: one decodes while the other waits for the disk. */
const WORKERS = 2;
/** A screen holds fewer; what has been overtaken by so many has been scrolled past. */
const MAX_WAITING = 256;
/** Use is noted once in so long: a write for every look would wear the disk. */
const TOUCH_MS = 24 * 3_600_000;
/** After so many new bytes it is worth looking through the folder again. */
const SWEEP_AFTER = 64 * 1024 * 1024;

const cancelled = (): StudioError => new StudioError('cancelled', 'The thumbnail is no longer wanted.');

export function createThumbnails({ folder, limitBytes, make, now }: ThumbnailOptions): Thumbnails {
  const waiting: Waiting[] = [];
  const inWork = new Map<string, { readonly made: Promise<string>; readonly waiting: Waiting }>();
  let running = 0;
  let written = 0;

  const isUnwanted = ({ signals }: Waiting): boolean => signals.every((signal) => signal?.aborted === true);
  const pump = (): void => {
    while (running < WORKERS) {
      const next = waiting.pop();
      if (next === undefined) return;
      if (isUnwanted(next)) {
        next.refuse();
        continue;
      }
      running += 1;
      void next.run().finally(() => {
        running -= 1;
        pump();
      });
    }
  };

  const sweep = async (): Promise<number> => {
    written = 0;
    const files: { readonly path: string; readonly bytes: number; readonly used: number }[] = [];
    for (const size of THUMBNAIL_SIZES) {
      const entries = await readdir(join(folder, String(size)), { recursive: true, withFileTypes: true }).catch(() => []);
      for (const entry of entries) {
        if (!entry.isFile()) continue;
        const path = join(entry.parentPath, entry.name);
        const info = await stat(path).catch(() => null);
        if (info !== null) files.push({ path, bytes: info.size, used: info.mtimeMs });
      }
    }
    let total = files.reduce((sum, { bytes }) => sum + bytes, 0);
    if (total <= limitBytes) return total;
    for (const { path, bytes } of files.sort((a, b) => a.used - b.used)) {
      // A little below, so that the next picture does not begin this again.
      if (total <= limitBytes * 0.9) break;
      await rm(path, { force: true });
      total -= bytes;
    }
    return total;
  };

  const produce = (source: ThumbnailSource, target: string, size: ThumbnailSize, signal: AbortSignal | undefined): Promise<string> => {
    const known = inWork.get(target);
    if (known !== undefined) {
      known.waiting.signals.push(signal);
      return known.made;
    }
    let entry: Waiting | null = null;
    const made = new Promise<string>((resolve, reject) => {
      entry = {
        key: target,
        signals: [signal],
        refuse: () => reject(cancelled()),
        run: async () => {
          try {
            await mkdir(dirname(target), { recursive: true });
            await make(source, target, size);
            written += (await stat(target)).size;
            resolve(target);
            if (written > SWEEP_AFTER) await sweep();
          } catch (caught) {
            reject(StudioError.fromCaught(caught));
          }
        },
      };
    }).finally(() => inWork.delete(target));
    if (entry !== null) {
      waiting.push(entry);
      inWork.set(target, { made, waiting: entry });
    }
    if (waiting.length > MAX_WAITING) waiting.shift()?.refuse();
    pump();
    return made;
  };

  return {
    get: async (source, size, signal) => {
      // Another time of the file is another thumbnail; the old one ages out of the cache.
      const target = join(folder, String(size), source.id.slice(0, 2), `${source.id}-${source.modifiedMs.toString(36)}.webp`);
      const info = await stat(target).catch(() => null);
      if (info === null) return produce(source, target, size, signal);
      const used = new Date(now());
      if (now() - info.mtimeMs > TOUCH_MS) void utimes(target, used, used).catch(() => undefined);
      return target;
    },
    sweep,
  };
}
