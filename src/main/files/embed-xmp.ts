import { StudioError } from '../../shared/errors';
import { XMP_HEAD } from './metadata/jpeg-container';
import { pngChunk } from './png-text';
import { XMP_KEYWORD } from './xmp';

/** Puts an XMP packet into a PNG, in place of the one that was there. The bytes must be those of a whole PNG. */
export function withPngXmp(bytes: Buffer, packet: string): Buffer {
  const pieces: Buffer[] = [bytes.subarray(0, 8)];
  const head = Buffer.from(`${XMP_KEYWORD}\0`, 'latin1');
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const chunk = bytes.subarray(at, at + 12 + length);
    const type = chunk.toString('latin1', 4, 8);
    const isOld = type === 'iTXt' && chunk.subarray(8, 8 + head.length).equals(head);
    if (!isOld) pieces.push(chunk);
    if (type === 'IHDR') pieces.push(pngChunk('iTXt', Buffer.concat([head, Buffer.alloc(4), Buffer.from(packet, 'utf8')])));
    at += 12 + length;
  }
  return Buffer.concat(pieces);
}

/** The most that one JPEG segment holds. */
const MAX_SEGMENT = 65_533;

/** Puts an XMP packet into a JPEG. @throws StudioError `image-invalid` when it does not fit into one segment */
export function withJpegXmp(bytes: Buffer, packet: string): Buffer {
  const body = Buffer.concat([XMP_HEAD, Buffer.from(packet, 'utf8')]);
  if (body.length > MAX_SEGMENT) throw new StudioError('image-invalid', 'The recipe in this JPEG leaves no room for marks; they stay in the studio.');
  const segment = Buffer.concat([Buffer.from([0xff, 0xe1, (body.length + 2) >> 8, (body.length + 2) & 0xff]), body]);
  const pieces: Buffer[] = [bytes.subarray(0, 2)];
  let isWritten = false;
  let at = 2;
  while (at + 4 <= bytes.length) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = bytes.readUInt16BE(at + 2) + 2;
    const isOld = marker === 0xe1 && bytes.subarray(at + 4, at + 4 + XMP_HEAD.length).equals(XMP_HEAD);
    // JFIF and EXIF come first by their own rules.
    const isFirst = marker === 0xe0 || (marker === 0xe1 && !isOld);
    if (!isWritten && !isFirst) {
      pieces.push(segment);
      isWritten = true;
    }
    if (marker === 0xda) break;
    if (!isOld) pieces.push(bytes.subarray(at, at + length));
    at += length;
  }
  return Buffer.concat([...pieces, bytes.subarray(at)]);
}

const riffChunk = (type: string, body: Buffer): Buffer => {
  const head = Buffer.alloc(8);
  head.write(type, 0, 'latin1');
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
};

const XMP_FLAG = 0x04;
const ALPHA_FLAG = 0x10;

/** The extended header that a simple WebP needs before it may hold XMP (RFC 9649, 2.7). */
function extendedHeader(type: string, body: Buffer): Buffer {
  const header = Buffer.alloc(10);
  const bits = type === 'VP8L' ? body.readUInt32LE(1) : 0;
  const width = type === 'VP8L' ? bits & 0x3fff : (body.readUInt16LE(6) & 0x3fff) - 1;
  const height = type === 'VP8L' ? (bits >>> 14) & 0x3fff : (body.readUInt16LE(8) & 0x3fff) - 1;
  header[0] = type === 'VP8L' && ((bits >>> 28) & 1) === 1 ? ALPHA_FLAG : 0;
  header.writeUIntLE(width, 4, 3);
  header.writeUIntLE(height, 7, 3);
  return header;
}

/** Puts an XMP packet into a WebP. The bytes must be those of a whole WebP. */
export function withWebpXmp(bytes: Buffer, packet: string): Buffer {
  const chunks: { readonly type: string; readonly body: Buffer }[] = [];
  const end = Math.min(bytes.length, bytes.readUInt32LE(4) + 8);
  for (let at = 12; at + 8 <= end; ) {
    const length = bytes.readUInt32LE(at + 4);
    chunks.push({ type: bytes.toString('latin1', at, at + 4), body: bytes.subarray(at + 8, at + 8 + length) });
    at += 8 + length + (length % 2);
  }
  const [first] = chunks;
  if (first === undefined) throw new StudioError('image-invalid', 'This WebP holds no picture.');
  const header = first.type === 'VP8X' ? Buffer.from(first.body) : extendedHeader(first.type, first.body);
  header[0] = (header[0] ?? 0) | XMP_FLAG;
  const rest = chunks.filter(({ type }) => type !== 'VP8X' && type !== 'XMP ').map(({ type, body }) => riffChunk(type, body));
  const body = Buffer.concat([Buffer.from('WEBP', 'latin1'), riffChunk('VP8X', header), ...rest, riffChunk('XMP ', Buffer.from(packet, 'utf8'))]);
  const head = Buffer.alloc(8);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body]);
}
