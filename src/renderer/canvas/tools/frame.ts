import type { Rect } from '../../../shared/canvas-document';
import { sameRect, type Point } from '../kernels/geometry';
import { frameHit, moveFrame, resizeFrame, type FrameHandle } from '../kernels/frame';
import { assertNever } from '../../../shared/errors';
import type { Tool, ToolHost } from './tool';

/** Screen pixels around a handle that still take hold of it. */
const REACH = 10;

function cursorOf(hit: FrameHandle | 'move' | null): string {
  switch (hit) {
    case null:
      return 'default';
    case 'move':
      return 'move';
    case 'n':
    case 's':
      return 'ns-resize';
    case 'e':
    case 'w':
      return 'ew-resize';
    case 'nw':
    case 'se':
      return 'nwse-resize';
    case 'ne':
    case 'sw':
      return 'nesw-resize';
    default:
      return assertNever(hit);
  }
}

/** Moves the frame by its inside and sizes it by its handles, on the model's grid. */
export function createFrameTool(host: ToolHost): Tool {
  let drag: { readonly hit: FrameHandle | 'move'; readonly from: Point; readonly frame: Rect } | null = null;
  const hitAt = (point: Point): FrameHandle | 'move' | null =>
    frameHit(host.document().frame, point, REACH / host.viewport().scale);
  const frameAt = (point: Point): Rect | null => {
    if (drag === null) return null;
    const by = { x: point.x - drag.from.x, y: point.y - drag.from.y };
    return drag.hit === 'move'
      ? moveFrame(drag.frame, by)
      : resizeFrame(drag.frame, { handle: drag.hit, by }, host.view().frame.rules);
  };
  return {
    get isBusy() {
      return drag !== null;
    },
    down(pointer) {
      const hit = hitAt(pointer.point);
      if (hit !== null) drag = { hit, from: pointer.point, frame: host.document().frame };
    },
    move(pointers) {
      const end = pointers.at(-1);
      const frame = end === undefined ? null : frameAt(end.point);
      if (frame !== null) host.previewFrame(frame);
    },
    up(pointer) {
      const frame = frameAt(pointer.point);
      const before = drag?.frame;
      drag = null;
      if (frame === null || before === undefined) return;
      if (sameRect(frame, before)) host.previewFrame(before);
      else host.commitFrame(frame);
    },
    cancel() {
      if (drag === null) return;
      host.previewFrame(drag.frame);
      drag = null;
    },
    cursor: (pointer) => cursorOf(drag?.hit ?? (pointer === null ? null : hitAt(pointer.point))),
  };
}
