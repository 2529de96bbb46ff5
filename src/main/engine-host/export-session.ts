import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import { ZipFile } from 'yazl';
import { StudioError } from '../../shared/errors';
import type { ExportId } from '../../shared/ids';
import type { Calls } from '../engine-protocol';
import { storageError } from '../files/storage-error';
import { flushFolder, writeStaged } from '../files/write-file';
import { convertedPicture } from './convert-picture';

/** An export that is being written, picture by picture, so that it can be told of and stopped between two of them. */
interface ExportSession {
  add(name: string, bytes: Buffer): Promise<void>;
  finish(): Promise<void>;
  discard(): Promise<void>;
}

const sessions = new Map<ExportId, ExportSession>();

function zipSession(path: string): ExportSession {
  const zip = new ZipFile();
  const output = createWriteStream(path, { flags: 'wx', flush: true });
  const done = finished(zip.outputStream.pipe(output));
  // Asked for at the end; a full disk may be found out earlier.
  done.catch(() => undefined);
  return {
    add: async (name, bytes) => {
      if (output.errored !== null) throw output.errored;
      // Pictures are compressed already.
      zip.addBuffer(bytes, name, { compress: false });
      await setImmediate();
      // The disk sets the pace, so that pictures do not gather in memory.
      if (output.writableNeedDrain) await once(output, 'drain');
    },
    finish: async () => {
      zip.end();
      await done;
    },
    discard: async () => {
      output.destroy();
      await rm(path, { force: true });
    },
  };
}

async function folderSession(path: string): Promise<ExportSession> {
  await mkdir(path);
  return {
    add: (name, bytes) => writeStaged(join(path, name), bytes),
    finish: () => flushFolder(path),
    discard: () => rm(path, { recursive: true, force: true }),
  };
}

function sessionOf(id: ExportId): ExportSession {
  const session = sessions.get(id);
  if (session === undefined) throw new StudioError('internal', 'The export was interrupted; start it again.');
  return session;
}

/** @throws StudioError `storage-failed` naming the path. */
export async function openExport({ exportId, as, path }: Calls['openExport']['input']): Promise<void> {
  try {
    sessions.set(exportId, as === 'zip' ? zipSession(path) : await folderSession(path));
  } catch (caught) {
    throw storageError(caught, path, 'write');
  }
}

/** @throws StudioError `image-invalid` for a picture that cannot be converted, `storage-failed` when nothing can be written. */
export async function addToExport({ exportId, source, name, ...conversion }: Calls['addToExport']['input']): Promise<void> {
  const session = sessionOf(exportId);
  const bytes = await convertedPicture(source, conversion).catch((caught: unknown) => {
    throw caught instanceof StudioError ? caught : new StudioError('image-invalid', `The picture ${source} cannot be read; check that it is still there.`, { details: { path: source }, cause: caught });
  });
  await session.add(name, bytes).catch((caught: unknown) => {
    throw storageError(caught, name, 'write');
  });
}

export async function closeExport({ exportId, isKept }: Calls['closeExport']['input']): Promise<void> {
  const session = sessions.get(exportId);
  sessions.delete(exportId);
  if (session === undefined) return;
  if (!isKept) return session.discard();
  try {
    await session.finish();
  } catch (caught) {
    await session.discard();
    throw storageError(caught, 'the export', 'write');
  }
}
