import { StudioError } from '../../../shared/errors';
import type { GenerationRequest } from '../../../shared/generation';
import type { ModelSummary } from '../../../shared/model';
import type { JobId } from '../../../shared/ids';
import type { AskedRequest } from '../../../shared/job';
import type { JobAccounts } from '../credits/job-accounts';
import type { HandlersOf } from '../handlers';
import { licensedModel } from '../licences/job-licences';
import { refuseBlocked } from '../moderation/job-checks';
import type { ResizeJobs } from '../resize/resize-jobs';
import type { StudioDependencies } from '../studio-dependencies';
import type { JobQueue } from './job-queue';

/** The jobs channels of the contract. */
export function jobHandlers(queue: JobQueue, { accounts, resizing }: { readonly accounts: JobAccounts; readonly resizing: Pick<ResizeJobs, 'admit'> }, deps: StudioDependencies): HandlersOf<'jobs'> {
  const { models, engine, licences, settings, queueFile } = deps;

  /** What forbids a request, now or when it goes on days later. @throws StudioError */
  const admit = async (request: GenerationRequest): Promise<ModelSummary> => {
    const { summary, path } = await models.find(request.modelId);
    if (!summary.tasks.includes(request.kind)) throw new StudioError('invalid-request', `The model ${summary.name} cannot do ${request.kind}; choose another one.`);
    await licences.admit(licensedModel(summary, path), settings.get().userProfile);
    refuseBlocked(request, settings.get());
    return summary;
  };

  /** Before the queue: a job that cannot be paid is refused where it was asked for, and never starts. @throws StudioError */
  const openAccount = async (jobId: JobId, request: AskedRequest): Promise<void> => {
    if (request.kind !== 'resize') return accounts.open({ jobId, request, model: await admit(request) });
    const order = await resizing.admit(request);
    if (order !== null) accounts.openOrder({ jobId, ...order });
  };

  return {
    'jobs.submit': async ({ jobId, request }) => {
      await openAccount(jobId, request);
      engine.allowRestart();
      try {
        await queueFile.add({ jobId, request });
        queue.submit(jobId, request);
      } catch (caught) {
        accounts.abandon(jobId);
        throw caught;
      }
      return null;
    },
    'jobs.resume': async ({ jobId }) => {
      const job = queue.snapshot().jobs.find(({ id }) => id === jobId);
      if (job === undefined) throw new StudioError('invalid-request', 'This job is no longer waiting; ask for it again.');
      if (job.request.kind === 'resize') await resizing.admit(job.request);
      else if (job.request.kind !== 'resizeFile') await admit(job.request);
      engine.allowRestart();
      queue.resume(jobId);
      return null;
    },
    'jobs.cancel': async ({ jobId }) => {
      queue.cancel(jobId);
      return null;
    },
    'jobs.snapshot': async () => queue.snapshot(),
  };
}
