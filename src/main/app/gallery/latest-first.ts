import { StudioError } from '../../../shared/errors';

/** Side by side: one decodes while the other waits for the disk. */
const WORKERS = 2;
/** A screen holds fewer; what has been overtaken by so many has been scrolled past. */
const MAX_WAITING = 256;

interface Task {
  readonly signals: (AbortSignal | undefined)[];
  readonly done: Promise<void>;
  start(): Promise<void>;
  refuse(): void;
}

/** Work of which the latest is wanted first, as pictures that come into view are. */
export interface LatestFirst {
  /**
   * Does the work, once for all who ask for the same key while it waits or runs.
   * @throws StudioError `cancelled` when nobody wants it any more or too many later ones came before; or what the work throws
   */
  run(key: string, signal: AbortSignal | undefined, work: () => Promise<void>): Promise<void>;
}

const isUnwanted = ({ signals }: Task): boolean => signals.every((signal) => signal?.aborted === true);

export function createLatestFirst(): LatestFirst {
  const waiting: Task[] = [];
  const byKey = new Map<string, Task>();
  let running = 0;

  const pump = (): void => {
    while (running < WORKERS) {
      const next = waiting.pop();
      if (next === undefined) return;
      if (isUnwanted(next)) {
        next.refuse();
        continue;
      }
      running += 1;
      void next.start().finally(() => {
        running -= 1;
        pump();
      });
    }
  };

  const newTask = (key: string, work: () => Promise<void>): Task => {
    const { promise, resolve, reject } = deferred();
    return {
      signals: [],
      done: promise.finally(() => byKey.delete(key)),
      start: () => work().then(resolve, reject),
      refuse: () => reject(new StudioError('cancelled', 'The work is no longer wanted.')),
    };
  };

  return {
    run: (key, signal, work) => {
      const known = byKey.get(key);
      const task = known ?? newTask(key, work);
      task.signals.push(signal);
      if (known === undefined) {
        byKey.set(key, task);
        waiting.push(task);
        if (waiting.length > MAX_WAITING) waiting.shift()?.refuse();
        pump();
      }
      return task.done;
    },
  };
}

function deferred() {
  let resolve: () => void = () => undefined;
  let reject: (reason: unknown) => void = () => undefined;
  const promise = new Promise<void>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}
