import { basename } from 'node:path';
import type { JobId } from '../../../shared/ids';
import type { FolderFile, FolderFileState, ResizeFolder } from '../../../shared/resize/folder';
import type { FolderLog } from './folder-log';

/** The file that is being worked on. */
export interface ActiveFile {
  readonly log: FolderLog;
  readonly index: number;
  readonly jobId: JobId;
}

const NONE: Readonly<Record<FolderFileState, number>> = { waiting: 0, running: 0, done: 0, known: 0, exists: 0, skipped: 0, failed: 0 };

const stateOf = (log: FolderLog, index: number, active: ActiveFile | null): FolderFileState => (active?.log === log && active.index === index ? 'running' : (log.files[index]?.state ?? 'waiting'));

export function countsOf(log: FolderLog, active: ActiveFile | null): ResizeFolder['counts'] {
  const counts = { ...NONE };
  for (let index = 0; index < log.files.length; index += 1) counts[stateOf(log, index, active)] += 1;
  return counts;
}

export function fileView(log: FolderLog, index: number, active: ActiveFile | null): FolderFile {
  const file = log.files[index];
  const state = stateOf(log, index, active);
  const isWritten = state === 'done' || state === 'known' || state === 'exists';
  return {
    index,
    name: basename(file?.path ?? ''),
    state,
    outputName: isWritten ? (file?.outputName ?? null) : null,
    error: file?.error ?? null,
    warnings: file?.warnings ?? [],
    jobId: state === 'running' ? (active?.jobId ?? null) : null,
  };
}

/** @param paceMs mean time of a file in this life; null until one is done */
export function folderView(log: FolderLog, active: ActiveFile | null, paceMs: number | null): ResizeFolder {
  const { id, name, createdAt, settings, output, outputFolder } = log.header;
  const counts = countsOf(log, active);
  const left = counts.waiting + counts.running;
  return {
    id,
    name,
    createdAt,
    state: left === 0 ? 'finished' : log.isPaused ? 'paused' : 'running',
    settings,
    output,
    outputFolder,
    counts,
    total: log.files.length,
    secondsLeft: paceMs === null || left === 0 || log.isPaused ? null : Math.round((paceMs * left) / 1000),
  };
}
