import { broken, type ByteSource } from './byte-source';
import { createFingerprint, type Container } from './container';

export const EXIF_HEAD = Buffer.from('Exif\0\0', 'latin1');
export const XMP_HEAD = Buffer.from('http://ns.adobe.com/xap/1.0/\0', 'latin1');
const MAX_SEGMENTS = 10_000;
/** The end mark is looked for in so many last bytes: some cameras write a preview or a film behind it. */
const TAIL = 64 * 1024;

const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
/** APP0 to APP15 and comments: what tools write around the pixels. */
const isAround = (marker: number): boolean => (marker >= 0xe0 && marker <= 0xef) || marker === 0xfe;

async function checkEnd(source: ByteSource, from: number): Promise<void> {
  const length = Math.min(TAIL, source.size - from);
  const tail = await source.read(source.size - length, length);
  if (tail.lastIndexOf(Buffer.from([0xff, 0xd9])) === -1) throw broken('it is cut short');
}

/** Reads the segments of a JPEG up to its pixels. @throws StudioError `image-invalid`. */
export async function readJpegContainer(source: ByteSource): Promise<Container> {
  const fingerprint = createFingerprint();
  const text = new Map<string, string>();
  let exif: Buffer | null = null;
  let xmp: string | null = null;
  let size: { readonly width: number; readonly height: number } | null = null;
  let position = 2;
  for (let count = 0; count < MAX_SEGMENTS; count += 1) {
    const head = await source.read(position, 4);
    const marker = head[1] ?? 0;
    if (head[0] !== 0xff) throw broken('its segments are damaged');
    if (marker === 0xff) {
      position += 1;
      continue;
    }
    const length = head.readUInt16BE(2);
    if (length < 2) throw broken('its segments are damaged');
    const body = await source.read(position + 4, length - 2);
    if (marker === 0xe1 && body.subarray(0, EXIF_HEAD.length).equals(EXIF_HEAD)) exif = Buffer.from(body.subarray(EXIF_HEAD.length));
    else if (marker === 0xe1 && body.subarray(0, XMP_HEAD.length).equals(XMP_HEAD)) xmp = body.toString('utf8', XMP_HEAD.length);
    else if (marker === 0xfe) text.set('Comment', body.toString('utf8'));
    else if (!isAround(marker)) fingerprint.add(body);
    if (isFrame(marker) && body.length >= 5) size = { height: body.readUInt16BE(1), width: body.readUInt16BE(3) };
    position += 2 + length;
    if (marker !== 0xda) continue;
    if (size === null || size.width === 0 || size.height === 0) throw broken('it tells no size');
    await fingerprint.addStretch(source, position, source.size - position);
    await checkEnd(source, position);
    return { format: 'jpeg', ...size, text, exif, xmp, fingerprint: fingerprint.digest() };
  }
  throw broken('it has too many segments');
}
