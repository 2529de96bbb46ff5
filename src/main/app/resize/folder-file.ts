import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { StudioError } from '../../../shared/errors';
import { ImageId, type JobId } from '../../../shared/ids';
import type { PartLicence } from '../../../shared/licences/inheritance';
import type { ResizePlan } from '../../../shared/resize/plan-resize';
import { FORMAT_EXTENSIONS, type OutputFormat } from '../../../shared/resize/settings';
import type { InspectedPicture, JobProgress, ResizeCommand, StagedResize } from '../../engine-protocol';
import { hashFile } from '../../files/hash-file';
import { storageError } from '../../files/storage-error';
import { moveIntoPlace } from '../../files/write-file';
import type { DoneIndex } from './done-index';
import type { FolderLog } from './folder-log';
import { freeName, wantedName } from './folder-names';
import { imageIdFor, resizeCommand, settingsKey } from './resize-command';
import { requireRoom } from './resize-work';
import { planFor, requirePossible, type ResolvedSettings } from './resolve-settings';

/** What one file needs of whoever works on it: the studio's processes, or the command line's own engine. */
export interface FolderTools {
  readonly done: DoneIndex;
  readonly workFolder: string;
  readonly appVersion: string;
  inspect(path: string): Promise<InspectedPicture>;
  resize(command: ResizeCommand, options: { readonly signal: AbortSignal; onProgress(progress: JobProgress): void }): Promise<StagedResize>;
}

export interface FileRun {
  readonly log: FolderLog;
  readonly index: number;
  readonly jobId: JobId;
  readonly resolved: ResolvedSettings;
  readonly licences: readonly PartLicence[];
  readonly signal: AbortSignal;
  onProgress(progress: JobProgress): void;
}

export interface FileOutcome {
  readonly state: 'done' | 'known' | 'exists';
  readonly outputName: string;
  readonly warnings: readonly string[];
}

interface Prepared {
  readonly source: InspectedPicture & { readonly path: string };
  readonly plan: ResizePlan;
  readonly format: OutputFormat;
}

/** Whether a crash came between moving the result into place and saying so. */
async function isInPlace({ log, index }: FileRun): Promise<boolean> {
  const { outputName, readySha256 } = log.files[index] ?? {};
  if (outputName === undefined || outputName === null || readySha256 === undefined || readySha256 === null) return false;
  return (await hashFile(join(log.header.outputFolder, outputName))) === readySha256;
}

/** Whether going on later would meet the same end, so that nothing half done need be kept. */
const isHopeless = (caught: unknown): boolean => caught instanceof StudioError && !['cancelled', 'engine-crashed', 'storage-failed', 'out-of-memory'].includes(caught.code);

async function moveResult(staged: string, target: string, isReplacing: boolean): Promise<string> {
  if (!isReplacing) return moveIntoPlace(staged, target);
  await rename(staged, target).catch((caught: unknown) => {
    throw storageError(caught, target, 'write');
  });
  return target;
}

async function prepare({ log, index, resolved }: FileRun, { inspect }: FolderTools): Promise<Prepared> {
  const path = log.files[index]?.path;
  if (path === undefined) throw new StudioError('internal', `Expected a file at place ${index} of the run but there is none.`);
  const source = { ...(await inspect(path)), path };
  const { format } = log.header.output;
  const plan = planFor(resolved, source, format === 'same' ? source.format : format);
  requirePossible(plan);
  return { source, plan, format: format === 'same' ? source.format : format };
}

/** Resizes a file under its name; the name is claimed before and the result announced before it is moved. */
async function write(run: FileRun, tools: FolderTools, { prepared, name, key }: { readonly prepared: Prepared; readonly name: string; readonly key: string }): Promise<FileOutcome> {
  const { log, index, jobId, resolved, signal } = run;
  const { source, plan, format } = prepared;
  const { outputFolder, output } = log.header;
  await log.tell({ type: 'named', index, outputName: name });
  await Promise.all([requireRoom(tools.workFolder, plan), mkdir(outputFolder, { recursive: true })]);
  // The same name each time, so that a killed run leaves nothing that the next does not clear.
  const staged = join(outputFolder, `.${name}.${key.slice(0, 8)}.tmp`);
  await rm(staged, { force: true });
  // Copies keep whole seconds at best.
  const createdAt = new Date(Math.floor((await stat(source.path)).mtimeMs / 1000) * 1000).toISOString();
  // The same picture, wherever its file is put.
  const imageKey = `${source.sha256}-${settingsKey(resolved, { format, quality: output.quality })}`;
  const command = resizeCommand({
    jobId,
    resolved,
    plan,
    source,
    workFolder: tools.workFolder,
    target: { path: staged, format, quality: output.quality },
    says: { appVersion: tools.appVersion, imageId: imageIdFor(imageKey, (text) => ImageId.parse(text)), createdAt, isTimed: false, parentImageIds: [], licences: run.licences, inGallery: false },
  });
  try {
    const { warnings } = await tools.resize(command, { signal, onProgress: (progress) => run.onProgress(progress) });
    const sha256 = await hashFile(staged);
    if (sha256 === null) throw new StudioError('storage-failed', `The result of ${basename(source.path)} cannot be read back: check the disk.`);
    await log.tell({ type: 'ready', index, sha256 });
    const path = await moveResult(staged, join(outputFolder, name), output.ifExists === 'overwrite');
    await tools.done.add(key, path);
    await rm(command.task.workFolder, { recursive: true, force: true });
    return { state: 'done', outputName: basename(path), warnings };
  } catch (caught) {
    if (isHopeless(caught)) await rm(command.task.workFolder, { recursive: true, force: true });
    throw caught;
  } finally {
    await rm(staged, { force: true });
  }
}

/**
 * One file of a run, from wherever an earlier life has left it.
 * @throws StudioError in one sentence about this file; `cancelled` when the run was paused
 */
export async function resizeFile(run: FileRun, tools: FolderTools): Promise<FileOutcome> {
  const { log, index } = run;
  const { outputFolder, output } = log.header;
  const prepared = await prepare(run, tools);
  const { sha256 } = prepared.source;
  const key = `${sha256}-${settingsKey(run.resolved, { outputFolder, format: prepared.format, quality: output.quality })}`;
  const own = log.files[index]?.outputName ?? null;
  if (own !== null && (await isInPlace(run))) {
    await tools.done.add(key, join(outputFolder, own));
    return { state: 'done', outputName: own, warnings: [] };
  }
  const earlier = await tools.done.find(key);
  if (earlier !== null) return { state: 'known', outputName: basename(earlier), warnings: [] };
  const { source, plan, format } = prepared;
  const stem = wantedName(output.namePattern, { path: source.path, index, total: log.files.length, source, plan, resolved: run.resolved, createdAt: log.header.createdAt });
  const wanted = `${stem}.${FORMAT_EXTENSIONS[format][0]}`;
  const name = own ?? freeName(wanted, { taken: log.takenNames(index), outputFolder, ifExists: output.ifExists });
  if (name === null) return { state: 'exists', outputName: wanted, warnings: [] };
  return write(run, tools, { prepared, name, key });
}
