import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Rect } from '../../shared/canvas-document';
import { DEFAULT_BRUSH, type Brush, type ToolId } from '../canvas/canvas-view';

/** What the tools bar offers; the eraser is the brush that takes away. */
export const HAND_TOOLS = ['brush', 'eraser', 'lasso', 'polygon', 'rectangle', 'ellipse', 'sketch', 'frame', 'pan'] as const;
export type HandTool = (typeof HAND_TOOLS)[number];

/** How much the "what changed" overlay found. */
export interface Measured {
  readonly changed: number;
  readonly total: number;
  readonly largest: number;
}

export interface CanvasViewState {
  readonly tool: ToolId;
  readonly brush: Brush;
  readonly areMasksShown: boolean;
  /** The sketch layer in the hand; null = the topmost one. */
  readonly sketchId: string | null;
  /** The rectangle that numbers and arrow keys move, in document pixels; null until it is first used. */
  readonly box: Rect | null;
  /** 1 = 100 %. */
  readonly scale: number;
  /** 0..1; null = the candidate is shown whole. */
  readonly divider: number | null;
  readonly isHoldingBefore: boolean;
  readonly isChangedShown: boolean;
  readonly measured: Measured | null;
}

export interface CanvasViewStore extends StoreApi<CanvasViewState> {
  take(tool: HandTool): void;
  setBrush(change: Partial<Brush>): void;
  update(change: Partial<Omit<CanvasViewState, 'tool' | 'brush'>>): void;
}

export const handToolOf = ({ tool, brush }: Pick<CanvasViewState, 'tool' | 'brush'>): HandTool => (tool === 'brush' && brush.mode === 'erase' ? 'eraser' : tool);

export function createCanvasViewStore(): CanvasViewStore {
  const store = createStore<CanvasViewState>(() => ({
    tool: 'brush',
    brush: DEFAULT_BRUSH,
    areMasksShown: true,
    sketchId: null,
    box: null,
    scale: 1,
    divider: null,
    isHoldingBefore: false,
    isChangedShown: false,
    measured: null,
  }));
  return {
    ...store,
    take(hand) {
      store.setState(({ brush }) => ({ tool: hand === 'eraser' ? 'brush' : hand, brush: { ...brush, mode: hand === 'eraser' ? 'erase' : 'paint' } }));
    },
    setBrush(change) {
      store.setState(({ brush }) => ({ brush: { ...brush, ...change } }));
    },
    update(change) {
      store.setState(change);
    },
  };
}
