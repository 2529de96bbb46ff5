import { closeSync, existsSync, fdatasyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { RasterFile, type RasterSpec } from '../image/raster-file';

/**
 * The folder in which one resize keeps what it has finished, so that a killed studio goes on where it was. A step's
 * rows lie in `<index>.part` until all are there and are then renamed to `<index>.rows`: that name is the commit mark.
 */
export interface WorkFolder {
  /** Path for a file of the work's own. */
  fileFor(name: string): string;
  /** Whether the rows of a step are complete. */
  isFinished(step: number): boolean;
  /** The decoded source. */
  openSource(spec: RasterSpec, offset: number): RasterFile;
  open(step: number, spec: RasterSpec): RasterFile;
  /** The unfinished rows of a step: new, or (from the first whole part on) those of an earlier run. */
  openPart(step: number, spec: RasterSpec, options?: { readonly isGoingOn?: boolean }): RasterFile;
  finish(step: number): void;
  /** Rows that no later step reads any more. */
  drop(step: number): void;
  /** Parts of a step that are safely on disk; 0 when there is no telling. */
  partsDone(step: number): number;
  /** To be called when those parts are on the disk. */
  markParts(step: number, count: number): void;
  readNote(name: string): string | null;
  /** Written whole or not at all. */
  writeNote(name: string, text: string): void;
}

/** sharp tells formats by the ending. */
export const SOURCE_FILE = 'source.v';

/** @param folder absolute; made if it is not there */
export function openWorkFolder(folder: string): WorkFolder {
  mkdirSync(folder, { recursive: true });
  const fileFor = (name: string): string => join(folder, name);
  const partPath = (step: number): string => fileFor(`${step}.part`);
  const rowsPath = (step: number): string => fileFor(`${step}.rows`);
  const partsName = (step: number): string => `${step}.parts`;

  const writeNote = (name: string, text: string): void => {
    const draft = fileFor(`${name}.draft`);
    const descriptor = openSync(draft, 'w');
    try {
      writeSync(descriptor, text);
      fdatasyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(draft, fileFor(name));
  };
  const readNote = (name: string): string | null => (existsSync(fileFor(name)) ? readFileSync(fileFor(name), 'utf8') : null);

  return {
    fileFor,
    isFinished: (step) => existsSync(rowsPath(step)),
    openSource: (spec, offset) => new RasterFile(fileFor(SOURCE_FILE), spec, { flags: 'r', offset }),
    open: (step, spec) => new RasterFile(rowsPath(step), spec, { flags: 'r' }),
    openPart: (step, spec, { isGoingOn = false } = {}) => new RasterFile(partPath(step), spec, { flags: isGoingOn ? 'r+' : 'w+' }),
    finish: (step) => renameSync(partPath(step), rowsPath(step)),
    drop: (step) => {
      for (const path of [rowsPath(step), partPath(step), fileFor(partsName(step))]) rmSync(path, { force: true });
    },
    partsDone: (step) => {
      const count = Number(readNote(partsName(step)) ?? 0);
      return Number.isInteger(count) && count > 0 && existsSync(partPath(step)) ? count : 0;
    },
    // Not flushed: a mark that is lost costs work, a mark that is early would cost the picture.
    markParts: (step, count) => {
      const draft = fileFor(`${partsName(step)}.draft`);
      writeFileSync(draft, String(count));
      renameSync(draft, fileFor(partsName(step)));
    },
    readNote,
    writeNote,
  };
}
