import { closeSync, openSync, writeSync } from 'node:fs';
import { endianness } from 'node:os';
import { crc32, deflateSync } from 'node:zlib';
import { maxSample, type RasterSpec, type Samples } from './raster-file';

/** What a picture carries besides its pixels, byte for byte as the file held it. */
export interface CarriedMetadata {
  readonly icc: Uint8Array | null;
  readonly exif: Uint8Array | null;
  readonly xmp: Uint8Array | null;
}

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
/** PNG's colour type by number of channels. */
const COLOUR_TYPES = { 1: 0, 2: 4, 3: 2, 4: 6 } as const;
const ADLER = 65_521;
/** A deflate block without compression holds at most this. */
const STORED = 65_535;
/** Most bytes summed before Adler's sums are reduced, so that they stay exact. */
const ADLER_RUN = 5552;

function header({ width, height, channels, depth }: RasterSpec): Buffer {
  const bytes = Buffer.alloc(13);
  bytes.writeUInt32BE(width, 0);
  bytes.writeUInt32BE(height, 4);
  bytes.set([depth, COLOUR_TYPES[channels], 0, 0, 0], 8);
  return bytes;
}

/** Exif in a PNG begins with the byte order; other formats put "Exif" and two zeros before it. */
const bareExif = (exif: Uint8Array): Uint8Array => (Buffer.from(exif.subarray(0, 4)).toString('latin1') === 'Exif' ? exif.subarray(6) : exif);

/**
 * Writes a picture row by row as a PNG without compression: the form in which pixels of any number are handed to
 * libvips, which reads it as a stream and finds the metadata in it (docs/adr/0017-resize.md). Needs the memory of a row.
 */
export class StoredPngWriter {
  private readonly descriptor: number;
  private adlerLow = 1;
  private adlerHigh = 0;
  private rowsLeft: number;

  constructor(
    path: string,
    private readonly spec: RasterSpec,
    metadata: CarriedMetadata,
  ) {
    this.descriptor = openSync(path, 'w');
    this.rowsLeft = spec.height;
    writeSync(this.descriptor, SIGNATURE);
    this.chunk('IHDR', [header(spec)]);
    if (metadata.icc !== null) this.chunk('iCCP', [Buffer.from('icc\0\0', 'latin1'), deflateSync(metadata.icc)]);
    if (metadata.exif !== null) this.chunk('eXIf', [bareExif(metadata.exif)]);
    if (metadata.xmp !== null) this.chunk('iTXt', [Buffer.from('XML:com.adobe.xmp\0\0\0\0\0', 'latin1'), metadata.xmp]);
    // zlib's header: deflate, 32 KB window, no dictionary.
    this.chunk('IDAT', [Uint8Array.of(0x78, 0x01)]);
  }

  /** One row, top to bottom. */
  write(samples: Samples): void {
    this.rowsLeft -= 1;
    const row = Buffer.alloc(1 + samples.byteLength);
    Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength).copy(row, 1);
    // PNG is big-endian.
    if (maxSample(this.spec) > 255 && endianness() === 'LE') row.subarray(1).swap16();
    this.checksum(row);
    const parts: Uint8Array[] = [];
    for (let at = 0; at < row.length; at += STORED) {
      const block = row.subarray(at, at + STORED);
      const isLast = this.rowsLeft === 0 && at + STORED >= row.length;
      parts.push(Uint8Array.of(isLast ? 1 : 0, block.length & 0xff, block.length >> 8, ~block.length & 0xff, (~block.length >> 8) & 0xff), block);
    }
    this.chunk('IDAT', parts);
  }

  /** To be called after the last row. */
  close(): void {
    const adler = Buffer.alloc(4);
    adler.writeUInt16BE(this.adlerHigh, 0);
    adler.writeUInt16BE(this.adlerLow, 2);
    this.chunk('IDAT', [adler]);
    this.chunk('IEND', []);
    closeSync(this.descriptor);
  }

  /** Gives an unfinished file up. */
  abandon(): void {
    closeSync(this.descriptor);
  }

  private checksum(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += ADLER_RUN) {
      const end = Math.min(bytes.length, at + ADLER_RUN);
      for (let i = at; i < end; i += 1) {
        this.adlerLow += bytes[i] ?? 0;
        this.adlerHigh += this.adlerLow;
      }
      this.adlerLow %= ADLER;
      this.adlerHigh %= ADLER;
    }
  }

  private chunk(type: string, parts: readonly Uint8Array[]): void {
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    const bytes = Buffer.alloc(12 + length);
    bytes.writeUInt32BE(length, 0);
    bytes.write(type, 4, 'latin1');
    let at = 8;
    for (const part of parts) {
      bytes.set(part, at);
      at += part.length;
    }
    bytes.writeUInt32BE(crc32(bytes.subarray(4, at)) >>> 0, at);
    writeSync(this.descriptor, bytes);
  }
}
