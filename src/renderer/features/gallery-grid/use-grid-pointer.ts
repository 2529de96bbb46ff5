import { useState, type DragEvent, type MouseEvent } from 'react';
import { useStudio } from '../../studio-context';

/** Where the one menu of the grid opens, in pixels of the window. */
export interface MenuPlace {
  readonly x: number;
  readonly y: number;
}

function indexUnder(event: { readonly target: EventTarget }): number | null {
  if (!(event.target instanceof Element)) return null;
  const index = event.target.closest<HTMLElement>('[data-index]')?.dataset['index'];
  return index === undefined ? null : Number(index);
}

/** The grid's mouse: one set of handlers for all tiles. */
export function useGridPointer() {
  const { stores, browse } = useStudio();
  const { selection, window } = stores.browser;
  const [menu, setMenu] = useState<MenuPlace | null>(null);

  /** A picture outside what is chosen becomes the choice, as in every file manager. */
  const includeInChoice = (index: number): void => {
    const id = window.imageAt(index)?.id;
    if (id !== undefined && selection.getState().selected.has(id)) selection.focus(index);
    else selection.choose(index);
  };

  return {
    menu,
    closeMenu: () => { setMenu(null); },
    handlers: {
      onClick: (event: MouseEvent) => {
        const index = indexUnder(event);
        if (index === null) selection.clear();
        else if (event.shiftKey) browse.extendTo(index);
        else if (event.ctrlKey || event.metaKey) selection.toggle(index);
        else selection.choose(index);
      },
      onDoubleClick: (event: MouseEvent) => {
        const index = indexUnder(event);
        if (index !== null && !event.shiftKey && !event.ctrlKey && !event.metaKey) browse.view(index);
      },
      onContextMenu: (event: MouseEvent) => {
        const index = indexUnder(event);
        if (index === null) return;
        event.preventDefault();
        includeInChoice(index);
        setMenu({ x: event.clientX, y: event.clientY });
      },
      onDragStart: (event: DragEvent) => {
        const index = indexUnder(event);
        // The files themselves are dragged, by the system, so that they can be dropped anywhere.
        event.preventDefault();
        if (index === null) return;
        includeInChoice(index);
        browse.startDrag(selection.targets());
      },
    },
  };
}
