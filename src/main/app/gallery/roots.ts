import { readdir, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { OWN_ROOT, type RootId } from '../../../shared/ids';
import type { FileSync } from './file-sync';
import { isPictureName, listPictureFiles } from './list-files';
import type { MarksStore } from './marks-database';
import { watchRoot, type WatchedRoot } from './watch-root';

export interface RootFolder {
  readonly id: RootId;
  readonly path: string;
}

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

const isFolder = (path: string): Promise<boolean> => stat(path).then((info) => info.isDirectory(), () => false);

export function createRoots({ ownPath, marks, sync, isWatching }: RootsOptions): Roots {
  const controller = new AbortController();
  const available = new Map<RootId, boolean>();
  const watched = new Map<string, WatchedRoot>();
  let reading: Promise<void> = Promise.resolve();
  let isScanQueued = false;
  let rescan: NodeJS.Timeout | null = null;

  const list = (): readonly RootFolder[] => [{ id: OWN_ROOT, path: ownPath }, ...marks.roots()];
  /** One after another: two readers of one root would undo each other's work. */
  const queue = (work: () => Promise<void>): Promise<void> => {
    const next = reading.then(async () => {
      if (!controller.signal.aborted) await work();
    });
    reading = next.catch(() => undefined);
    return next;
  };

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

  const takeIn = async (root: RootFolder, paths: readonly string[]): Promise<void> => {
    if (!(await isFolder(root.path))) return scanRoot(root);
    if (paths.includes(root.path)) return scanRoot(root);
    const files = new Set<string>();
    let hasFolderGone = false;
    for (const path of paths) {
      if (!path.startsWith(root.path + sep)) continue;
      const file = path.slice(root.path.length + 1).split(sep).join('/');
      if (isPictureName(file)) files.add(file);
      // A folder that came, moved or went says so once, not for each file in it.
      else if (file.split('/').some((part) => part.startsWith('.'))) continue;
      else if (await isFolder(path)) (await listPictureFiles(root.path, file).catch(() => [])).forEach((name) => files.add(name));
      else if (!/\.[A-Za-z0-9]{1,5}$/.test(file)) hasFolderGone = true;
    }
    await sync.files(root, [...files]);
    if (hasFolderGone) await scanRoot(root);
  };

  const watch = async (): Promise<void> => {
    if (!isWatching) return;
    const paths = new Map(list().map((root) => [root.path, root]));
    for (const [path, handle] of watched) {
      if (paths.has(path)) continue;
      watched.delete(path);
      await handle.stop();
    }
    for (const [path, root] of paths) {
      if (watched.has(path) || !(await isFolder(path))) continue;
      const handle = await watchRoot(path, (changed) => void queue(() => takeIn(root, changed)));
      if (handle !== null) watched.set(path, handle);
    }
  };

  const scan = (): Promise<void> => {
    if (isScanQueued) return reading;
    isScanQueued = true;
    return queue(async () => {
      isScanQueued = false;
      for (const root of list()) await scanRoot(root);
      await watch();
    });
  };

  if (isWatching) rescan = setInterval(() => void scan(), RESCAN_MS).unref();
  return {
    list,
    pathOf: (id) => list().find((root) => root.id === id)?.path ?? null,
    isAvailable: (id) => available.get(id) ?? true,
    scan,
    settle: async () => {
      for (let last: Promise<void> | null = null; last !== reading; ) {
        last = reading;
        await last;
      }
    },
    freshen: async () => {
      const root = { id: OWN_ROOT, path: ownPath };
      const names = await readdir(ownPath).catch(() => []);
      for (const month of names.filter((name) => MONTH.test(name)).sort().slice(-2)) await sync.files(root, await listPictureFiles(ownPath, month).catch(() => []));
    },
    noteFiles: async (id, files) => {
      const root = list().find((candidate) => candidate.id === id);
      // Not queued behind a scan: a finished picture is shown at once.
      if (root !== undefined) await sync.files(root, files);
    },
    watch,
    stop: async () => {
      controller.abort();
      if (rescan !== null) clearInterval(rescan);
      await Promise.all([...watched.values()].map((handle) => handle.stop()));
      watched.clear();
      await reading;
    },
  };
}

export const joinRoot = (root: string, file: string): string => join(root, ...file.split('/'));
