import watcher from '@parcel/watcher';

export interface WatchedRoot {
  stop(): Promise<void>;
}

/** Events are gathered for so long: a program that writes a file makes several of them. */
const SETTLE_MS = 250;

/**
 * Tells which files and folders below a folder have changed, as absolute paths, a moment after they did.
 * @returns null where the system cannot watch (a network drive, no watches left); the rescan is the safety net
 */
export async function watchRoot(path: string, onPaths: (paths: readonly string[]) => void): Promise<WatchedRoot | null> {
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
