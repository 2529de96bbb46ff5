import { useEffect, useRef, type DragEvent } from 'react';

/** A drag that rests so long on an entry means to go on there. */
const REST_MS = 550;

/** Lets a picture be dragged from one screen to another: resting on an entry opens it. */
export function useSpring(): (open: () => void) => { onDragEnter(event: DragEvent): void; onDragLeave(): void; onDrop(): void } {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const stop = (): void => { clearTimeout(timer.current); };
  useEffect(() => stop, []);
  return (open) => ({
    onDragEnter: ({ dataTransfer }) => {
      if (!dataTransfer.types.includes('Files')) return;
      stop();
      timer.current = setTimeout(open, REST_MS);
    },
    onDragLeave: stop,
    onDrop: stop,
  });
}
