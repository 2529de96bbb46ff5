import { createHash, randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { StudioError } from '../../shared/errors';
import { JobId } from '../../shared/ids';
import { ResizeFolderId, type FolderOutput } from '../../shared/resize/requests';
import type { ResizeSettings } from '../../shared/resize/settings';
import { createDoneIndex } from '../app/resize/done-index';
import { resizeFile, type FolderTools } from '../app/resize/folder-file';
import { FolderLog } from '../app/resize/folder-log';
import type { ResolvedSettings } from '../app/resize/resolve-settings';
import { inspectPicture } from '../engine-host/inspect-picture';
import { stageResize } from '../engine-host/stage-resize';
import type { Workbench } from './open-engine';
import type { ProgressLine } from './progress-line';

/** What came of one file. */
export interface ResizeResultLine {
  readonly file: string;
  readonly state: 'done' | 'known' | 'exists' | 'failed';
  /** Absolute path of the result. */
  readonly output: string | null;
  readonly error: string | null;
  readonly warnings: readonly string[];
}

export interface ResizeJob {
  readonly files: readonly string[];
  readonly settings: ResizeSettings;
  readonly resolved: ResolvedSettings;
  readonly folder: string;
  readonly output: FolderOutput;
}

export interface ResizeTools {
  readonly bench: Workbench;
  readonly line: ProgressLine;
  readonly signal: AbortSignal;
  /** Called as each file ends. */
  onResult(result: ResizeResultLine): void;
}

/** The same command line is the same run, so that it goes on where a killed one stopped. */
function idOf({ files, settings, folder, output }: ResizeJob): ResizeFolderId {
  const hex = createHash('sha256').update(JSON.stringify([files, settings, folder, output])).digest('hex');
  return ResizeFolderId.parse([hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-'));
}

async function openLog(job: ResizeJob, runsFolder: string): Promise<FolderLog> {
  const id = idOf(job);
  const place = join(runsFolder, id);
  const known = await FolderLog.open(place);
  if (known !== null) return known;
  const { files, settings, folder, output } = job;
  return FolderLog.create(place, { version: 1, id, name: basename(files[0] ?? ''), createdAt: Date.now(), settings, output, outputFolder: folder, files: [...files] });
}

/** One file after the other; one that fails does not stop the rest. @throws StudioError `cancelled` */
export async function runResize(job: ResizeJob, { bench, line, signal, onResult }: ResizeTools): Promise<readonly ResizeResultLine[]> {
  const { engine, folders, version } = bench;
  const log = await openLog(job, join(folders.root, 'cache', 'resize-runs'));
  await mkdir(folders.resizeRuns, { recursive: true });
  const tools: FolderTools = {
    done: createDoneIndex(join(folders.resizeRuns, 'done.jsonl')),
    workFolder: folders.resizeWork,
    appVersion: version,
    inspect: inspectPicture,
    resize: (command, options) => stageResize(command, engine, options),
  };
  const results: ResizeResultLine[] = [];
  const total = job.files.length;
  for (const [index, file] of job.files.entries()) {
    const onProgress: Parameters<FolderTools['resize']>[1]['onProgress'] = (progress) => line.show({ ...progress, imageIndex: index, imageCount: total });
    const result = await resizeFile({ log, index, jobId: JobId.parse(randomUUID()), resolved: job.resolved, licences: [], signal, onProgress }, tools).then(
      ({ state, outputName, warnings }): ResizeResultLine => ({ file, state, output: join(job.folder, outputName), error: null, warnings }),
      (caught: unknown): ResizeResultLine => {
        const error = StudioError.fromCaught(caught);
        if (signal.aborted || error.code === 'cancelled') throw error;
        return { file, state: 'failed', output: null, error: error.message, warnings: [] };
      },
    );
    line.clear();
    onResult(result);
    results.push(result);
  }
  // Nothing is left to go on with: what was done is known by its content.
  await log.remove();
  return results;
}
