import { BRUSH_WIDTH } from '../canvas/canvas-view';
import { clamp } from '../canvas/kernels/geometry';
import { HAND_TOOLS, type HandTool } from '../stores/canvas-view';
import type { EditShortcutId } from './edit-shortcuts';
import { stagedOf } from './edit-staging';
import type { Actors, Runs } from './runs';

const BRUSH_STEP = 1.1;

function viewRuns({ stores, edit }: Actors): Runs<EditShortcutId> {
  const { canvasView } = stores;
  const { brush, areMasksShown } = canvasView.getState();
  const resize = (factor: number): void => {
    // Small brushes would otherwise stay as they are for ever.
    const width = Math.round(brush.width * factor + Math.sign(factor - 1));
    canvasView.setBrush({ width: clamp(width, BRUSH_WIDTH.min, BRUSH_WIDTH.max) });
  };
  return {
    swap: () => { canvasView.setBrush({ mode: brush.mode === 'paint' ? 'erase' : 'paint' }); },
    smaller: () => { resize(1 / BRUSH_STEP); },
    larger: () => { resize(BRUSH_STEP); },
    masks: () => { canvasView.update({ areMasksShown: !areMasksShown }); },
    ...(edit.view.isShown() && {
      fit: () => { edit.view.fit(); },
      actual: () => { edit.view.actualSize(); },
      zoomIn: () => { edit.view.zoomIn(); },
      zoomOut: () => { edit.view.zoomOut(); },
    }),
  };
}

function stagingRuns({ stores, edit }: Actors): Runs<EditShortcutId> {
  if (stagedOf({ stores }) === null) return {};
  const { canvasView } = stores;
  return {
    accept: () => { edit.accept(); },
    discard: () => { edit.discard(); },
    compare: () => { canvasView.update({ isHoldingBefore: !canvasView.getState().isHoldingBefore }); },
    changed: () => { canvasView.update({ isChangedShown: !canvasView.getState().isChangedShown, measured: null }); },
  };
}

/** What the keys of the canvas mean just now; nothing without an open document. */
export function editRunsOf(actors: Actors): Runs<EditShortcutId> {
  const { stores, edit } = actors;
  const { edited } = stores.canvas.getState();
  if (edited === null) return {};
  const { document, history } = edited;
  return {
    ...HAND_TOOLS.reduce<Runs<HandTool>>((runs, tool) => ({ ...runs, [tool]: () => { edit.takeTool(tool); } }), {}),
    ...viewRuns(actors),
    ...stagingRuns(actors),
    ...(history.undo.length > 0 && { undo: () => { edit.undo(); } }),
    ...(history.redo.length > 0 && { redo: () => { edit.redo(); } }),
    ...(document.activeMaskId !== null && {
      invert: () => { edit.maskStep({ kind: 'invert' }); },
      clear: () => { edit.maskStep({ kind: 'clear' }); },
    }),
  };
}
