/**
 * The few EXIF tags that picture programs write settings into (EXIF 2.32, TIFF 6.0). Ours rather than a library's: a
 * hostile block must cost bounded time, and eight tags are all that is read (ADR 0018).
 */
export interface ExifTexts {
  /** 1..8, 1 = upright; 5..8 swap width and height. */
  readonly orientation: number;
  /** By the names of the tags. */
  readonly text: ReadonlyMap<string, string>;
}

const NAMES: ReadonlyMap<number, string> = new Map([
  [0x010e, 'ImageDescription'],
  [0x010f, 'Make'],
  [0x0110, 'Model'],
  [0x0131, 'Software'],
  [0x9286, 'UserComment'],
  [0x927c, 'MakerNote'],
  [0x9c9c, 'XPComment'],
]);
const ORIENTATION = 0x0112;
const EXIF_FOLDER = 0x8769;
/** More entries than any writer makes. */
const MAX_ENTRIES = 512;

const stripEnd = (text: string): string => text.replace(/\0+$/, '');

/** UTF-16 of unknown byte order: plain letters have their zero first in big endian, last in little endian. */
function decodeUtf16(bytes: Buffer): string {
  let bigEndian = 0;
  let littleEndian = 0;
  for (let at = 0; at + 1 < Math.min(bytes.length, 4096); at += 2) {
    if (bytes[at] === 0) bigEndian += 1;
    if (bytes[at + 1] === 0) littleEndian += 1;
  }
  const even = Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2)));
  return stripEnd((bigEndian >= littleEndian ? even.swap16() : even).toString('utf16le'));
}

/** EXIF 4.6.5: eight bytes name the character code of a comment. */
function decodeComment(bytes: Buffer): string {
  const code = bytes.toString('latin1', 0, 8);
  const body = bytes.subarray(8);
  if (code.startsWith('UNICODE')) return decodeUtf16(body);
  if (code.startsWith('ASCII') || code.startsWith('JIS') || code === '\0\0\0\0\0\0\0\0') return stripEnd(body.toString('utf8'));
  return stripEnd(bytes.toString('utf8'));
}

/** Reads what can be read; a damaged block gives what stood before the damage. Never throws. */
export function readExif(block: Buffer): ExifTexts {
  const text = new Map<string, string>();
  let orientation = 1;
  const order = block.toString('latin1', 0, 2);
  if (block.length < 8 || (order !== 'II' && order !== 'MM')) return { orientation, text };
  const u16 = (at: number): number => (order === 'II' ? block.readUInt16LE(at) : block.readUInt16BE(at));
  const u32 = (at: number): number => (order === 'II' ? block.readUInt32LE(at) : block.readUInt32BE(at));

  const readFolder = (from: number, isMain: boolean): void => {
    if (from + 2 > block.length) return;
    const entries = Math.min(u16(from), MAX_ENTRIES);
    for (let n = 0; n < entries; n += 1) {
      const at = from + 2 + n * 12;
      if (at + 12 > block.length) return;
      const [tag, type, count] = [u16(at), u16(at + 2), u32(at + 4)];
      if (tag === ORIENTATION && type === 3) orientation = u16(at + 8);
      if (tag === EXIF_FOLDER && isMain) readFolder(u32(at + 8), false);
      const name = NAMES.get(tag);
      // Bytes, ASCII and undefined: one byte a value.
      if (name === undefined || (type !== 1 && type !== 2 && type !== 7)) continue;
      const place = count <= 4 ? at + 8 : u32(at + 8);
      if (place + count > block.length) continue;
      const bytes = block.subarray(place, place + count);
      text.set(name, name === 'UserComment' ? decodeComment(bytes) : name === 'XPComment' ? decodeUtf16(bytes) : stripEnd(bytes.toString('utf8')));
    }
  };
  readFolder(u32(4), true);
  return { orientation: orientation >= 1 && orientation <= 8 ? orientation : 1, text };
}
