import { mkdir, readFile, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { STUDIO_ERROR_CODES, type StudioErrorData } from '../../../shared/errors';
import type { FolderFileState } from '../../../shared/resize/folder';
import { FolderOutput, ResizeFolderId } from '../../../shared/resize/requests';
import { ResizeSettings } from '../../../shared/resize/settings';
import { appendLine, parseLines } from '../../files/append-line';
import { writeAtomically } from '../../files/write-file';

/** What a run is to do: written once. */
const Header = z.object({
  version: z.literal(1),
  id: ResizeFolderId,
  name: z.string(),
  createdAt: z.number(),
  settings: ResizeSettings,
  output: FolderOutput,
  outputFolder: z.string(),
  files: z.array(z.string()),
});
export type FolderHeader = z.infer<typeof Header>;

const error = z.object({ code: z.enum(STUDIO_ERROR_CODES), message: z.string(), details: z.record(z.string(), z.union([z.string(), z.number()])).optional() });

/** What has happened since: one line each, so that a crash loses at most the last. */
const Entry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('run'), state: z.enum(['running', 'paused']) }),
  z.object({ type: z.literal('file'), index: z.int(), state: z.enum(['waiting', 'done', 'known', 'exists', 'skipped', 'failed']), outputName: z.string().nullable(), error: error.nullable(), warnings: z.array(z.string()) }),
  /** The name is this file's, before anything is written under it. */
  z.object({ type: z.literal('named'), index: z.int(), outputName: z.string() }),
  /** The result is whole and about to be moved to its name. */
  z.object({ type: z.literal('ready'), index: z.int(), sha256: z.string() }),
]);
export type FolderEntry = z.infer<typeof Entry>;

export interface RunFile {
  readonly path: string;
  readonly state: Exclude<FolderFileState, 'running'>;
  readonly outputName: string | null;
  readonly error: StudioErrorData | null;
  readonly warnings: readonly string[];
  /** Hash of the result that was about to be moved into place. */
  readonly readySha256: string | null;
}

const isObject = <T>(value: T | null): value is T => value !== null;

/** A run over many files as it lies on disk. A class because it owns its state and the order of its writes. */
export class FolderLog {
  readonly files: RunFile[];
  isPaused = false;
  private writes: Promise<void> = Promise.resolve();

  private constructor(
    readonly folder: string,
    readonly header: FolderHeader,
  ) {
    this.files = header.files.map((path) => ({ path, state: 'waiting', outputName: null, error: null, warnings: [], readySha256: null }));
  }

  /** @throws StudioError `storage-failed` */
  static async create(folder: string, header: FolderHeader): Promise<FolderLog> {
    await mkdir(folder, { recursive: true });
    await writeAtomically(join(folder, 'run.json'), JSON.stringify(header));
    return new FolderLog(folder, header);
  }

  /** Null for a folder that holds no run, or one of a later version. */
  static async open(folder: string): Promise<FolderLog | null> {
    const text = await readFile(join(folder, 'run.json'), 'utf8').catch(() => null);
    const header = text === null ? null : (Header.safeParse(parseLines(text)[0]).data ?? null);
    if (header === null) return null;
    const log = new FolderLog(folder, header);
    const lines = parseLines(await readFile(join(folder, 'log.jsonl'), 'utf8').catch(() => ''));
    for (const entry of lines.map((line) => Entry.safeParse(line).data ?? null).filter(isObject)) log.apply(entry);
    return log;
  }

  /** Remembers what has happened; it is on the disk when this returns. @throws StudioError `storage-failed` */
  async tell(entry: FolderEntry): Promise<void> {
    this.apply(entry);
    const next = this.writes.catch(() => undefined).then(() => appendLine(join(this.folder, 'log.jsonl'), entry));
    this.writes = next;
    await next;
  }

  async remove(): Promise<void> {
    await this.writes.catch(() => undefined);
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Names of results, and of sources that lie among them: none of them may be given twice. */
  takenNames(except: number): readonly string[] {
    const beside = this.files.filter(({ path }) => dirname(path) === this.header.outputFolder).map(({ path }) => basename(path));
    return [...beside, ...this.files.flatMap(({ outputName }, index) => (outputName === null || index === except ? [] : [outputName]))];
  }

  private apply(entry: FolderEntry): void {
    if (entry.type === 'run') {
      this.isPaused = entry.state === 'paused';
      return;
    }
    const before = this.files[entry.index];
    if (before === undefined) return;
    if (entry.type === 'named') this.files[entry.index] = { ...before, outputName: entry.outputName };
    else if (entry.type === 'ready') this.files[entry.index] = { ...before, readySha256: entry.sha256 };
    else {
      const { state, outputName, warnings } = entry;
      const told = entry.error;
      const error: StudioErrorData | null = told === null ? null : { code: told.code, message: told.message, ...(told.details === undefined ? {} : { details: told.details }) };
      this.files[entry.index] = { ...before, state, outputName, warnings, error };
    }
  }
}
