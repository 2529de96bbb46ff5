import { StudioError } from '../../shared/errors';
import { creditsHandlers } from './credits/credits-handlers';
import { createJobAccounts, type JobAccounts } from './credits/job-accounts';
import { assetHandlers, documentHandlers } from './documents/document-handlers';
import { galleryHandlers } from './gallery/gallery-handlers';
import type { Handlers, HandlersOf } from './handlers';
import { JobQueue } from './jobs/job-queue';
import { createRunRequest } from './jobs/run-request';
import { licensedModel } from './licences/job-licences';
import { licenceHandlers } from './licences/licence-handlers';
import { refuseBlocked } from './moderation/job-checks';
import type { StudioDependencies } from './studio-dependencies';

export interface Studio {
  readonly handlers: Handlers;
  stop(): void;
}

const jobHandlers = (queue: JobQueue, accounts: JobAccounts, { models, engine, licences, settings }: StudioDependencies): HandlersOf<'jobs'> => ({
  'jobs.submit': async ({ jobId, request }) => {
    const { summary, path } = await models.find(request.modelId);
    if (!summary.tasks.includes(request.kind)) throw new StudioError('invalid-request', `The model ${summary.name} cannot do ${request.kind}; choose another one.`);
    await licences.admit(licensedModel(summary, path), settings.get().userProfile);
    refuseBlocked(request, settings.get());
    // Before the queue: a job that cannot be paid is refused where it was asked for, and never starts.
    accounts.open({ jobId, request, model: summary });
    engine.allowRestart();
    try {
      queue.submit(jobId, request);
    } catch (caught) {
      accounts.abandon(jobId);
      throw caught;
    }
    return null;
  },
  'jobs.cancel': async ({ jobId }) => {
    queue.cancel(jobId);
    return null;
  },
  'jobs.snapshot': async () => queue.snapshot(),
});

/** The application without a window: one handler per contract channel. */
export function createStudio(deps: StudioDependencies): Studio {
  const { models, settings, engine, desktop, events } = deps;
  const accounts = createJobAccounts({ ...deps, peakMemoryOf: (imageId) => deps.gallery.get(imageId).recipe?.peakMemoryBytes ?? 0 });
  const queue = new JobQueue(createRunRequest(deps), (event) => {
    events.emit('jobs.event', event);
    accounts.hear(event);
  });
  const handlers: Handlers = {
    'app.info': async () => deps.info,
    ...jobHandlers(queue, accounts, deps),
    ...galleryHandlers(deps),
    ...assetHandlers(deps),
    ...documentHandlers(deps),
    ...creditsHandlers(deps),
    ...licenceHandlers(deps),
    'models.list': async () => models.refresh(),
    'models.openFolder': async () => {
      await desktop.openFolder(deps.folders.models);
      return null;
    },
    'engine.status': async () => engine.getStatus(),
    'settings.get': async () => settings.get(),
    'settings.set': async (patch) => settings.set(patch),
  };
  return { handlers, stop: () => queue.stop() };
}
