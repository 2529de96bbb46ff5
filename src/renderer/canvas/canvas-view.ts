import type { PaintStep, Rect } from '../../shared/canvas-document';
import type { StudioError } from '../../shared/errors';
import type { StepTarget } from './edits/document-edits';
import type { FrameRules } from './kernels/frame';
import type { Viewport } from './kernels/viewport';

export const TOOL_IDS = [
  'brush',
  'lasso',
  'polygon',
  'rectangle',
  'ellipse',
  'sketch',
  'frame',
  'pan',
] as const;
export type ToolId = (typeof TOOL_IDS)[number];

export const BRUSH_WIDTH = { min: 1, max: 1024 } as const;

export interface Brush {
  /** Document pixels, `BRUSH_WIDTH.min`..`max`. */
  readonly width: number;
  /** 0 = soft, 1 = sharp. */
  readonly hardness: number;
  readonly mode: 'paint' | 'erase';
  /** `#rrggbb`, used on sketch layers only. */
  readonly colour: string;
  /** Whether the pen's pressure changes the width. */
  readonly pressure: boolean;
}

/** A picture laid over the document at a place: a candidate before it is accepted. */
export interface Candidate {
  readonly url: string;
  readonly rect: Rect;
}

/** Shows which pixels differ between what was sent and what came back. */
export interface ChangedView {
  readonly before: string;
  readonly after: string;
  readonly rect: Rect;
}

/** How the document is looked at and which tool is in the hand; nothing of it is saved with the document. */
export interface CanvasView {
  readonly tool: ToolId;
  readonly brush: Brush;
  /** What paint tools paint on; `null` = nothing, the tools then do nothing. */
  readonly target: StepTarget | null;
  readonly masks: { readonly visible: boolean; readonly opacity: number };
  readonly frame: { readonly visible: boolean; readonly rules: FrameRules };
  /** The part of the document that the model will see (mask box plus padding), drawn dashed. */
  readonly context: Rect | null;
  readonly candidate: Candidate | null;
  /** 0..1 of the candidate's width: left of it the document is seen, right of it the candidate; `null` = no divider. */
  readonly divider: number | null;
  /** The candidate is hidden while the compare key is held. */
  readonly holdBefore: boolean;
  readonly changed: ChangedView | null;
}

/** What the canvas tells its owner. Every callback is called outside of a drawing pass; calling `update` in one is fine. */
export interface CanvasCallbacks {
  /** One finished stroke or shape: exactly one call for one gesture. */
  onStep(target: StepTarget, step: PaintStep): void;
  /** The frame after a gesture ended; `onFramePreview` follows the pointer. */
  onFrameChange(rect: Rect): void;
  onFramePreview(rect: Rect): void;
  onViewportChange(viewport: Viewport): void;
  onPickColour(colour: string): void;
  /** Size keys, Ctrl and wheel, and `x`. */
  onBrushChange(brush: Brush): void;
  onDividerChange(position: number): void;
  /** The pointer in document pixels, `null` when it left. */
  onPointer(point: { readonly x: number; readonly y: number } | null): void;
  /** How much the "what changed" overlay shows: pixels that differ, all pixels compared, largest difference 0..255. */
  onChangedMeasured(measured: {
    readonly changed: number;
    readonly total: number;
    readonly largest: number;
  }): void;
  /** A picture could not be loaded. */
  onProblem(problem: StudioError): void;
}

export const DEFAULT_BRUSH: Brush = {
  width: 64,
  hardness: 0.8,
  mode: 'paint',
  colour: '#d9480f',
  pressure: true,
};

export const DEFAULT_VIEW: CanvasView = {
  tool: 'brush',
  brush: DEFAULT_BRUSH,
  target: null,
  masks: { visible: true, opacity: 0.5 },
  frame: { visible: true, rules: { grid: 8, minSide: 64, maxSide: 2048, aspect: null } },
  context: null,
  candidate: null,
  divider: null,
  holdBefore: false,
  changed: null,
};
