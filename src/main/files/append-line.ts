import { open } from 'node:fs/promises';
import { storageError } from './storage-error';

/** Adds one line to a log; it is on the disk when this returns. @throws StudioError `storage-failed` */
export async function appendLine(path: string, value: unknown): Promise<void> {
  try {
    const file = await open(path, 'a');
    try {
      await file.appendFile(`${JSON.stringify(value)}\n`);
      await file.datasync();
    } finally {
      await file.close();
    }
  } catch (caught) {
    throw storageError(caught, path, 'write');
  }
}

/** The lines of a log, unchecked; one that a crash has cut short is left out. */
export function parseLines(text: string): readonly unknown[] {
  return text.split('\n').flatMap((line) => {
    try {
      return line === '' ? [] : [JSON.parse(line) as unknown];
    } catch {
      return [];
    }
  });
}
