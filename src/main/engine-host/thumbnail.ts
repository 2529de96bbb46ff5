import { encodeThumbnail } from '../engine/image/codec';
import { writeAtomically } from '../files/write-file';

/** Pixels of the longer side: two of the strip's tiles on a dense screen. */
const THUMBNAIL_SIDE = 320;

/** Writes a WebP thumbnail. @throws StudioError `image-invalid` or `storage-failed`. */
export async function writeThumbnail(source: string, target: string): Promise<void> {
  await writeAtomically(target, await encodeThumbnail(source, THUMBNAIL_SIDE));
}
