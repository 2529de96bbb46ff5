import watcher from '@parcel/watcher';
import { isFolder, type RootFolder } from './list-files';

interface WatchedRoot {
  stop(): Promise<void>;
}

/** Events are gathered for so long: a program that writes a file makes several of them. */
const SETTLE_MS = 250;

/**
 * Tells which files and folders below a folder have changed, as absolute paths, a moment after they did.
 * @returns null where the system cannot watch (a network drive, no watches left); the rescan is the safety net
 */
async function watchRoot(path: string, onPaths: (paths: readonly string[]) => void): Promise<WatchedRoot | null> {
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | null = null;
  const tell = (): void => {
    timer = null;
    const paths = [...changed];
    changed.clear();
    onPaths(paths);
  };
  try {
    const subscription = await watcher.subscribe(path, (error, events) => {
      // Lost events name no file; the whole root is looked at again.
      if (error !== null) changed.add(path);
      for (const event of events) changed.add(event.path);
      timer ??= setTimeout(tell, SETTLE_MS);
    }, { ignore: ['.staging', '.trash'] });
    return {
      stop: async () => {
        if (timer !== null) clearTimeout(timer);
        await subscription.unsubscribe();
      },
    };
  } catch {
    return null;
  }
}

/** Watches over the folders that are there. */
export interface Watches {
  /** Begins with the new ones and ends with those that are not among them. */
  follow(roots: readonly RootFolder[]): Promise<void>;
}

export function createWatches(onPaths: (root: RootFolder, paths: readonly string[]) => void): Watches {
  const watched = new Map<string, WatchedRoot>();
  return {
    follow: async (roots) => {
      const paths = new Map(roots.map((root) => [root.path, root]));
      for (const [path, handle] of watched) {
        if (paths.has(path)) continue;
        watched.delete(path);
        await handle.stop();
      }
      for (const [path, root] of paths) {
        if (watched.has(path) || !(await isFolder(path))) continue;
        const handle = await watchRoot(path, (changed) => onPaths(root, changed));
        if (handle !== null) watched.set(path, handle);
      }
    },
  };
}
