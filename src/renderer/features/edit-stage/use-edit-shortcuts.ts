import { useEffect } from 'react';
import type { PaintStep, Rect } from '../../../shared/canvas-document';
import { keyboardBox } from '../../canvas/kernels/document-boxes';
import { setFrame } from '../../canvas/edits/document-edits';
import { editRunsOf } from '../../commands/edit-runs';
import { matchEditShortcut } from '../../commands/edit-shortcuts';
import { useStudio, type StudioContextValue } from '../../studio-context';

/** Where a letter is a letter. */
function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type !== 'range'));
}

const isOnCanvas = (target: EventTarget | null): boolean => target === document.body || (target instanceof HTMLElement && target.closest('[data-canvas-keys]') !== null);

/** Moves (or with Shift sizes) a rectangle by arrow key; null when the key is no arrow. */
export function movedByKey(rect: Rect, key: string, options: { readonly isSizing: boolean; readonly by: number }): Rect | null {
  const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
  if (step === undefined) return null;
  const [dx, dy] = [(step[0] ?? 0) * options.by, (step[1] ?? 0) * options.by];
  if (!options.isSizing) return { ...rect, x: rect.x + dx, y: rect.y + dy };
  return { ...rect, width: Math.max(1, rect.width + dx), height: Math.max(1, rect.height + dy) };
}

const ARROW_STEP = 8;

/** Arrow keys on the canvas: the frame with the frame tool, the keyboard rectangle with a shape; Enter adds the shape. */
function runArrows({ stores, edit }: StudioContextValue, event: KeyboardEvent): boolean {
  const picture = stores.canvas.getState().edited?.document;
  const { tool, box, brush } = stores.canvasView.getState();
  if (picture === undefined || !isOnCanvas(event.target) || event.ctrlKey || event.metaKey) return false;
  const options = { isSizing: event.shiftKey, by: event.altKey ? 1 : ARROW_STEP };
  if (tool === 'frame') {
    const moved = movedByKey(picture.frame, event.key, options);
    if (moved !== null) stores.canvas.adjust(setFrame(moved));
    return moved !== null;
  }
  if (tool !== 'rectangle' && tool !== 'ellipse') return false;
  const rect = box ?? keyboardBox(picture);
  if (event.key === 'Enter') {
    const step: PaintStep = { kind: tool, mode: brush.mode, colour: null, rect };
    edit.maskStep(step);
    edit.view.outline(null);
    return true;
  }
  const moved = movedByKey(rect, event.key, options);
  if (moved === null) return false;
  stores.canvasView.update({ box: moved });
  edit.view.outline({ kind: tool, rect: moved });
  return true;
}

/** The Edit screen's keys, while it is shown. Text fields, menus and dialogs keep theirs. */
export function useEditShortcuts(): void {
  const studio = useStudio();
  useEffect(() => {
    const isElsewhere = (event: KeyboardEvent): boolean =>
      studio.stores.view.getState().dialog !== null || isTyping(event.target) || (event.target instanceof HTMLElement && event.target.closest('[role="menu"], [role="listbox"], [role="dialog"]') !== null);
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || isElsewhere(event) || studio.stores.canvas.getState().edited === null) return;
      if (!runArrows(studio, event)) {
        const id = matchEditShortcut(event);
        // Elsewhere Delete belongs to whatever has the focus.
        if (id === null || (id === 'clear' && !isOnCanvas(event.target))) return;
        // Held down, a key repeats; letting go ends it.
        if (id === 'compare' && event.repeat) return;
        editRunsOf(studio)[id]?.();
      }
      event.preventDefault();
    };
    const letGo = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() === 'c') studio.stores.canvasView.update({ isHoldingBefore: false });
    };
    const onBlur = (): void => { studio.stores.canvasView.update({ isHoldingBefore: false }); };
    window.addEventListener('keydown', onKeyDown);
    window.addEventListener('keyup', letGo);
    window.addEventListener('blur', onBlur);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
      window.removeEventListener('keyup', letGo);
      window.removeEventListener('blur', onBlur);
    };
  }, [studio]);
}
