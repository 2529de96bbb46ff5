import type { Rect } from '../../../shared/canvas-document';
import { featherMask, featherReach } from '../kernels/feather';
import { inflate, intersect, type Plane } from '../kernels/geometry';
import type { TileStore } from './tile-store';

export interface MaskUse {
  readonly tiles: TileStore;
  /** Gaussian radius (standard deviation) in pixels. */
  readonly feather: number;
  /** 0..1; scales the mask, because grey means less change. */
  readonly strength: number;
}

/** One mask over a region (whole pixels; outside the document it is 0), feathered and scaled as it will be used. */
export function useMask(use: MaskUse, region: Rect): Plane {
  const reach = featherReach(use.feather);
  // The document's border repeats under the feather, a cut through the document must not.
  const around = intersect(inflate(region, reach), use.tiles.all);
  const out = { ...region, data: new Uint8Array(region.width * region.height) };
  if (around === null) return out;
  const blurred = featherMask(use.tiles.read(around), around, use.feather);
  const part = intersect(region, use.tiles.all);
  if (part === null) return out;
  for (let y = part.y; y < part.y + part.height; y++) {
    for (let x = part.x; x < part.x + part.width; x++) {
      out.data[(y - region.y) * region.width + x - region.x] = Math.round(
        (blurred[(y - around.y) * around.width + x - around.x] ?? 0) * use.strength,
      );
    }
  }
  return out;
}

/** Several masks as one: the strongest of each pixel. */
export function joinMasks(planes: readonly Plane[], region: Rect): Plane {
  const data = new Uint8Array(region.width * region.height);
  for (const plane of planes)
    for (let i = 0; i < data.length; i++) data[i] = Math.max(data[i] ?? 0, plane.data[i] ?? 0);
  return { ...region, data };
}
