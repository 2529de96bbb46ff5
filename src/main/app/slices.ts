import { setImmediate } from 'node:timers/promises';

/** Runs work that pauses now and then; at each pause main's thread goes to whoever waits. */
export async function inSlices<T>(work: Generator<undefined, T>): Promise<T> {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    await setImmediate();
  }
}
