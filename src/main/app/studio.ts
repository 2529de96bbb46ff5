import { isEnd } from '../../shared/job';
import { creditsHandlers } from './credits/credits-handlers';
import { createJobAccounts } from './credits/job-accounts';
import { assetHandlers, documentHandlers } from './documents/document-handlers';
import { galleryHandlers } from './gallery/gallery-handlers';
import { jobAgainHandlers } from './gallery/job-again-handlers';
import type { Handlers } from './handlers';
import { jobHandlers } from './jobs/job-handlers';
import { JobQueue, type RunRequest } from './jobs/job-queue';
import type { RestoredJob } from './jobs/restore-queue';
import { createRunRequest } from './jobs/run-request';
import { licenceHandlers } from './licences/licence-handlers';
import { createResizeStudio, type ResizeStudio } from './resize/resize-studio';
import type { StudioDependencies } from './studio-dependencies';

export interface Studio {
  readonly handlers: Handlers;
  readonly resizing: Pick<ResizeStudio, 'restore' | 'choices'>;
  /** Takes over jobs of an earlier life, before a page asks for them. */
  restore(jobs: readonly RestoredJob[]): Promise<void>;
  stop(): void;
}

/** The application without a window: one handler per contract channel. */
export function createStudio(deps: StudioDependencies): Studio {
  const { models, settings, engine, desktop, events } = deps;
  const accounts = createJobAccounts({ ...deps, peakMemoryOf: (imageId) => deps.gallery.committed(imageId)?.recipe?.peakMemoryBytes ?? 0 });
  const generate = createRunRequest(deps);
  const run: RunRequest = (job) => {
    const { request } = job;
    if (request.kind === 'resize') return resizing.jobs.run({ ...job, request });
    return request.kind === 'resizeFile' ? resizing.runner.run({ ...job, request }) : generate({ ...job, request });
  };
  const queue = new JobQueue(run, (event) => {
    events.emit('jobs.event', event);
    // The account first: a job that is no longer kept has nothing open.
    accounts.hear(event);
    resizing.hear(event);
    if (isEnd(event)) void deps.queueFile.remove(event.jobId).catch((caught: unknown) => console.error('[queue]', caught));
  });
  const resizing = createResizeStudio(deps, { queue, accounts });
  const jobs = jobHandlers(queue, { accounts, resizing: resizing.jobs }, deps);
  const handlers: Handlers = {
    'app.info': async () => deps.info,
    ...jobs,
    ...galleryHandlers(deps),
    ...jobAgainHandlers(deps, jobs['jobs.submit']),
    ...assetHandlers(deps),
    ...documentHandlers(deps),
    ...creditsHandlers(deps),
    ...licenceHandlers(deps),
    ...resizing.handlers,
    'models.list': async () => models.refresh(),
    'models.openFolder': async () => {
      await desktop.openFolder(deps.folders.models);
      return null;
    },
    'engine.status': async () => engine.getStatus(),
    'settings.get': async () => settings.get(),
    'settings.set': async (patch) => settings.set(patch),
  };
  return {
    handlers,
    restore: async (jobs) => {
      for (const { jobId, made } of jobs) accounts.reopen(jobId, made);
      queue.restore(await Promise.all(jobs.map(async (job) => ({ ...job, imageIds: await deps.library.picturesOfJob({ jobId: job.jobId }) }))));
    },
    resizing,
    stop: () => {
      resizing.runner.stop();
      queue.stop();
    },
  };
}
