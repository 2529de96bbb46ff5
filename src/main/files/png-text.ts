import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { crc32 as zlibCrc32 } from 'node:zlib';
import { StudioError } from '../../shared/errors';
import { withFile } from './metadata/byte-source';
import type { Container } from './metadata/container';
import { PNG_SIGNATURE, readPngContainer } from './metadata/png-container';
import { XMP_KEYWORD } from './xmp';

/**
 * Text inside a PNG (PNG specification 11.3.3). Ours rather than a library's because the npm packages for PNG chunks
 * read whole files into memory, know tEXt only (Latin-1) and lose prompts in other scripts.
 */
export type PngFacts = Pick<Container, 'width' | 'height' | 'text'>;

const crc32 = (bytes: Buffer): number => zlibCrc32(bytes) >>> 0;

export function pngChunk(type: string, data: Buffer): Buffer {
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
  if (isLatin1) return pngChunk('tEXt', Buffer.concat([Buffer.from(`${keyword}\0`, 'latin1'), Buffer.from(text, 'latin1')]));
  // keyword, NUL, not compressed, method 0, no language tag, no translated keyword
  return pngChunk('iTXt', Buffer.concat([Buffer.from(`${keyword}\0\0\0\0\0`, 'latin1'), Buffer.from(text, 'utf8')]));
}

/** Puts text chunks behind IHDR, where readers find them without passing the pixels. */
export function withPngText(png: Uint8Array, entries: Readonly<Record<string, string>>): Buffer {
  const bytes = Buffer.from(png.buffer, png.byteOffset, png.byteLength);
  if (!bytes.subarray(0, 8).equals(PNG_SIGNATURE)) throw new StudioError('internal', 'Expected a PNG to add text to but received other bytes.');
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

/**
 * Reads size and text of a PNG file chunk by chunk, without its pixels.
 * @throws StudioError `image-invalid` when the file is no PNG or ends before its IEND chunk.
 */
export const readPngFacts = (path: string): Promise<PngFacts> => withFile(path, ({ source }) => readPngContainer(source));
