import type { Rect } from '../../shared/canvas-document';
import { everything } from '../canvas/kernels/document-boxes';
import type { Outline } from '../canvas/layers/cursor-layer';
import { documentOf, type EditDeps } from './edit-deps';

/** What commands may ask of the canvas while it stands. */
export interface CanvasHandle {
  fitTo(rect: Rect): void;
  /** 1 = 100 %. */
  zoomTo(scale: number): void;
  showOutline(outline: Outline | null): void;
}

/** Moving about on the canvas; nothing happens while it is not shown. */
export interface ViewCommands {
  /** Told by whoever shows the canvas: itself when it comes, null when it goes. */
  attach(canvas: CanvasHandle | null): void;
  isShown(): boolean;
  fit(): void;
  actualSize(): void;
  zoomIn(): void;
  zoomOut(): void;
  outline(outline: Outline | null): void;
}

const ZOOM_STEP = 1.25;

export function createViewCommands(deps: Pick<EditDeps, 'stores'>): ViewCommands {
  let canvas: CanvasHandle | null = null;
  const zoomBy = (factor: number): void => { canvas?.zoomTo(deps.stores.canvasView.getState().scale * factor); };
  return {
    attach(shown) {
      canvas = shown;
    },
    isShown: () => canvas !== null,
    fit() {
      const document = documentOf(deps);
      if (document !== null) canvas?.fitTo(everything(document));
    },
    actualSize: () => { canvas?.zoomTo(1); },
    zoomIn: () => { zoomBy(ZOOM_STEP); },
    zoomOut: () => { zoomBy(1 / ZOOM_STEP); },
    outline: (outline) => { canvas?.showOutline(outline); },
  };
}
