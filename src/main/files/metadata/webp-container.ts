import { broken, type ByteSource } from './byte-source';
import { createFingerprint, type Container } from './container';
import { EXIF_HEAD } from './jpeg-container';

const MAX_CHUNKS = 10_000;
const MAX_METADATA = 16 * 1024 * 1024;
const PIXELS: ReadonlySet<string> = new Set(['VP8 ', 'VP8L', 'ALPH', 'ANMF']);

interface Size {
  readonly width: number;
  readonly height: number;
}

/** RFC 9649: the extended header, a lossy frame's header (RFC 6386, 9.1) or a lossless one's. */
async function readSize(type: string, source: ByteSource, at: { readonly position: number; readonly length: number }): Promise<Size | null> {
  if (at.length < 10) return null;
  const head = await source.read(at.position, 10);
  if (type === 'VP8X') return { width: head.readUIntLE(4, 3) + 1, height: head.readUIntLE(7, 3) + 1 };
  if (type === 'VP8 ') return { width: head.readUInt16LE(6) & 0x3fff, height: head.readUInt16LE(8) & 0x3fff };
  if (type !== 'VP8L' || head[0] !== 0x2f) return null;
  const bits = head.readUInt32LE(1);
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}

/** Reads the chunks of a WebP. @throws StudioError `image-invalid`. */
export async function readWebpContainer(source: ByteSource): Promise<Container> {
  const end = (await source.read(4, 4)).readUInt32LE(0) + 8;
  if (end > source.size) throw broken('it is cut short');
  const fingerprint = createFingerprint();
  let exif: Buffer | null = null;
  let xmp: string | null = null;
  let size: Size | null = null;
  let hasPixels = false;
  let position = 12;
  for (let count = 0; position + 8 <= end; count += 1) {
    if (count === MAX_CHUNKS) throw broken('it has too many chunks');
    const head = await source.read(position, 8);
    const type = head.toString('latin1', 0, 4);
    const length = head.readUInt32LE(4);
    if (position + 8 + length > end) throw broken('it is cut short');
    size ??= await readSize(type, source, { position: position + 8, length });
    if (PIXELS.has(type)) {
      hasPixels = true;
      await fingerprint.addStretch(source, position + 8, length);
    } else if (length <= MAX_METADATA && type === 'EXIF') {
      const body = Buffer.from(await source.read(position + 8, length));
      exif = body.subarray(0, EXIF_HEAD.length).equals(EXIF_HEAD) ? body.subarray(EXIF_HEAD.length) : body;
    } else if (length <= MAX_METADATA && type === 'XMP ') {
      xmp = (await source.read(position + 8, length)).toString('utf8');
    }
    position += 8 + length + (length % 2);
  }
  if (size === null || size.width === 0 || size.height === 0) throw broken('it tells no size');
  if (!hasPixels) throw broken('it holds no picture');
  return { format: 'webp', ...size, text: new Map(), exif, xmp, fingerprint: fingerprint.digest() };
}
