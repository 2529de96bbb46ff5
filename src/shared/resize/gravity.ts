import type { Gravity } from './settings';
import type { PixelSize } from './size-target';

/** Where something of one size lies in a frame of another: pixels from the left and from the top, negative when cut. */
export function placeBy(gravity: Gravity, frame: PixelSize, inner: PixelSize): { readonly x: number; readonly y: number } {
  const across = frame.width - inner.width;
  const down = frame.height - inner.height;
  const isWest = gravity.endsWith('west');
  const isEast = gravity.endsWith('east');
  const isNorth = gravity.startsWith('north');
  const isSouth = gravity.startsWith('south');
  return {
    x: isWest ? 0 : isEast ? across : Math.floor(across / 2),
    y: isNorth ? 0 : isSouth ? down : Math.floor(down / 2),
  };
}
