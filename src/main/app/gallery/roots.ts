import { readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { OWN_ROOT, type RootId } from '../../../shared/ids';
import type { FileSync } from './file-sync';
import { isFolder, isPictureName, listPictureFiles, type RootFolder } from './list-files';
import type { MarksStore } from './marks-database';
import { createWatches } from './watch-root';

export interface RootsOptions {
  readonly ownPath: string;
  readonly marks: MarksStore;
  readonly sync: FileSync;
  /** False in the command line, which looks once. */
  readonly isWatching: boolean;
}

/** The folders that the gallery shows, kept equal to the index: read at the start, watched, read again as a safety net. */
export interface Roots {
  list(): readonly RootFolder[];
  pathOf(id: RootId): string | null;
  isAvailable(id: RootId): boolean;
  /** Looks at every file of every root; two calls at once are one. */
  scan(): Promise<void>;
  /** Resolves when nothing is being read. */
  settle(): Promise<void>;
  /** Reads the latest month folders of the studio's own root. */
  freshen(): Promise<void>;
  noteFiles(id: RootId, files: readonly string[]): Promise<void>;
  watch(): Promise<void>;
  stop(): Promise<void>;
}

/** Every so often everything is compared once more: watchers miss events on network drives and when too many come. */
/** The folders that pictureName makes. */
const MONTH = /^\d{4}-\d{2}$/;
const RESCAN_MS = 10 * 60_000;

interface Touched {
  readonly files: readonly string[];
  /** A folder is gone, with everything in it. */
  readonly needsScan: boolean;
}

/** The picture files that a watcher's paths speak of. A folder that came or moved says so once, not for each file in it. */
async function touchedFiles(root: RootFolder, paths: readonly string[]): Promise<Touched> {
  const files = new Set<string>();
  let needsScan = paths.includes(root.path);
  for (const path of paths) {
    if (!path.startsWith(root.path + sep)) continue;
    const file = path.slice(root.path.length + 1).split(sep).join('/');
    if (isPictureName(file)) files.add(file);
    else if (file.split('/').some((part) => part.startsWith('.'))) continue;
    else if (await isFolder(path)) (await listPictureFiles(root.path, file).catch(() => [])).forEach((name) => files.add(name));
    else if (!/\.[A-Za-z0-9]{1,5}$/.test(file)) needsScan = true;
  }
  return { files: [...files], needsScan };
}

/** One after another: two readers of one root would undo each other's work. */
function createTurns(isStopped: () => boolean) {
  let last: Promise<void> = Promise.resolve();
  return {
    take: (work: () => Promise<void>): Promise<void> => {
      const next = last.then(async () => {
        if (!isStopped()) await work();
      });
      last = next.catch(() => undefined);
      return next;
    },
    /** Resolves when nobody waits for a turn. */
    settle: async (): Promise<void> => {
      for (let seen: Promise<void> | null = null; seen !== last; ) {
        seen = last;
        await seen;
      }
    },
  };
}

export function createRoots({ ownPath, marks, sync, isWatching }: RootsOptions): Roots {
  const controller = new AbortController();
  const available = new Map<RootId, boolean>();
  const turns = createTurns(() => controller.signal.aborted);
  const list = (): readonly RootFolder[] => [{ id: OWN_ROOT, path: ownPath }, ...marks.roots()];
  let queuedScan: Promise<void> | null = null;

  const scanRoot = async (root: RootFolder): Promise<void> => {
    const isThere = await isFolder(root.path);
    available.set(root.id, isThere);
    // An unplugged drive takes nothing out of the library.
    if (!isThere) return;
    await sync.root(root, controller.signal).catch((caught: unknown) => {
      available.set(root.id, false);
      console.warn(`The folder ${root.path} could not be read.`, caught);
    });
  };
  const watches = createWatches((root, paths) => void turns.take(async () => {
    if (!(await isFolder(root.path))) return scanRoot(root);
    const { files, needsScan } = await touchedFiles(root, paths);
    await sync.files(root, files);
    if (needsScan) await scanRoot(root);
  }));
  const watch = async (): Promise<void> => {
    if (isWatching) await watches.follow(list());
  };
  const scan = (): Promise<void> =>
    (queuedScan ??= turns.take(async () => {
      queuedScan = null;
      for (const root of list()) await scanRoot(root);
      await watch();
    }));
  const rescan = isWatching ? setInterval(() => void scan(), RESCAN_MS).unref() : undefined;

  return {
    list,
    pathOf: (id) => list().find((root) => root.id === id)?.path ?? null,
    isAvailable: (id) => available.get(id) ?? true,
    scan,
    settle: turns.settle,
    freshen: async () => {
      const root = { id: OWN_ROOT, path: ownPath };
      const names = await readdir(ownPath).catch(() => []);
      for (const month of names.filter((name) => MONTH.test(name)).sort().slice(-2)) await sync.files(root, await listPictureFiles(ownPath, month).catch(() => []));
    },
    noteFiles: async (id, files) => {
      const root = list().find((candidate) => candidate.id === id);
      // Not in turn behind a scan: a finished picture is shown at once.
      if (root !== undefined) await sync.files(root, files);
    },
    watch,
    stop: async () => {
      controller.abort();
      clearInterval(rescan);
      await watches.follow([]);
      await turns.settle();
    },
  };
}

export const joinRoot = (root: string, file: string): string => join(root, ...file.split('/'));
