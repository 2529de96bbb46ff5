import type { Rect } from '../../../shared/canvas-document';
import { boxOf, type Point } from '../kernels/geometry';
import { colourOf, modeOf, type Tool, type ToolHost, type ToolPointer } from './tool';

/** The box of a drag on whole pixels: Shift makes it a square, Alt puts its middle where the drag began. */
export function dragBox(from: Point, pointer: Pick<ToolPointer, 'point' | 'shift' | 'alt'>): Rect {
  let [dx, dy] = [pointer.point.x - from.x, pointer.point.y - from.y];
  if (pointer.shift) {
    const side = Math.max(Math.abs(dx), Math.abs(dy));
    dx = dx < 0 ? -side : side;
    dy = dy < 0 ? -side : side;
  }
  const start = pointer.alt ? { x: from.x - dx, y: from.y - dy } : from;
  const whole = ({ x, y }: Point): Point => ({ x: Math.round(x), y: Math.round(y) });
  return boxOf(whole(start), whole({ x: from.x + dx, y: from.y + dy }));
}

/** What the rectangle and the ellipse share: a drag from corner to corner. */
export function createBoxTool(host: ToolHost, kind: 'rectangle' | 'ellipse'): Tool {
  let from: Point | null = null;
  let mode: 'paint' | 'erase' = 'paint';
  const stop = (): void => {
    from = null;
    host.showOutline(null);
  };
  return {
    get isBusy() {
      return from !== null;
    },
    down(pointer) {
      if (host.view().target === null) return;
      mode = modeOf(host.view(), pointer);
      from = pointer.point;
    },
    move(pointers) {
      const end = pointers.at(-1);
      if (from !== null && end !== undefined) host.showOutline({ kind, rect: dragBox(from, end) });
    },
    up(pointer) {
      const rect = from === null ? null : dragBox(from, pointer);
      stop();
      if (rect !== null && rect.width > 0 && rect.height > 0)
        host.emit({ kind, mode, colour: colourOf(host.view()), rect });
    },
    cancel: stop,
    cursor: () => 'crosshair',
  };
}
