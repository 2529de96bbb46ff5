import type { PreviewRegion } from '../../../shared/resize/requests';
import { RESIZE_LIMITS, type PixelSize } from '../../../shared/resize/size-target';

const WANTED_SIDE = 160;

/** A square in the middle, as large as a preview may be and the picture allows; null for a picture that is too small. */
export function firstRegion({ width, height }: PixelSize): PreviewRegion | null {
  const side = Math.min(WANTED_SIDE, width, height, RESIZE_LIMITS.previewSide.max);
  if (side < RESIZE_LIMITS.previewSide.min) return null;
  return { left: Math.floor((width - side) / 2), top: Math.floor((height - side) / 2), width: side, height: side };
}

const between = (value: number, most: number): number => Math.min(Math.max(0, Math.round(value)), most);

/** The region moved by source pixels, kept inside the picture. */
export function movedRegion(region: PreviewRegion, by: { readonly x: number; readonly y: number }, { width, height }: PixelSize): PreviewRegion {
  return { ...region, left: between(region.left + by.x, width - region.width), top: between(region.top + by.y, height - region.height) };
}
