import { THUMBNAIL_SIZES, type ThumbnailSize } from '../../../shared/gallery';

/** A thumbnail may be drawn this much larger than it is before one sees it. */
const STRETCH = 1.15;

/** The smallest thumbnail that is sharp with `pixels` device pixels along its longest side; null = only the picture itself is. */
export const thumbnailFor = (pixels: number): ThumbnailSize | null => THUMBNAIL_SIZES.find((size) => pixels <= size * STRETCH) ?? null;
