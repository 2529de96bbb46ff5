import { createHash } from 'node:crypto';
import type { PictureFormat } from '../../../shared/gallery';
import type { ByteSource } from './byte-source';

/** What stands in a picture file around its pixels. */
export interface Container {
  readonly format: PictureFormat;
  /** Pixels as stored, before an orientation is applied. */
  readonly width: number;
  readonly height: number;
  /** PNG text chunks and JPEG comments by keyword. */
  readonly text: ReadonlyMap<string, string>;
  /** The TIFF block, without the `Exif\0\0` before it. */
  readonly exif: Buffer | null;
  readonly xmp: string | null;
  /** SHA-256 over the stored pixels (a part of them where they are many), not over anything a tool may write around them. */
  readonly fingerprint: string;
}

/** Bytes of the coded pixels that go into a fingerprint, at their beginning and at their end. */
const SAMPLE = 64 * 1024;

export interface Fingerprint {
  add(bytes: Uint8Array | string): void;
  /** A stretch of coded pixels: its length, its beginning and its end. */
  addStretch(source: ByteSource, position: number, length: number): Promise<void>;
  digest(): string;
}

export function createFingerprint(): Fingerprint {
  const hash = createHash('sha256');
  return {
    add: (bytes) => void hash.update(bytes),
    addStretch: async (source, position, length) => {
      hash.update(`${String(length)};`);
      const head = Math.min(length, SAMPLE);
      hash.update(await source.read(position, head));
      const tail = Math.min(length - head, SAMPLE);
      if (tail > 0) hash.update(await source.read(position + length - tail, tail));
    },
    digest: () => hash.digest('hex'),
  };
}
