import type { Point } from '../kernels/geometry';
import { NEUTRAL_PRESSURE } from '../kernels/stroke';
import { toScreen } from '../kernels/viewport';
import { colourOf, modeOf, type Tool, type ToolHost } from './tool';

/** Screen pixels around the first corner in which a click closes the polygon. */
const CLOSE_WITHIN = 10;

/** Corners by clicking; a click on the first corner, a double click or Enter closes. */
export function createPolygonTool(host: ToolHost): Tool {
  let corners: Point[] = [];
  let mode: 'paint' | 'erase' = 'paint';
  const stop = (): void => {
    corners = [];
    host.showOutline(null);
  };
  const finish = (): void => {
    const points = corners.flatMap(({ x, y }) => [x, y, NEUTRAL_PRESSURE]);
    const isArea = corners.length >= 3;
    stop();
    if (isArea) host.emit({ kind: 'polygon', mode, colour: colourOf(host.view()), points });
  };
  const show = (next: Point): void => {
    if (corners.length > 0)
      host.showOutline({ kind: 'line', points: [...corners, next], closed: corners.length > 1 });
  };
  return {
    get isBusy() {
      return corners.length > 0;
    },
    down(pointer) {
      if (host.view().target === null) return;
      const first = corners[0];
      if (first === undefined) mode = modeOf(host.view(), pointer);
      else {
        const place = toScreen(host.viewport(), first);
        if (
          corners.length >= 3 &&
          Math.hypot(place.x - pointer.screen.x, place.y - pointer.screen.y) <= CLOSE_WITHIN
        ) {
          finish();
          return;
        }
      }
      const before = corners.at(-1);
      // The second click of a double click lands on the first one's corner.
      if (before?.x !== pointer.point.x || before.y !== pointer.point.y) corners.push(pointer.point);
      show(pointer.point);
    },
    move(pointers) {
      const end = pointers.at(-1);
      if (end !== undefined) show(end.point);
    },
    up: () => undefined,
    cancel: stop,
    hover(pointer) {
      show(pointer.point);
    },
    finish,
    cursor: () => 'crosshair',
  };
}
