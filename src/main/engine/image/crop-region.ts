import type { Box, PixelImage } from './pixel-image';
import type { Size } from './resize';

/** The smallest box around all non-zero pixels of a grey mask, or `null` for an empty mask. */
export function maskBounds(mask: PixelImage): Box | null {
  let [left, top, right, bottom] = [mask.width, mask.height, 0, 0];
  for (let y = 0, i = 0; y < mask.height; y++) {
    for (let x = 0; x < mask.width; x++, i++) {
      if (mask.data[i] === 0) continue;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
      bottom = y + 1;
    }
  }
  return right === 0 ? null : { left, top, right, bottom };
}

/** Widens [from, to) by `grow` around its middle, shifted to stay inside [0, limit) and cut only if it cannot fit. */
function widen(range: readonly [number, number], grow: number, limit: number): readonly [number, number] {
  const half = Math.floor(grow / 2);
  let from = range[0] - half;
  let to = range[1] + (grow - half);
  if (to >= limit) {
    from -= to - limit;
    to = limit;
  }
  if (from < 0) {
    to -= from;
    from = 0;
  }
  return [from, Math.min(to, limit)];
}

/**
 * VaeImageProcessor.get_crop_region: the mask's box, padded by `padding` pixels, cut at the picture, its short side
 * grown to the aspect of `target`. `null` for an empty mask (the reference gives a nonsense box there).
 */
export function cropRegion(mask: PixelImage, target: Size, padding: number): Box | null {
  const bounds = maskBounds(mask);
  if (bounds === null) return null;
  const box = {
    left: Math.max(0, bounds.left - padding),
    top: Math.max(0, bounds.top - padding),
    right: Math.min(mask.width, bounds.right + padding),
    bottom: Math.min(mask.height, bounds.bottom + padding),
  };
  const width = box.right - box.left;
  const height = box.bottom - box.top;
  const ratio = target.width / target.height;
  if (width / height > ratio) {
    const [top, bottom] = widen([box.top, box.bottom], Math.trunc(width / ratio - height), mask.height);
    return { ...box, top, bottom };
  }
  const [left, right] = widen([box.left, box.right], Math.trunc(height * ratio - width), mask.width);
  return { ...box, left, right };
}
