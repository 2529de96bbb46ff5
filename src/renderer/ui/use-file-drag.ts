import { useRef, useState, type ComponentProps, type DragEvent } from 'react';

const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer.types.includes('Files');

export interface FileDrag {
  /** While files of the system are held over the element. */
  readonly isOver: boolean;
  /** For the element that they may be dropped on. */
  readonly events: Pick<ComponentProps<'div'>, 'onDragEnter' | 'onDragLeave' | 'onDragOver' | 'onDrop'>;
}

/**
 * Files of the system dragged over an element, whatever it is made of.
 * @param onDrop what they are dropped for; zones inside the element may take them on their own
 * @param isWanted leaves out drags that mean something else
 */
export function useFileDrag({ onDrop, isWanted = hasFiles }: { readonly onDrop?: (data: DataTransfer) => void; readonly isWanted?: (event: DragEvent) => boolean }): FileDrag {
  const [isOver, setOver] = useState(false);
  // Enter and leave come for every element that is crossed.
  const depth = useRef(0);
  const end = (): void => {
    depth.current = 0;
    setOver(false);
  };
  return {
    isOver,
    events: {
      onDragEnter: (event) => {
        if (!isWanted(event)) return;
        depth.current += 1;
        setOver(true);
      },
      onDragLeave: () => {
        depth.current -= 1;
        if (depth.current <= 0) end();
      },
      onDragOver: (event) => { if (isWanted(event)) event.preventDefault(); },
      onDrop: (event) => {
        event.preventDefault();
        end();
        onDrop?.(event.dataTransfer);
      },
    },
  };
}

/** The first picture among what is dropped or pasted. */
export const pictureOf = (data: DataTransfer | null): File | undefined => [...(data?.files ?? [])].find(({ type }) => type.startsWith('image/'));
