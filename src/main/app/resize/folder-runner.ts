import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { StudioError } from '../../../shared/errors';
import { ImageId, JobId } from '../../../shared/ids';
import { isEnd, type JobEvent } from '../../../shared/job';
import { ResizeFolderId, type FolderFileRequest, type FolderOutput } from '../../../shared/resize/requests';
import type { ResizeSettings } from '../../../shared/resize/settings';
import type { RunRequest } from '../jobs/job-queue';
import type { StudioDependencies } from '../studio-dependencies';
import type { Choice } from './chosen-files';
import { resizeFile, type FolderTools } from './folder-file';
import { FolderLog } from './folder-log';
import { countsOf, fileView, folderView, type ActiveFile } from './folder-view';
import { imageIdFor } from './resize-command';
import { licencesOfResize } from './resize-licences';
import { resolveSettings } from './resolve-settings';

/** What a runner asks of the queue that all jobs go through. */
export interface FolderQueue {
  /** Opens the file's account and puts its job into the queue. @throws StudioError `insufficient-credits` */
  submit(jobId: JobId, request: FolderFileRequest, path: string): Promise<void>;
  cancel(jobId: JobId): void;
}

/** Troubles that the next file would meet too: the run waits for a person instead of failing a thousand times. */
function isTroubleOfAll({ code, details }: StudioError): boolean {
  return code === 'insufficient-credits' || code === 'licence-not-accepted' || code === 'licence-not-allowed' || code === 'model-missing' || (code === 'storage-failed' && details?.['reason'] === 'ENOSPC');
}

/**
 * Runs over many files, one file at a time through the common queue, so that single pictures are not held up. A class
 * because it owns the runs, the file at work and the order of both.
 */
export class FolderRunner {
  private logs: readonly FolderLog[] = [];
  private active: ActiveFile | null = null;
  private startedAt = 0;
  private isStopped = false;
  /** The file at work is to wait again rather than count as skipped. */
  private isPausing = false;
  private readonly paces = new Map<FolderLog, { ms: number; files: number }>();

  constructor(
    private readonly deps: StudioDependencies,
    private readonly tools: FolderTools,
    private readonly queue: FolderQueue,
  ) {}

  /** Takes up the runs of earlier lives; those that were not paused go on. */
  async restore(): Promise<void> {
    const names = await readdir(this.deps.folders.resizeRuns).catch(() => []);
    const found = await Promise.all(names.map((name) => FolderLog.open(join(this.deps.folders.resizeRuns, name))));
    this.logs = found.filter((log) => log !== null).sort((a, b) => a.header.createdAt - b.header.createdAt);
    this.pump();
  }

  list() {
    return this.logs.map((log) => this.view(log));
  }

  files(folderId: ResizeFolderId, { state, offset, limit }: { readonly state: string | null; readonly offset: number; readonly limit: number }) {
    const log = this.find(folderId);
    const views = log.files.map((_, index) => fileView(log, index, this.active)).filter((file) => state === null || file.state === state);
    return { total: views.length, files: views.slice(offset, offset + limit) };
  }

  async create(choice: Choice, settings: ResizeSettings, output: FolderOutput) {
    const id = ResizeFolderId.parse(randomUUID());
    const { name, outputFolder, paths } = choice;
    const log = await FolderLog.create(join(this.deps.folders.resizeRuns, id), { version: 1, id, name, createdAt: Date.now(), settings, output, outputFolder, files: [...paths] });
    this.logs = [...this.logs, log];
    this.tellChanged(log);
    this.pump();
    return this.view(log);
  }

  async pause(folderId: ResizeFolderId): Promise<void> {
    const log = this.find(folderId);
    await log.tell({ type: 'run', state: 'paused' });
    this.interrupt(log);
    this.tellChanged(log);
  }

  async resume(folderId: ResizeFolderId): Promise<void> {
    const log = this.find(folderId);
    await log.tell({ type: 'run', state: 'running' });
    this.tellChanged(log);
    this.pump();
  }

  async skip(folderId: ResizeFolderId, index: number): Promise<void> {
    const log = this.find(folderId);
    if (this.active?.log === log && this.active.index === index) {
      this.queue.cancel(this.active.jobId);
      return;
    }
    if (log.files[index]?.state !== 'waiting') return;
    await this.settle(log, index, { state: 'skipped' });
    this.tellChanged(log);
  }

  /** One file, or all that failed. */
  async retry(folderId: ResizeFolderId, index: number | null): Promise<void> {
    const log = this.find(folderId);
    const isWanted = (at: number): boolean => {
      const state = log.files[at]?.state;
      return index === null ? state === 'failed' : index === at && (state === 'failed' || state === 'skipped' || state === 'exists');
    };
    for (let at = 0; at < log.files.length; at += 1) if (isWanted(at)) await this.settle(log, at, { state: 'waiting' });
    await log.tell({ type: 'run', state: 'running' });
    this.tellChanged(log);
    this.pump();
  }

  async remove(folderId: ResizeFolderId): Promise<void> {
    const log = this.find(folderId);
    this.logs = this.logs.filter((other) => other !== log);
    this.interrupt(log);
    await log.remove();
    this.deps.events.emit('resizeFolder.event', { type: 'removed', folderId });
  }

  outputOf(folderId: ResizeFolderId): string {
    return this.find(folderId).header.outputFolder;
  }

  /** The job of one file: its result is written and its state remembered before the job counts as ended. */
  readonly run: RunRequest<FolderFileRequest> = async ({ jobId, request, signal, onProgress, onImage }) => {
    const log = this.find(request.folderId);
    const { index } = request;
    try {
      const resolved = await resolveSettings(log.header.settings, this.deps);
      const licences = await licencesOfResize(resolved, [], this.deps);
      const { state, outputName, warnings } = await resizeFile({ log, index, jobId, resolved, licences, signal, onProgress }, this.tools);
      await this.settle(log, index, { state, outputName, warnings });
      // What was there already is not paid again.
      if (state === 'done') onImage(imageIdFor(`${jobId}`, (text) => ImageId.parse(text)));
      return { warnings };
    } catch (caught) {
      await this.fail(log, index, StudioError.fromCaught(caught));
      throw caught;
    }
  };

  /** Follows the queue: the end of a file's job is the start of the next. */
  hear(event: JobEvent): void {
    const { active } = this;
    if (active === null || event.jobId !== active.jobId) return;
    if (event.type === 'started') this.startedAt = Date.now();
    if (!isEnd(event)) return;
    if (event.type === 'succeeded' && this.startedAt > 0) {
      const pace = this.paces.get(active.log) ?? { ms: 0, files: 0 };
      this.paces.set(active.log, { ms: pace.ms + Date.now() - this.startedAt, files: pace.files + 1 });
    }
    this.active = null;
    this.startedAt = 0;
    this.isPausing = false;
    this.tellFile(active.log, active.index);
    this.tellChanged(active.log);
    this.pump();
  }

  stop(): void {
    this.isStopped = true;
  }

  private find(id: ResizeFolderId): FolderLog {
    const log = this.logs.find(({ header }) => header.id === id);
    if (log === undefined) throw new StudioError('invalid-request', 'This run is no longer there; start it again.');
    return log;
  }

  private interrupt(log: FolderLog): void {
    if (this.active?.log !== log) return;
    this.isPausing = true;
    this.queue.cancel(this.active.jobId);
  }

  private pump(): void {
    if (this.active !== null || this.isStopped) return;
    const log = this.logs.find((candidate) => !candidate.isPaused && candidate.files.some(({ state }) => state === 'waiting'));
    if (log === undefined) return;
    const index = log.files.findIndex(({ state }) => state === 'waiting');
    const path = log.files[index]?.path ?? '';
    const active = { log, index, jobId: JobId.parse(randomUUID()) };
    this.active = active;
    const request: FolderFileRequest = { kind: 'resizeFile', folderId: log.header.id, index, settings: log.header.settings, prompt: basename(path), count: 1 };
    this.tellFile(log, index);
    this.queue.submit(active.jobId, request, path).catch(async (caught: unknown) => {
      this.active = null;
      await this.fail(log, index, StudioError.fromCaught(caught));
      this.tellFile(log, index);
      this.tellChanged(log);
      this.pump();
    });
  }

  private async fail(log: FolderLog, index: number, error: StudioError): Promise<void> {
    const isInterrupted = error.code === 'cancelled' && (this.isPausing || this.isStopped);
    if (isInterrupted || !this.logs.includes(log)) return;
    if (error.code === 'cancelled') return this.settle(log, index, { state: 'skipped' });
    if (!isTroubleOfAll(error)) return this.settle(log, index, { state: 'failed', error });
    await log.tell({ type: 'run', state: 'paused' });
    await this.settle(log, index, { state: 'waiting', error });
  }

  private settle(log: FolderLog, index: number, change: { readonly state: Exclude<ReturnType<typeof fileView>['state'], 'running'>; readonly outputName?: string; readonly warnings?: readonly string[]; readonly error?: StudioError }): Promise<void> {
    const outputName = change.outputName ?? log.files[index]?.outputName ?? null;
    const error = change.error === undefined ? null : change.error.toData();
    return log.tell({
      type: 'file',
      index,
      state: change.state,
      outputName,
      warnings: [...(change.warnings ?? [])],
      error: error === null ? null : { ...error, details: { ...error.details } },
    });
  }

  private view(log: FolderLog) {
    const pace = this.paces.get(log);
    return folderView(log, this.active, pace === undefined ? null : pace.ms / pace.files);
  }

  private tellChanged(log: FolderLog): void {
    if (this.logs.includes(log)) this.deps.events.emit('resizeFolder.event', { type: 'changed', folder: this.view(log) });
  }

  private tellFile(log: FolderLog, index: number): void {
    if (!this.logs.includes(log)) return;
    this.deps.events.emit('resizeFolder.event', { type: 'file', folderId: log.header.id, file: fileView(log, index, this.active), counts: countsOf(log, this.active) });
  }
}
