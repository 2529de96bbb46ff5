import type { CanvasDocument, PaintStep, Rect } from '../../../shared/canvas-document';
import type { CanvasView } from '../canvas-view';
import type { Point } from '../kernels/geometry';
import type { Viewport } from '../kernels/viewport';
import type { Outline } from '../layers/cursor-layer';

/** Where the pointer is and what is held with it. */
export interface ToolPointer {
  /** Document pixels. */
  readonly point: Point;
  /** CSS pixels of the canvas element. */
  readonly screen: Point;
  /** 0..1; 0.5 for devices without pressure. */
  readonly pressure: number;
  readonly shift: boolean;
  readonly alt: boolean;
  /** The right button or the pen's eraser end is down. */
  readonly erase: boolean;
}

/** What a tool may do. Tools keep only the state of one gesture; everything else is asked for and told here. */
export interface ToolHost {
  view(): CanvasView;
  document(): CanvasDocument;
  viewport(): Viewport;
  /** Starts the stroke that is seen while it grows; false when there is nothing to paint on. */
  beginStroke(mode: 'paint' | 'erase'): boolean;
  /** Adds x, y, pressure triples. */
  extendStroke(points: readonly number[]): void;
  /** Starts the seen stroke again with other points. */
  restartStroke(points: readonly number[]): void;
  /** Hands the stroke out as one step. */
  endStroke(): void;
  dropStroke(): void;
  showOutline(outline: Outline | null): void;
  emit(step: PaintStep): void;
  previewFrame(rect: Rect): void;
  commitFrame(rect: Rect): void;
  moveDivider(position: number): void;
  panBy(by: Point): void;
  pickColour(point: Point): void;
}

/** A small state machine: idle, or in a gesture between `down` and `up` (`cancel` drops it without a trace). */
export interface Tool {
  readonly isBusy: boolean;
  down(pointer: ToolPointer): void;
  /** All positions since the last call, oldest first, while a button is down. */
  move(pointers: readonly ToolPointer[]): void;
  up(pointer: ToolPointer): void;
  cancel(): void;
  /** The pointer moves with no button down. */
  hover?(pointer: ToolPointer): void;
  /** Enter or a double click: closes what is open. */
  finish?(): void;
  /** CSS cursor. */
  cursor(pointer: ToolPointer | null): string;
}

/** The mode of a gesture: the right button erases whatever the brush is set to. */
export const modeOf = (view: CanvasView, pointer: ToolPointer): 'paint' | 'erase' =>
  pointer.erase ? 'erase' : view.brush.mode;

/** Masks have no colour; a sketch takes the brush's. */
export const colourOf = (view: CanvasView): string | null =>
  view.target?.kind === 'sketch' ? view.brush.colour : null;
