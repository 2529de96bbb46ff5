import type { ThumbnailSize } from '../shared/gallery';
import type { AssetId, ImageId } from '../shared/ids';

// The page and the pictures share one origin, so a path from the root is enough; only the dev server sits elsewhere.
const ORIGIN = import.meta.env.DEV ? 'studio://app' : '';

export const pictureUrl = (id: ImageId): string => `${ORIGIN}/image/${id}`;

/**
 * WebP whose longest side has so many pixels, made when it is asked for. With `version` (the file's `modifiedAt`) it is
 * kept until the file changes; without, it is asked for each time.
 */
export const thumbnailUrl = (id: ImageId, size: ThumbnailSize = 256, version?: number): string =>
  `${ORIGIN}/thumb/${id}?size=${String(size)}${version === undefined ? '' : `&v=${String(version)}`}`;

/** A picture or mask that belongs to a document. */
export const assetUrl = (id: AssetId): string => `${ORIGIN}/asset/${id}`;

/** A part of a picture before or after a resize that is not yet run; gone when the studio ends. */
export const previewUrl = (id: AssetId): string => `${ORIGIN}/preview/${id}`;
