import { useEffect } from 'react';
import type { PaintStep, Rect } from '../../../shared/canvas-document';
import type { CanvasController } from '../../canvas/canvas-controller';
import { setFrame } from '../../canvas/kernels/document-edits';
import { matchEditShortcut, type EditShortcutId } from '../../commands/edit-shortcuts';
import { HAND_TOOLS } from '../../stores/canvas-view';
import { useStudio, type StudioContextValue } from '../../studio-context';
import { everything, keyboardBox } from './keyboard-box';
import { ZOOM_STEP } from './ViewBar';

/** Where a letter is a letter. */
function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type !== 'range'));
}

const isOnCanvas = (target: EventTarget | null): boolean => target === document.body || (target instanceof HTMLElement && target.closest('[data-canvas-keys]') !== null);

function run({ stores, edit }: StudioContextValue, controller: CanvasController | null, id: EditShortcutId): void {
  const { canvasView } = stores;
  const state = canvasView.getState();
  const hand = HAND_TOOLS.find((tool) => tool === id);
  if (hand !== undefined) {
    edit.takeTool(hand);
    return;
  }
  const resize = (factor: number): void => { canvasView.setBrush({ width: Math.min(1024, Math.max(1, Math.round(state.brush.width * factor + Math.sign(factor - 1)))) }); };
  const actions: Partial<Record<EditShortcutId, () => void>> = {
    undo: () => { edit.undo(); },
    redo: () => { edit.redo(); },
    swap: () => { canvasView.setBrush({ mode: state.brush.mode === 'paint' ? 'erase' : 'paint' }); },
    smaller: () => { resize(0.9); },
    larger: () => { resize(1.1); },
    masks: () => { canvasView.update({ areMasksShown: !state.areMasksShown }); },
    invert: () => { edit.maskStep({ kind: 'invert' }); },
    clear: () => { edit.maskStep({ kind: 'clear' }); },
    fit: () => {
      const picture = stores.canvas.getState().edited?.document;
      if (picture !== undefined) controller?.fitTo(everything(picture));
    },
    actual: () => { controller?.actualSize(); },
    zoomIn: () => { controller?.zoomTo(state.scale * ZOOM_STEP); },
    zoomOut: () => { controller?.zoomTo(state.scale / ZOOM_STEP); },
    accept: () => { edit.accept(); },
    discard: () => { edit.discard(); },
    compare: () => { canvasView.update({ isHoldingBefore: true }); },
    changed: () => { canvasView.update({ isChangedShown: !state.isChangedShown, measured: null }); },
  };
  actions[id]?.();
}

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
function runArrows({ stores, edit }: StudioContextValue, controller: CanvasController | null, event: KeyboardEvent): boolean {
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
    controller?.showOutline(null);
    return true;
  }
  const moved = movedByKey(rect, event.key, options);
  if (moved === null) return false;
  stores.canvasView.update({ box: moved });
  controller?.showOutline({ kind: tool, rect: moved });
  return true;
}

/** The Edit screen's keys, while it is shown. Text fields, menus and dialogs keep theirs. */
export function useEditShortcuts(controller: CanvasController | null): void {
  const studio = useStudio();
  useEffect(() => {
    const isElsewhere = (event: KeyboardEvent): boolean =>
      studio.stores.view.getState().isHelpOpen || isTyping(event.target) || (event.target instanceof HTMLElement && event.target.closest('[role="menu"], [role="listbox"], [role="dialog"]') !== null);
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || isElsewhere(event) || studio.stores.canvas.getState().edited === null) return;
      if (!runArrows(studio, controller, event)) {
        const id = matchEditShortcut(event);
        // Elsewhere Delete belongs to whatever has the focus.
        if (id === null || (id === 'clear' && !isOnCanvas(event.target))) return;
        run(studio, controller, id);
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
  }, [studio, controller]);
}
