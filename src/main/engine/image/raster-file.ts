import { closeSync, fdatasync, fdatasyncSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { StudioError } from '../../../shared/errors';
import type { PixelSize } from '../../../shared/resize/size-target';
import type { TileBox } from '../../../shared/resize/tile-grid';

/** Interleaved samples as they lie in a picture: straight alpha last, grey or RGB before it. */
export interface SampleFormat {
  readonly channels: 1 | 2 | 3 | 4;
  /** Bits of a sample; 16 in the machine's own byte order. */
  readonly depth: 8 | 16;
}

export interface RasterSpec extends PixelSize, SampleFormat {}

export type Samples = Uint8Array | Uint16Array;

/** Where the pixels of a box come from, on disk or in memory. */
export interface PixelSource extends RasterSpec {
  /** The box must lie inside the picture. */
  read(box: TileBox): Samples;
}

/** Where the pixels of a box go. */
export interface PixelTarget extends RasterSpec {
  write(box: TileBox, samples: Samples): void;
}

/** Largest value of a sample. */
export const maxSample = ({ depth }: Pick<SampleFormat, 'depth'>): number => (depth === 8 ? 255 : 65_535);

export const newSamples = ({ depth }: Pick<SampleFormat, 'depth'>, length: number): Samples => (depth === 8 ? new Uint8Array(length) : new Uint16Array(length));

const bytesPerPixel = ({ channels, depth }: SampleFormat): number => (channels * depth) / 8;

const bytesOf = (samples: Samples): Uint8Array => new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);

/**
 * Raw rows on disk, so that a picture of any size costs the memory of a few rows. A class because it owns a file
 * descriptor. Synchronous, because its reader waits for every byte and the native runs beside it block the thread anyway.
 */
export class RasterFile implements PixelSource, PixelTarget {
  readonly width: number;
  readonly height: number;
  readonly channels: RasterSpec['channels'];
  readonly depth: RasterSpec['depth'];
  private readonly descriptor: number;

  /**
   * @param flags `r` for reading, `w+` for a new file, `r+` to go on with an older one
   * @param options.offset bytes before the first row
   */
  constructor(
    readonly path: string,
    spec: RasterSpec,
    private readonly options: { readonly flags: 'r' | 'r+' | 'w+'; readonly offset?: number },
  ) {
    this.width = spec.width;
    this.height = spec.height;
    this.channels = spec.channels;
    this.depth = spec.depth;
    this.descriptor = openSync(path, options.flags);
    // Told at once, so that a full disk is met before hours of work where the file system reserves.
    if (options.flags === 'w+') ftruncateSync(this.descriptor, this.positionOf(0, this.height));
  }

  read(box: TileBox): Samples {
    const { x, y, width, height } = box;
    const samples = newSamples(this, width * height * this.channels);
    const bytes = bytesOf(samples);
    // Whole rows lie one behind the other.
    const lines = width === this.width ? 1 : height;
    const length = bytes.length / lines;
    for (let line = 0; line < lines; line += 1) {
      const position = this.positionOf(x, y + line);
      for (let done = 0; done < length; ) {
        const got = readSync(this.descriptor, bytes, line * length + done, length - done, position + done);
        if (got === 0) throw new StudioError('internal', `Expected ${this.width} by ${this.height} pixels in ${this.path} but it ends before row ${y + line}.`);
        done += got;
      }
    }
    return samples;
  }

  write(box: TileBox, samples: Samples): void {
    const { x, y, width, height } = box;
    const bytes = bytesOf(samples);
    const lines = width === this.width ? 1 : height;
    const length = bytes.length / lines;
    for (let line = 0; line < lines; line += 1) {
      const position = this.positionOf(x, y + line);
      for (let done = 0; done < length; ) done += writeSync(this.descriptor, bytes, line * length + done, length - done, position + done);
    }
  }

  /** What was written is on the disk when this returns. */
  flush(): void {
    fdatasyncSync(this.descriptor);
  }

  /** The same beside other work: the disk is waited for on a thread of its own. */
  flushBeside(): Promise<void> {
    return new Promise((resolve, reject) => fdatasync(this.descriptor, (error) => (error === null ? resolve() : reject(error))));
  }

  close(): void {
    closeSync(this.descriptor);
  }

  private positionOf(x: number, y: number): number {
    return (this.options.offset ?? 0) + (y * this.width + x) * bytesPerPixel(this);
  }
}
