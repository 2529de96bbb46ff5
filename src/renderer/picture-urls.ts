import type { AssetId, ImageId } from '../shared/ids';

// The page and the pictures share one origin, so a path from the root is enough; only the dev server sits elsewhere.
const ORIGIN = import.meta.env.DEV ? 'studio://app' : '';

export const pictureUrl = (id: ImageId): string => `${ORIGIN}/image/${id}`;

/** WebP, longest side 320 px. */
export const thumbnailUrl = (id: ImageId): string => `${ORIGIN}/thumb/${id}`;

/** A picture or mask that belongs to a document. */
export const assetUrl = (id: AssetId): string => `${ORIGIN}/asset/${id}`;
