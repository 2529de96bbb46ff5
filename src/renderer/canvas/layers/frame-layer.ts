import Konva from 'konva';
import type { Rect } from '../../../shared/canvas-document';
import { FRAME_HANDLES, handlePoint } from '../kernels/frame';
import { intersect, type Size } from '../kernels/geometry';
import { rectToScreen, type Viewport } from '../kernels/viewport';

export interface FrameLayerState {
  readonly document: Size;
  /** `null` = not shown. */
  readonly frame: Rect | null;
  readonly hasHandles: boolean;
  readonly context: Rect | null;
  /** The divider's line: the candidate's box and 0..1 of its width. */
  readonly divider: { readonly rect: Rect; readonly position: number } | null;
}

const HANDLE = 9;
const LIGHT = '#ffffff';
const DARK = 'rgba(0, 0, 0, 0.75)';

/** Two lines, so that a frame is seen on any picture. */
function outline(rect: Rect, dash: number[]): Konva.Rect[] {
  const shape = { x: rect.x, y: rect.y, width: rect.width, height: rect.height, listening: false };
  return [
    new Konva.Rect({ ...shape, stroke: DARK, strokeWidth: 3 }),
    new Konva.Rect({ ...shape, stroke: LIGHT, strokeWidth: 1.5, dash }),
  ];
}

/** The frame with its handles, what it adds beyond the document, the context box and the compare divider; screen pixels. */
export class FrameLayer {
  readonly layer = new Konva.Layer({ listening: false });

  update(state: FrameLayerState, viewport: Viewport): void {
    this.layer.destroyChildren();
    if (state.frame !== null) this.#addFrame(state, state.frame, viewport);
    if (state.context !== null) this.layer.add(...outline(rectToScreen(viewport, state.context), [3, 4]));
    if (state.divider !== null)
      this.#addDivider(rectToScreen(viewport, state.divider.rect), state.divider.position);
    this.layer.batchDraw();
  }

  #addFrame(state: FrameLayerState, frame: Rect, viewport: Viewport): void {
    const screen = rectToScreen(viewport, frame);
    const covered = intersect(frame, { x: 0, y: 0, ...state.document });
    // Tinted where the picture does not reach: what will be new.
    const fresh = new Konva.Shape({
      listening: false,
      perfectDrawEnabled: false,
      sceneFunc: (context) => {
        context.beginPath();
        context.rect(screen.x, screen.y, screen.width, screen.height);
        if (covered !== null) {
          const hole = rectToScreen(viewport, covered);
          context.rect(hole.x + hole.width, hole.y, -hole.width, hole.height);
        }
        context.setAttr('fillStyle', 'rgba(76, 145, 255, 0.28)');
        context.fill();
      },
    });
    this.layer.add(fresh, ...outline(screen, [8, 5]));
    if (!state.hasHandles) return;
    for (const handle of FRAME_HANDLES) {
      const { x, y } = handlePoint(screen, handle);
      this.layer.add(
        new Konva.Rect({
          x: x - HANDLE / 2,
          y: y - HANDLE / 2,
          width: HANDLE,
          height: HANDLE,
          fill: LIGHT,
          stroke: DARK,
          strokeWidth: 1,
          listening: false,
        }),
      );
    }
  }

  #addDivider(rect: Rect, position: number): void {
    const x = rect.x + rect.width * position;
    const line = { points: [x, rect.y, x, rect.y + rect.height], listening: false };
    this.layer.add(
      new Konva.Line({ ...line, stroke: DARK, strokeWidth: 4 }),
      new Konva.Line({ ...line, stroke: LIGHT, strokeWidth: 2 }),
      new Konva.Circle({
        x,
        y: rect.y + rect.height / 2,
        radius: 11,
        fill: LIGHT,
        stroke: DARK,
        strokeWidth: 2,
        listening: false,
      }),
      new Konva.Text({
        x: x - 11,
        y: rect.y + rect.height / 2 - 6,
        width: 22,
        align: 'center',
        text: '◂▸',
        fontSize: 12,
        fill: '#222222',
        listening: false,
      }),
    );
  }
}
