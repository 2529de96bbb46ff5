import { THUMBNAIL_SIZES } from '../../shared/gallery';
import { encodeThumbnail, readSmallGrey } from '../engine/image/codec';
import { writeAtomically } from '../files/write-file';
import type { Calls } from '../engine-protocol';
import { LOOK_SIDE, lookOf } from './look';

/**
 * Writes a WebP thumbnail and tells how the picture looks.
 * @throws StudioError `image-invalid` or `storage-failed`.
 */
export async function writeThumbnail({ source, target, size }: Calls['thumbnail']['input']): Promise<Calls['thumbnail']['output']> {
  const webp = await encodeThumbnail(source, size);
  await writeAtomically(target, webp);
  // The thumbnail is all that a look needs, and is decoded in no time.
  return { look: lookOf(await readSmallGrey(webp, LOOK_SIDE)) };
}

/** How a picture looks, without keeping anything of it. @throws StudioError `image-invalid` */
export const readLook = async ({ source }: Calls['look']['input']): Promise<Calls['look']['output']> => ({
  look: lookOf(await readSmallGrey(await encodeThumbnail(source, THUMBNAIL_SIZES[0]), LOOK_SIDE)),
});
