import { mkdir, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { appendLine, parseLines } from '../../files/append-line';

const Done = z.object({ key: z.string(), path: z.string(), bytes: z.int() });

/** Which content has been written with which settings, whatever the files are called. Losing it costs work only. */
export interface DoneIndex {
  /** The result of that key, if it still is where it was written and as long as it was. */
  find(key: string): Promise<string | null>;
  add(key: string, path: string): Promise<void>;
}

export function createDoneIndex(file: string): DoneIndex {
  let known: Promise<Map<string, z.infer<typeof Done>>> | null = null;
  const read = (): Promise<Map<string, z.infer<typeof Done>>> =>
    (known ??= readFile(file, 'utf8').then(
      (text) => new Map(parseLines(text).flatMap((line) => (Done.safeParse(line).success ? [Done.parse(line)] : [])).map((entry) => [entry.key, entry])),
      () => new Map<string, z.infer<typeof Done>>(),
    ));
  return {
    find: async (key) => {
      const entry = (await read()).get(key);
      if (entry === undefined) return null;
      const info = await stat(entry.path).catch(() => null);
      return info?.size === entry.bytes ? entry.path : null;
    },
    add: async (key, path) => {
      const entry = { key, path, bytes: (await stat(path)).size };
      (await read()).set(key, entry);
      await mkdir(dirname(file), { recursive: true });
      await appendLine(file, entry);
    },
  };
}
