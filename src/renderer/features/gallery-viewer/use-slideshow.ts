import { useEffect, useState } from 'react';

/** How long a picture stays. */
const STAY_MS = 4000;

/** Calls `next` again and again while it runs; `picture` begins each wait anew. */
export function useSlideshow({ isStarted, picture, next }: { readonly isStarted: boolean; readonly picture: unknown; next(): boolean }) {
  const [isRunning, setRunning] = useState(isStarted);
  useEffect(() => {
    if (!isRunning) return undefined;
    const timer = setTimeout(() => { if (!next()) setRunning(false); }, STAY_MS);
    return () => { clearTimeout(timer); };
  }, [isRunning, picture, next]);
  return { isRunning, toggle: () => { setRunning((was) => !was); } };
}
