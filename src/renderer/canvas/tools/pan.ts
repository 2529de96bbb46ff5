import type { Point } from '../kernels/geometry';
import type { Tool, ToolHost } from './tool';

/** Drags the view; also what the space bar and the middle button put in the hand. */
export function createPanTool(host: ToolHost): Tool {
  let last: Point | null = null;
  return {
    get isBusy() {
      return last !== null;
    },
    down(pointer) {
      last = pointer.screen;
    },
    move(pointers) {
      const end = pointers.at(-1);
      if (last === null || end === undefined) return;
      host.panBy({ x: end.screen.x - last.x, y: end.screen.y - last.y });
      last = end.screen;
    },
    up() {
      last = null;
    },
    cancel() {
      last = null;
    },
    cursor: () => (last === null ? 'grab' : 'grabbing'),
  };
}
