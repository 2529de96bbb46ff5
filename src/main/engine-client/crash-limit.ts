/** Allows a few unexpected ends in a while, so that a host that dies at every start is not started for ever. */
export interface CrashLimit {
  record(): void;
  isReached(): boolean;
  /** A person asked again: start counting anew. */
  reset(): void;
}

export function createCrashLimit(max: number, windowMs: number, now: () => number): CrashLimit {
  let crashes: number[] = [];
  return {
    record: () => {
      crashes = [...crashes.filter((at) => now() - at < windowMs), now()];
    },
    isReached: () => crashes.filter((at) => now() - at < windowMs).length >= max,
    reset: () => {
      crashes = [];
    },
  };
}
