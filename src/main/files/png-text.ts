import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { crc32 as zlibCrc32, inflateSync } from 'node:zlib';
import { StudioError } from '../../shared/errors';
import { XMP_KEYWORD } from './xmp';

/**
 * Text inside a PNG (PNG specification 11.3.3). Ours rather than a library's because the npm packages for PNG chunks
 * read whole files into memory, know tEXt only (Latin-1) and lose prompts in other scripts.
 */
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** A recipe is a few KB; a chunk that claims more is hostile or broken. */
const MAX_TEXT_BYTES = 16 * 1024 * 1024;

export interface PngFacts {
  readonly width: number;
  readonly height: number;
  readonly text: ReadonlyMap<string, string>;
}

const crc32 = (bytes: Buffer): number => zlibCrc32(bytes) >>> 0;

function chunk(type: string, data: Buffer): Buffer {
  const out = Buffer.alloc(12 + data.length);
  out.writeUInt32BE(data.length, 0);
  out.write(type, 4, 'latin1');
  data.copy(out, 8);
  out.writeUInt32BE(crc32(out.subarray(4, 8 + data.length)), 8 + data.length);
  return out;
}

/** A1111 and most readers look for tEXt first; text beyond Latin-1 needs iTXt, which carries UTF-8. XMP is always iTXt. */
function textChunk(keyword: string, text: string): Buffer {
  const isLatin1 = keyword !== XMP_KEYWORD && [...text].every((c) => c.charCodeAt(0) <= 0xff && c.length === 1);
  if (isLatin1) return chunk('tEXt', Buffer.concat([Buffer.from(`${keyword}\0`, 'latin1'), Buffer.from(text, 'latin1')]));
  // keyword, NUL, not compressed, method 0, no language tag, no translated keyword
  return chunk('iTXt', Buffer.concat([Buffer.from(`${keyword}\0\0\0\0\0`, 'latin1'), Buffer.from(text, 'utf8')]));
}

/** Puts text chunks behind IHDR, where readers find them without passing the pixels. */
export function withPngText(png: Uint8Array, entries: Readonly<Record<string, string>>): Buffer {
  const bytes = Buffer.from(png.buffer, png.byteOffset, png.byteLength);
  if (!bytes.subarray(0, 8).equals(SIGNATURE)) throw new StudioError('internal', 'Expected a PNG to add text to but received other bytes.');
  const behindHeader = 8 + 12 + bytes.readUInt32BE(8);
  const chunks = Object.entries(entries).map(([keyword, text]) => textChunk(keyword, text));
  return Buffer.concat([bytes.subarray(0, behindHeader), ...chunks, bytes.subarray(behindHeader)]);
}

/** Signature and IHDR, behind which text may stand. */
const HEAD_BYTES = 33;

/**
 * The same for a file of any size, which never lies in memory as a whole.
 * @param target a new file, on the disk when this returns
 */
export async function copyWithPngText(source: string, target: string, entries: Readonly<Record<string, string>>): Promise<void> {
  const file = await open(source, 'r');
  try {
    const { buffer } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const output = createWriteStream(target, { flags: 'wx', flush: true });
    output.write(withPngText(buffer, entries));
    await pipeline(createReadStream(source, { start: HEAD_BYTES }), output);
  } finally {
    await file.close();
  }
}

function decodeTextChunk(type: string, data: Buffer): readonly [string, string] | null {
  const end = data.indexOf(0);
  if (end < 1) return null;
  const keyword = data.toString('latin1', 0, end);
  if (type === 'tEXt') return [keyword, data.toString('latin1', end + 1)];
  const inflate = (from: number): Buffer => inflateSync(data.subarray(from), { maxOutputLength: MAX_TEXT_BYTES });
  if (type === 'zTXt') return [keyword, inflate(end + 2).toString('latin1')];
  const languageEnd = data.indexOf(0, end + 3);
  const translatedEnd = languageEnd < 0 ? -1 : data.indexOf(0, languageEnd + 1);
  if (translatedEnd < 0) return null;
  const body = data[end + 1] === 1 ? inflate(translatedEnd + 1) : data.subarray(translatedEnd + 1);
  return [keyword, body.toString('utf8')];
}

/**
 * Reads size and text of a PNG file chunk by chunk, without its pixels.
 * @throws StudioError `image-invalid` when the file is no PNG or ends before its IEND chunk.
 */
export async function readPngFacts(path: string): Promise<PngFacts> {
  const broken = (why: string): StudioError =>
    new StudioError('image-invalid', `The picture ${path} cannot be read: ${why}.`, { details: { path } });
  const file = await open(path, 'r');
  try {
    const { size: fileSize } = await file.stat();
    const read = async (position: number, length: number): Promise<Buffer> => {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, position);
      if (bytesRead < length) throw broken('it is cut short');
      return buffer;
    };
    const head = await read(0, 33);
    if (!head.subarray(0, 8).equals(SIGNATURE)) throw broken('it is no PNG file');
    const text = new Map<string, string>();
    let position = 33;
    for (;;) {
      const header = await read(position, 8);
      const length = header.readUInt32BE(0);
      const type = header.toString('latin1', 4, 8);
      if (position + 12 + length > fileSize) throw broken('it is cut short');
      if ((type === 'tEXt' || type === 'iTXt' || type === 'zTXt') && length <= MAX_TEXT_BYTES) {
        const entry = decodeTextChunk(type, await read(position + 8, length));
        if (entry !== null) text.set(entry[0], entry[1]);
      }
      if (type === 'IEND') break;
      position += 12 + length;
    }
    return { width: head.readUInt32BE(16), height: head.readUInt32BE(20), text };
  } finally {
    await file.close();
  }
}
