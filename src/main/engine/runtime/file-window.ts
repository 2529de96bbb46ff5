import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const WINDOW_BYTES = 64 * 1024;

/**
 * Random reads from a file through one small buffer, so that the gigabytes of weights between two protobuf tags are
 * skipped by position and never read. `close()` must be called.
 */
export class FileWindow {
  readonly size: number;
  private readonly descriptor: number;
  private readonly window = Buffer.alloc(WINDOW_BYTES);
  private start = 0;
  private length = 0;

  /** @throws the file system's error when the file cannot be opened. */
  constructor(path: string) {
    this.descriptor = openSync(path, 'r');
    this.size = fstatSync(this.descriptor).size;
  }

  /** The byte at `position`, or -1 at and after the end. */
  byteAt(position: number): number {
    if (position < this.start || position >= this.start + this.length) this.fill(position);
    return position < this.start + this.length ? (this.window[position - this.start] ?? -1) : -1;
  }

  /** A copy of up to `length` bytes from `position` on. */
  read(position: number, length: number): Buffer {
    const content = Buffer.alloc(Math.max(0, Math.min(length, this.size - position)));
    readSync(this.descriptor, content, 0, content.length, position);
    return content;
  }

  close(): void {
    closeSync(this.descriptor);
  }

  private fill(position: number): void {
    this.start = position;
    this.length = readSync(this.descriptor, this.window, 0, WINDOW_BYTES, position);
  }
}
