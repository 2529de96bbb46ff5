import { useEffect } from 'react';
import { runsOf } from './commands/runs';
import { matchShortcut } from './commands/shortcuts';
import { useStudio } from './studio-context';

/** The stage, the strip, the canvas, or nothing at all: there a single letter is a command and not a text. */
function isOnPicture(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return true;
  return target === document.body || target.closest('[data-picture-keys], [data-canvas-keys]') !== null;
}

/** The one place where keys become commands. A dialog keeps its keys to itself, and copied text stays text. */
export function useShortcuts(): void {
  const studio = useStudio();
  useEffect(() => {
    const { view } = studio.stores;
    const onKeyDown = (event: KeyboardEvent): void => {
      // What lies over the gallery keeps its keys to itself.
      if (studio.stores.browser.view.getState().overlays.length > 0) return;
      const id = matchShortcut(event, isOnPicture(event.target));
      const isCopyingText = id === 'copy' && window.getSelection()?.isCollapsed === false;
      const { dialog } = view.getState();
      // The key that opens the palette closes it as well.
      if (id === null || isCopyingText || (dialog !== null && (dialog !== 'palette' || id !== 'palette'))) return;
      const run = dialog === 'palette' ? () => { view.openDialog(null); } : runsOf(studio)[id];
      if (run === undefined) return;
      run();
      event.preventDefault();
      event.stopPropagation();
    };
    // Before the fields see it: a closed drop-down would otherwise swallow Ctrl+Enter.
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => { window.removeEventListener('keydown', onKeyDown, { capture: true }); };
  }, [studio]);
}
