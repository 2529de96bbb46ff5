import type { Point } from '../kernels/geometry';
import { modeOf, type Tool, type ToolHost, type ToolPointer } from './tool';

const triple = ({ point, pressure }: ToolPointer): number[] => [point.x, point.y, pressure];

/**
 * Freehand strokes. Shift draws straight: held while dragging, from where the stroke began; held at a click, from where
 * the last stroke ended.
 */
export function createBrushTool(host: ToolHost): Tool {
  let start: readonly number[] | null = null;
  let isStraight = false;
  let last: Point | null = null;
  const stop = (): void => {
    start = null;
    isStraight = false;
  };
  return {
    get isBusy() {
      return start !== null;
    },
    down(pointer) {
      if (!host.beginStroke(modeOf(host.view(), pointer))) return;
      isStraight = pointer.shift;
      start = pointer.shift && last !== null ? [last.x, last.y, pointer.pressure] : triple(pointer);
      host.extendStroke(pointer.shift && last !== null ? [...start, ...triple(pointer)] : start);
    },
    move(pointers) {
      const end = pointers.at(-1);
      if (start === null || end === undefined) return;
      isStraight = isStraight || end.shift;
      if (isStraight) host.restartStroke([...start, ...triple(end)]);
      else host.extendStroke(pointers.flatMap(triple));
    },
    up(pointer) {
      if (start === null) return;
      last = pointer.point;
      stop();
      host.endStroke();
    },
    cancel() {
      if (start === null) return;
      stop();
      host.dropStroke();
    },
    cursor: () => 'none',
  };
}
