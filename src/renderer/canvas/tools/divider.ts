import { clamp, type Point } from '../kernels/geometry';
import { rectToScreen } from '../kernels/viewport';
import type { Tool, ToolHost } from './tool';

/** Screen pixels on either side of the line that still take hold of it. */
const REACH = 12;

/** Whether the compare divider lies under the pointer. */
export function isOnDivider(host: ToolHost, at: Point): boolean {
  const { candidate, divider, holdBefore } = host.view();
  if (candidate === null || divider === null || holdBefore) return false;
  const rect = rectToScreen(host.viewport(), candidate.rect);
  return (
    Math.abs(rect.x + rect.width * divider - at.x) <= REACH && at.y >= rect.y && at.y <= rect.y + rect.height
  );
}

/** Drags the line between before and after; in the hand only while the pointer is on the line. */
export function createDividerTool(host: ToolHost): Tool {
  let isBusy = false;
  return {
    get isBusy() {
      return isBusy;
    },
    down() {
      isBusy = true;
    },
    move(pointers) {
      const end = pointers.at(-1);
      const { candidate } = host.view();
      if (end === undefined || candidate === null) return;
      host.moveDivider(clamp((end.point.x - candidate.rect.x) / candidate.rect.width, 0, 1));
    },
    up() {
      isBusy = false;
    },
    cancel() {
      isBusy = false;
    },
    cursor: () => 'ew-resize',
  };
}
