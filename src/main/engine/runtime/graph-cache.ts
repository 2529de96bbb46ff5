import { createHash, randomUUID } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { basename, join } from 'node:path';
import type { LoadOptions } from './runtime';

/**
 * Optimised graphs on disk: onnxruntime's work on a graph costs more than reading what came of it
 * (docs/adr/0010-optimised-graphs.md). An entry is the optimised graph and, written last, its hash: half an entry, or a
 * damaged one, is none.
 */
export interface GraphCache {
  /** Path of the optimised graph, or null where there is none that can be trusted. */
  find(entry: string): Promise<string | null>;
  /**
   * Lets `write` make a file and takes it over as the entry, in place of older ones of the same graph. A folder that
   * cannot be written only costs the time that the cache would save.
   */
  keep(entry: string, write: (path: string) => Promise<void>): Promise<void>;
}

/** What an optimised graph depends on beside the file. */
export interface GraphUse {
  readonly provider: string;
  readonly optimisation: LoadOptions['optimisation'];
  readonly runtimeVersion: string;
}

/** Some five models' parts; each is at most 128 MB, most are a tenth of that. */
const MOST_ENTRIES = 24;
const HASH_ENDING = '.sha256';

const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** Level `all` lays weights out for the instruction sets of one processor. */
function processorFeatures(): string {
  const model = cpus()[0]?.model ?? '';
  if (process.platform !== 'linux') return `${process.arch} ${model}`;
  try {
    return `${process.arch} ${model} ${/^(?:flags|Features)\s*:.*$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[0] ?? ''}`;
  } catch {
    return `${process.arch} ${model}`;
  }
}

/** Name of the entry of a graph: the same path begins alike, so that an older entry can be found. */
export function graphEntry(path: string, use: GraphUse): string {
  const { size, mtimeMs } = statSync(path);
  const key = sha256(JSON.stringify([path, size, mtimeMs, use.provider, use.optimisation, use.runtimeVersion, process.platform, processorFeatures()]));
  return `${sha256(path).slice(0, 16)}-${key.slice(0, 32)}.onnx`;
}

/** Removes what a changed graph left behind, and the entries that were made longest ago. */
async function removeOlder(folder: string, entry: string): Promise<void> {
  const [graph = ''] = entry.split('-');
  const entries = (await readdir(folder)).filter((name) => name.endsWith('.onnx') && !name.startsWith('.') && name !== entry);
  const age = (name: string): number => statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const aged = entries.filter((name) => !name.startsWith(`${graph}-`)).sort((a, b) => age(b) - age(a));
  const kept = new Set(aged.slice(0, MOST_ENTRIES - 1));
  for (const name of entries.filter((other) => !kept.has(other))) {
    await rm(join(folder, name), { force: true });
    await rm(join(folder, name + HASH_ENDING), { force: true });
  }
}

/** @param folder made when the first entry is kept */
export function graphCache(folder: string): GraphCache {
  return {
    async find(entry) {
      const path = join(folder, entry);
      try {
        const [content, hash] = await Promise.all([readFile(path), readFile(path + HASH_ENDING, 'utf8')]);
        return sha256(content) === hash ? path : null;
      } catch {
        return null;
      }
    },
    async keep(entry, write) {
      const path = join(folder, entry);
      const draft = join(folder, `.${randomUUID()}-${basename(entry)}`);
      try {
        await mkdir(folder, { recursive: true });
        await write(draft);
        const hash = sha256(await readFile(draft));
        await rm(path + HASH_ENDING, { force: true });
        await rename(draft, path);
        await writeFile(draft, hash, { flush: true });
        await rename(draft, path + HASH_ENDING);
        await removeOlder(folder, entry);
      } catch {
        await rm(draft, { force: true }).catch(() => undefined);
      }
    },
  };
}
