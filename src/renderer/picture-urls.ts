import type { ThumbnailSize } from '../shared/gallery';
import type { AssetId, ImageId } from '../shared/ids';

// The page and the pictures share one origin, so a path from the root is enough; only the dev server sits elsewhere.
const ORIGIN = import.meta.env.DEV ? 'studio://app' : '';

export const pictureUrl = (id: ImageId): string => `${ORIGIN}/image/${id}`;

/** WebP whose longest side has so many pixels; made when it is asked for. */
export const thumbnailUrl = (id: ImageId, size: ThumbnailSize = 256): string => `${ORIGIN}/thumb/${id}?size=${String(size)}`;

/** A picture or mask that belongs to a document. */
export const assetUrl = (id: AssetId): string => `${ORIGIN}/asset/${id}`;
