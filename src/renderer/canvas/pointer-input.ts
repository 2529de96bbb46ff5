import type { Brush } from './canvas-view';
import { BRUSH_WIDTH } from './canvas-view';
import { clamp, type Point } from './kernels/geometry';
import { NEUTRAL_PRESSURE } from './kernels/stroke';
import { toDocument, wheelZoomFactor, type Viewport } from './kernels/viewport';
import type { Tool, ToolPointer } from './tools/tool';

/** What the pointer and the keys can ask of the canvas. */
export interface InputTarget {
  viewport(): Viewport;
  brush(): Brush;
  /** The tool for a gesture that starts here. */
  toolAt(screen: Point): Tool;
  readonly panTool: Tool;
  zoomAt(screen: Point, factor: number): void;
  panBy(by: Point): void;
  changeBrush(brush: Brush): void;
  hovered(pointer: ToolPointer | null): void;
}

/** A mouse notch moves 100 or more; smaller or sideways steps come from a touchpad, which pans. */
const NOTCH = 40;
const RIGHT = 2;
const PEN_ERASER = 32;

/** The brush's width after a number of notches: about a tenth each, always at least one pixel. */
export function resizedBrush(brush: Brush, notches: number): Brush {
  const wanted = brush.width * 1.12 ** notches;
  const step = notches > 0 ? Math.max(wanted, brush.width + 1) : Math.min(wanted, brush.width - 1);
  return { ...brush, width: clamp(Math.round(step), BRUSH_WIDTH.min, BRUSH_WIDTH.max) };
}

/** Listens on the canvas element and turns what happens into calls of tools; `destroy` lets go of everything. */
export class PointerInput {
  readonly #element: HTMLElement;
  readonly #target: InputTarget;
  readonly #stop = new AbortController();
  #active: { readonly id: number; readonly tool: Tool; readonly erase: boolean } | null = null;
  #open: Tool | null = null;
  #isSpaceDown = false;
  #isControlDown = false;
  #last: ToolPointer | null = null;

  constructor(element: HTMLElement, target: InputTarget) {
    this.#element = element;
    this.#target = target;
    this.#listenOnElement({ signal: this.#stop.signal });
    this.#listenOnWindow({ signal: this.#stop.signal });
  }

  #listenOnElement(options: AddEventListenerOptions): void {
    const element = this.#element;
    element.addEventListener('pointerdown', (event) => void this.#down(event), options);
    element.addEventListener('pointermove', (event) => void this.#move(event), options);
    element.addEventListener('pointerup', (event) => void this.#up(event), options);
    element.addEventListener('pointercancel', () => void this.cancel(), options);
    element.addEventListener('pointerleave', () => void this.#leave(), options);
    element.addEventListener('dblclick', () => this.#open?.finish?.(), options);
    element.addEventListener('contextmenu', (event) => void event.preventDefault(), options);
    element.addEventListener('wheel', (event) => void this.#wheel(event), { ...options, passive: false });
    element.addEventListener('keydown', (event) => void this.#keyDown(event), options);
    element.addEventListener('blur', () => void this.#forgetKeys(), options);
  }

  /** Keys may be pressed before the canvas has the focus and let go after it lost it. */
  #listenOnWindow(options: AddEventListenerOptions): void {
    window.addEventListener('keydown', (event) => void this.#noteControl(event), options);
    window.addEventListener('keyup', (event) => void this.#keyUp(event), options);
    window.addEventListener('blur', () => void this.#forgetKeys(), options);
  }

  #forgetKeys(): void {
    this.#isSpaceDown = false;
    this.#isControlDown = false;
  }

  #noteControl(event: KeyboardEvent): void {
    if (event.key === 'Control') this.#isControlDown = true;
  }

  destroy(): void {
    this.#stop.abort();
  }

  get isBusy(): boolean {
    return this.#active !== null || this.#open?.isBusy === true;
  }

  /** Drops an unfinished gesture without a trace. */
  cancel(): void {
    this.#active?.tool.cancel();
    this.#open?.cancel();
    this.#active = null;
    this.#showCursor();
  }

  #pointer(event: PointerEvent, origin: DOMRect): ToolPointer {
    const screen = { x: event.clientX - origin.left, y: event.clientY - origin.top };
    return {
      screen,
      point: toDocument(this.#target.viewport(), screen),
      pressure:
        event.pointerType === 'pen' && this.#target.brush().pressure ? event.pressure : NEUTRAL_PRESSURE,
      shift: event.shiftKey,
      alt: event.altKey,
      erase: this.#active?.erase ?? (event.button === RIGHT || (event.buttons & PEN_ERASER) !== 0),
    };
  }

  #down(event: PointerEvent): void {
    if (this.#active !== null) return;
    event.preventDefault();
    this.#element.focus({ preventScroll: true });
    this.#element.setPointerCapture(event.pointerId);
    const pointer = this.#pointer(event, this.#element.getBoundingClientRect());
    const pans = event.button === 1 || this.#isSpaceDown;
    const tool = pans ? this.#target.panTool : this.#target.toolAt(pointer.screen);
    if (!pans) {
      if (this.#open !== null && this.#open !== tool) this.#open.cancel();
      this.#open = tool;
    }
    this.#active = { id: event.pointerId, tool, erase: pointer.erase };
    tool.down(pointer);
    this.#last = pointer;
    this.#target.hovered(pointer);
    this.#showCursor();
  }

  #move(event: PointerEvent): void {
    if (this.#active !== null && event.pointerId !== this.#active.id) return;
    const origin = this.#element.getBoundingClientRect();
    const pointer = this.#pointer(event, origin);
    this.#last = pointer;
    if (this.#active === null) this.#open?.hover?.(pointer);
    else {
      const between = event.getCoalescedEvents();
      this.#active.tool.move(
        between.length === 0 ? [pointer] : between.map((each) => this.#pointer(each, origin)),
      );
    }
    this.#target.hovered(pointer);
    this.#showCursor();
  }

  #up(event: PointerEvent): void {
    if (this.#active === null || event.pointerId !== this.#active.id) return;
    const { tool } = this.#active;
    const pointer = this.#pointer(event, this.#element.getBoundingClientRect());
    this.#active = null;
    tool.up(pointer);
    this.#showCursor();
  }

  #leave(): void {
    if (this.#active !== null) return;
    this.#last = null;
    this.#target.hovered(null);
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault();
    const origin = this.#element.getBoundingClientRect();
    const at = { x: event.clientX - origin.left, y: event.clientY - origin.top };
    // Chromium reports a pinch as Ctrl and wheel; only a key that is really down means the brush.
    if (event.ctrlKey && this.#isControlDown)
      this.#target.changeBrush(resizedBrush(this.#target.brush(), event.deltaY < 0 ? 1 : -1));
    else if (event.ctrlKey) this.#target.zoomAt(at, wheelZoomFactor(event.deltaY * 5));
    else if (event.deltaX !== 0 || Math.abs(event.deltaY) < NOTCH)
      this.#target.panBy({ x: -event.deltaX, y: -event.deltaY });
    else this.#target.zoomAt(at, wheelZoomFactor(event.deltaY));
  }

  #keyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (!this.#obey(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    this.#showCursor();
  }

  /** @returns whether the key meant something here. */
  #obey(key: string): boolean {
    const brush = this.#target.brush();
    switch (key) {
      case ' ':
        this.#isSpaceDown = true;
        return true;
      case '[':
        this.#target.changeBrush(resizedBrush(brush, -1));
        return true;
      case ']':
        this.#target.changeBrush(resizedBrush(brush, 1));
        return true;
      case 'x':
        this.#target.changeBrush({ ...brush, mode: brush.mode === 'paint' ? 'erase' : 'paint' });
        return true;
      case 'Escape':
        if (!this.isBusy) return false;
        this.cancel();
        return true;
      case 'Enter':
        if (this.#open?.isBusy !== true) return false;
        this.#open.finish?.();
        return true;
      default:
        return false;
    }
  }

  #keyUp(event: KeyboardEvent): void {
    if (event.key === ' ') this.#isSpaceDown = false;
    if (event.key === 'Control') this.#isControlDown = false;
    this.#showCursor();
  }

  #showCursor(): void {
    const tool =
      this.#active?.tool ??
      (this.#isSpaceDown
        ? this.#target.panTool
        : this.#last === null
          ? null
          : this.#target.toolAt(this.#last.screen));
    if (tool !== null) this.#element.style.cursor = tool.cursor(this.#last);
  }
}
