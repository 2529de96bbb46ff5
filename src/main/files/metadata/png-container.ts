import { inflateSync } from 'node:zlib';
import { broken, type ByteSource } from './byte-source';
import { XMP_KEYWORD } from '../xmp';
import { createFingerprint, type Container } from './container';

export const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** A recipe is a few KB; a chunk that claims more is hostile or broken. */
const MAX_TEXT_BYTES = 16 * 1024 * 1024;
const MAX_TEXTS = 1000;

/** PNG specification 11.3.3. @returns null for a text chunk that cannot be read; others may be whole */
function decodeTextChunk(type: string, data: Buffer): readonly [string, string] | null {
  const end = data.indexOf(0);
  if (end < 1 || end > 79) return null;
  const keyword = data.toString('latin1', 0, end);
  if (type === 'tEXt') return [keyword, data.toString('latin1', end + 1)];
  const inflate = (from: number): Buffer | null => {
    try {
      return inflateSync(data.subarray(from), { maxOutputLength: MAX_TEXT_BYTES });
    } catch {
      return null;
    }
  };
  if (type === 'zTXt') {
    const body = inflate(end + 2);
    return body === null ? null : [keyword, body.toString('latin1')];
  }
  const languageEnd = data.indexOf(0, end + 3);
  const translatedEnd = languageEnd < 0 ? -1 : data.indexOf(0, languageEnd + 1);
  if (translatedEnd < 0) return null;
  const body = data[end + 1] === 1 ? inflate(translatedEnd + 1) : data.subarray(translatedEnd + 1);
  return body === null ? null : [keyword, body.toString('utf8')];
}

const TEXT_TYPES: ReadonlySet<string> = new Set(['tEXt', 'iTXt', 'zTXt']);

/**
 * Reads a PNG chunk by chunk, without its pixels; their checksums make the fingerprint.
 * @throws StudioError `image-invalid` when it is no PNG or ends before its IEND chunk.
 */
export async function readPngContainer(source: ByteSource): Promise<Container> {
  const head = await source.read(0, 33);
  if (!head.subarray(0, 8).equals(PNG_SIGNATURE)) throw broken('it is no PNG file');
  if (head.toString('latin1', 12, 16) !== 'IHDR') throw broken('its header is damaged');
  const fingerprint = createFingerprint();
  fingerprint.add(head.subarray(16, 29));
  const text = new Map<string, string>();
  let exif: Buffer | null = null;
  const sizes = { width: head.readUInt32BE(16), height: head.readUInt32BE(20) };
  if (sizes.width === 0 || sizes.height === 0) throw broken('it tells no size');
  for (let position = 33; ; ) {
    const header = await source.read(position, 8);
    const length = header.readUInt32BE(0);
    const type = header.toString('latin1', 4, 8);
    if (position + 12 + length > source.size) throw broken('it is cut short');
    if (TEXT_TYPES.has(type) && length <= MAX_TEXT_BYTES && text.size < MAX_TEXTS) {
      const entry = decodeTextChunk(type, await source.read(position + 8, length));
      if (entry !== null) text.set(entry[0], entry[1]);
    } else if (type === 'eXIf' && length <= MAX_TEXT_BYTES) {
      exif = Buffer.from(await source.read(position + 8, length));
    } else if (type === 'IDAT') {
      fingerprint.add(`${String(length)};`);
      fingerprint.add(await source.read(position + 8 + length, 4));
    } else if (type === 'IEND') {
      return { format: 'png', ...sizes, text, exif, xmp: text.get(XMP_KEYWORD) ?? null, fingerprint: fingerprint.digest() };
    }
    position += 12 + length;
  }
}
