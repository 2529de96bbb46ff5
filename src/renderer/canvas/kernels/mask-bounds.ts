import type { Rect } from '../../../shared/canvas-document';
import type { Plane } from './geometry';

/** The smallest box of pixels that are at least `threshold` (1..255), in document pixels; `null` for an empty mask. */
export function maskBounds(plane: Plane, threshold = 1): Rect | null {
  let [left, top, right, bottom] = [plane.width, -1, -1, -1];
  for (let y = 0; y < plane.height; y++) {
    const row = plane.data.subarray(y * plane.width, (y + 1) * plane.width);
    const first = row.findIndex((value) => value >= threshold);
    if (first === -1) continue;
    if (top === -1) top = y;
    bottom = y;
    left = Math.min(left, first);
    right = Math.max(
      right,
      row.findLastIndex((value) => value >= threshold),
    );
  }
  return top === -1
    ? null
    : { x: plane.x + left, y: plane.y + top, width: right - left + 1, height: bottom - top + 1 };
}
