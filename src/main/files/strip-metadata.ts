import { StudioError } from '../../shared/errors';
import type { PictureFormat } from '../../shared/gallery';

/** Chunks of a PNG that the pixels need; every other may hold words. Colour profiles stay. */
const PNG_KEPT: ReadonlySet<string> = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'sBIT', 'bKGD', 'pHYs', 'acTL', 'fcTL', 'fdAT', 'cICP']);

function stripPng(bytes: Buffer): Buffer {
  const pieces = [bytes.subarray(0, 8)];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    if (PNG_KEPT.has(bytes.toString('latin1', at + 4, at + 8))) pieces.push(bytes.subarray(at, at + 12 + length));
    at += 12 + length;
  }
  return Buffer.concat(pieces);
}

/** JFIF (APP0), colour profiles (APP2) and Adobe's colour transform (APP14) say how pixels are shown; the rest is words. */
const JPEG_KEPT: ReadonlySet<number> = new Set([0xe0, 0xe2, 0xee]);

function stripJpeg(bytes: Buffer): Buffer {
  const pieces = [bytes.subarray(0, 2)];
  let at = 2;
  while (at + 4 <= bytes.length) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xda) break;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = bytes.readUInt16BE(at + 2) + 2;
    const isWords = marker === 0xfe || (marker >= 0xe0 && marker <= 0xef && !JPEG_KEPT.has(marker));
    if (!isWords) pieces.push(bytes.subarray(at, at + length));
    at += length;
  }
  return Buffer.concat([...pieces, bytes.subarray(at)]);
}

const WEBP_WORDS = { 'EXIF': 0x08, 'XMP ': 0x04 } as const;

function stripWebp(bytes: Buffer): Buffer {
  const pieces: Buffer[] = [Buffer.from('WEBP', 'latin1')];
  for (let at = 12; at + 8 <= bytes.length; ) {
    const type = bytes.toString('latin1', at, at + 4);
    const length = bytes.readUInt32LE(at + 4);
    const chunk = Buffer.from(bytes.subarray(at, at + 8 + length + (length % 2)));
    if (type === 'VP8X') chunk[8] = (chunk[8] ?? 0) & ~(WEBP_WORDS.EXIF | WEBP_WORDS['XMP ']);
    if (!(type in WEBP_WORDS)) pieces.push(chunk);
    at += 8 + length + (length % 2);
  }
  const body = Buffer.concat(pieces);
  const head = Buffer.alloc(8);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body]);
}

/**
 * A picture file without anything that is told around its pixels; the pixels stay byte for byte. A JPEG that is turned
 * by its EXIF must be encoded anew instead. The bytes must be those of a whole file.
 * @throws StudioError `image-invalid` for a format whose words cannot be taken out
 */
export function withoutMetadata(bytes: Buffer, format: PictureFormat): Buffer {
  switch (format) {
    case 'png':
      return stripPng(bytes);
    case 'jpeg':
      return stripJpeg(bytes);
    case 'webp':
      return stripWebp(bytes);
    case 'avif':
      throw new StudioError('image-invalid', 'The recipe cannot be taken out of an AVIF file; choose another format for the export.');
  }
}
