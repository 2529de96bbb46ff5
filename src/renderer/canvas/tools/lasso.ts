import type { Point } from '../kernels/geometry';
import { simplifyStroke } from '../kernels/simplify-stroke';
import { NEUTRAL_PRESSURE } from '../kernels/stroke';
import { colourOf, modeOf, type Tool, type ToolHost } from './tool';

/** A freehand outline that is filled when the button is let go. */
export function createLassoTool(host: ToolHost): Tool {
  let points: Point[] = [];
  let mode: 'paint' | 'erase' = 'paint';
  const stop = (): void => {
    points = [];
    host.showOutline(null);
  };
  return {
    get isBusy() {
      return points.length > 0;
    },
    down(pointer) {
      if (host.view().target === null) return;
      mode = modeOf(host.view(), pointer);
      points = [pointer.point];
    },
    move(pointers) {
      if (points.length === 0) return;
      points.push(...pointers.map(({ point }) => point));
      host.showOutline({ kind: 'line', points, closed: true });
    },
    up() {
      const flat = points.flatMap(({ x, y }) => [x, y, NEUTRAL_PRESSURE]);
      stop();
      // Half a screen pixel is not seen, and a document keeps every point.
      const simple = simplifyStroke(flat, 0.5 / host.viewport().scale, 1);
      if (simple.length >= 9)
        host.emit({ kind: 'polygon', mode, colour: colourOf(host.view()), points: simple });
    },
    cancel: stop,
    cursor: () => 'crosshair',
  };
}
