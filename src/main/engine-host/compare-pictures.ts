import { decodeImage } from '../engine/image/codec';
import type { Calls } from '../engine-protocol';

/** Compares what two files show, whatever is written around their pixels. @throws StudioError `image-missing` or `image-invalid` */
export async function comparePictures({ a, b }: Calls['comparePictures']['input']): Promise<Calls['comparePictures']['output']> {
  const [first, second] = [await decodeImage(a), await decodeImage(b)];
  if (first.width !== second.width || first.height !== second.height) return { isSameSize: false, psnr: null };
  let squares = 0;
  for (let at = 0; at < first.data.length; at += 1) squares += ((first.data[at] ?? 0) - (second.data[at] ?? 0)) ** 2;
  return { isSameSize: true, psnr: squares === 0 ? 'identical' : 10 * Math.log10((255 ** 2 * first.data.length) / squares) };
}
