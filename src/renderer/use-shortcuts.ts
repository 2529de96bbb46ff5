import { useEffect } from 'react';
import { matchShortcut, type ShortcutId } from './commands/shortcuts';
import { useStudio, type StudioContextValue } from './studio-context';

/** The stage, the strip, the canvas, or nothing at all: there a single letter is a command and not a text. */
function isOnPicture(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return true;
  return target === document.body || target.closest('[data-picture-keys], [data-canvas-keys]') !== null;
}

function focusPrompt({ stores }: StudioContextValue): void {
  if (stores.view.getState().screen !== 'edit') stores.view.show('create');
  // The field may only now be drawn.
  requestAnimationFrame(() => document.querySelector<HTMLElement>('textarea#prompt, textarea#edit-prompt')?.focus());
}

function runPictureShortcut({ stores, commands }: StudioContextValue, id: ShortcutId): boolean {
  const { selection, isRecipeOpen } = stores.view.getState();
  const image = stores.gallery.getState().images.find((candidate) => selection?.kind === 'image' && candidate.id === selection.id);
  const actions: Partial<Record<ShortcutId, () => void>> = {
    previous: () => { commands.step(-1); },
    next: () => { commands.step(1); },
    ...(image === undefined
      ? {}
      : {
          use: () => { commands.use(image); },
          again: () => { commands.again(image); },
          save: () => { commands.save(image, 'png'); },
          copy: () => { commands.copy(image); },
          trash: () => { commands.trash(image); },
          recipe: () => { stores.view.setRecipeOpen(!isRecipeOpen); },
          zoom: () => { stores.view.toggleZoom(); },
        }),
  };
  actions[id]?.();
  return actions[id] !== undefined;
}

function run(studio: StudioContextValue, id: ShortcutId): boolean {
  const { view } = studio.stores;
  const actions: Partial<Record<ShortcutId, () => void>> = {
    generate: () => { if (view.getState().screen === 'edit') studio.edit.generate(); else studio.commands.generate(); },
    cancel: () => { studio.commands.cancelRunning(); },
    prompt: () => { focusPrompt(studio); },
    help: () => { view.setHelpOpen(true); },
    create: () => { view.show('create'); },
    edit: () => { view.show('edit'); },
    models: () => { view.show('models'); },
    settings: () => { view.show('settings'); },
  };
  actions[id]?.();
  if (actions[id] !== undefined) return true;
  return view.getState().screen === 'create' && runPictureShortcut(studio, id);
}

/** The one place where keys become commands. A dialog keeps its keys to itself, and copied text stays text. */
export function useShortcuts(): void {
  const studio = useStudio();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (studio.stores.view.getState().isHelpOpen) return;
      const id = matchShortcut(event, isOnPicture(event.target));
      if (id === null || (id === 'copy' && window.getSelection()?.isCollapsed === false)) return;
      if (!run(studio, id)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    // Before the fields see it: a closed drop-down would otherwise swallow Ctrl+Enter.
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => { window.removeEventListener('keydown', onKeyDown, { capture: true }); };
  }, [studio]);
}
