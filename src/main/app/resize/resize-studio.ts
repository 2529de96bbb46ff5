import { join } from 'node:path';
import type { JobId } from '../../../shared/ids';
import type { JobEvent, JobRequest } from '../../../shared/job';
import type { JobAccounts } from '../credits/job-accounts';
import type { Handlers } from '../handlers';
import { licensedModel } from '../licences/job-licences';
import type { StudioDependencies } from '../studio-dependencies';
import { createChosenFiles, type ChosenFilesStore } from './chosen-files';
import { createDoneIndex } from './done-index';
import type { FolderTools } from './folder-file';
import { folderHandlers } from './folder-handlers';
import { FolderRunner, type FolderQueue } from './folder-runner';
import { clearPreviews, resizeHandlers, upscalerHandlers } from './resize-handlers';
import { createResizeJobs, runAndLearn, type ResizeJobs } from './resize-jobs';
import { clearOldWork } from './resize-work';
import { planFor, priceOfPlan, resolveSettings } from './resolve-settings';

type ResizeChannel = Extract<keyof Handlers, `upscalers.${string}` | `resize.${string}` | `resizeFolder.${string}`>;

/** Everything about resizing, put together. */
export interface ResizeStudio {
  readonly handlers: Pick<Handlers, ResizeChannel>;
  readonly jobs: ResizeJobs;
  readonly runner: FolderRunner;
  readonly choices: ChosenFilesStore;
  /** Takes up the runs of earlier lives and clears what nobody needs any more. */
  restore(): Promise<void>;
  hear(event: JobEvent): void;
}

export interface ResizeQueue {
  submit(jobId: JobId, request: JobRequest): void;
  cancel(jobId: JobId): void;
}

/** A file of a folder is paid like a picture of the gallery; a file that cannot be read is refused by its own job. */
function folderQueue(queue: ResizeQueue, accounts: JobAccounts, deps: StudioDependencies): FolderQueue {
  const { files, engine, licences, settings } = deps;
  return {
    submit: async (jobId, request, path) => {
      const resolved = await resolveSettings(request.settings, deps);
      if (resolved.drawing !== null) await licences.admit(licensedModel(resolved.drawing.summary, resolved.drawing.path), settings.get().userProfile);
      const facts = await files.measurePicture(path).catch(() => null);
      const priced = facts === null ? null : priceOfPlan(planFor(resolved, facts, facts.format), resolved, facts);
      if (priced !== null) accounts.openOrder({ jobId, ...priced, count: 1 });
      engine.allowRestart();
      queue.submit(jobId, request);
    },
    cancel: (jobId) => queue.cancel(jobId),
  };
}

export function createResizeStudio(deps: StudioDependencies, { queue, accounts }: { readonly queue: ResizeQueue; readonly accounts: JobAccounts }): ResizeStudio {
  const { folders, files, info } = deps;
  const jobs = createResizeJobs(deps);
  const choices = createChosenFiles();
  const tools: FolderTools = {
    done: createDoneIndex(join(folders.resizeRuns, 'done.jsonl')),
    workFolder: folders.resizeWork,
    appVersion: info.version,
    inspect: (path) => files.inspectPicture(path),
    resize: (command, options) => runAndLearn(deps, command, options),
  };
  const runner = new FolderRunner(deps, tools, folderQueue(queue, accounts, deps));
  return {
    jobs,
    runner,
    choices,
    handlers: { ...upscalerHandlers(deps), ...resizeHandlers(jobs, deps), ...folderHandlers(runner, choices, deps) },
    restore: async () => {
      await clearPreviews(deps);
      await clearOldWork(folders.resizeWork, Date.now());
      await runner.restore();
    },
    hear: (event) => runner.hear(event),
  };
}
