import type { ModelId } from '../../shared/ids';
import { modelOfRequest, type Job } from '../../shared/job';
import type { ModelLicence } from '../../shared/licences/licence-contract';
import type { LicenceId } from '../../shared/licences/licence-record';
import type { Stores } from '../stores/stores';

/** What one does about licences. None of them throws. */
export interface LicenceCommands {
  /** Agrees to a model's terms and asks again for everything that was refused for want of that. */
  agree(licence: ModelLicence): void;
  /** Sets a licence by hand; null goes back to what the model's files say. */
  chooseLicence(modelId: ModelId, licence: LicenceId | null): void;
}

/** The jobs that wait for the user to agree to their model's licence. */
export const jobsToAgree = (jobs: readonly Job[]): readonly Job[] => jobs.filter(({ error }) => error?.code === 'licence-not-accepted');

export function licenceCommands({ jobs, licences, staging, view }: Stores, report: (caught: unknown) => void): LicenceCommands {
  /** Wherever it came from: a job of the canvas goes back to its document. */
  const again = (job: Job): void => {
    jobs.dismiss(job.id);
    if (job.request.kind === 'resizeFile') return;
    const jobId = jobs.submit(job.request);
    const run = staging.getState().runs.find((staged) => staged.jobId === job.id);
    if (run === undefined) view.follow(jobId);
    else staging.add({ ...run, jobId });
  };
  return {
    agree(licence) {
      licences
        .accept(licence)
        .then(() => {
          for (const job of jobsToAgree(jobs.getState().jobs)) if (modelOfRequest(job.request) === licence.modelId) again(job);
        })
        .catch(report);
    },
    chooseLicence(modelId, licence) {
      licences.choose(modelId, licence).catch(report);
    },
  };
}
