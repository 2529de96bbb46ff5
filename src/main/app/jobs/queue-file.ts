import { readFile, rename } from 'node:fs/promises';
import { z } from 'zod';
import { GenerationRequest } from '../../../shared/generation';
import { JobId } from '../../../shared/ids';
import { ResizeRequest } from '../../../shared/resize/requests';
import { writeAtomically } from '../../files/write-file';

const KeptJob = z.object({ jobId: JobId, request: z.union([GenerationRequest, ResizeRequest]) });
/** A job that was asked for and has not ended. */
export type KeptJob = z.infer<typeof KeptJob>;

/** The jobs that have not ended, on disk, so that closing the studio or a crash forgets none. In the order they came. */
export interface QueueFile {
  jobs(): readonly KeptJob[];
  /** Resolves once it is on disk. @throws StudioError `storage-failed`; the job is then not kept. */
  add(job: KeptJob): Promise<void>;
  /** Does nothing for a job that is not there. @throws StudioError `storage-failed`; the next change writes it again. */
  remove(jobId: JobId): Promise<void>;
}

/** What can be read of the file; a damaged one is set aside, an entry of another version is left out. */
async function readJobs(path: string, now: () => Date): Promise<readonly KeptJob[]> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return [];
  try {
    const { jobs } = z.object({ jobs: z.array(z.unknown()) }).parse(JSON.parse(text));
    return jobs.flatMap((job) => {
      const parsed = KeptJob.safeParse(job);
      return parsed.success ? [parsed.data] : [];
    });
  } catch {
    await rename(path, `${path}.damaged-${now().toISOString().replace(/[:.]/g, '-')}`).catch(() => undefined);
    return [];
  }
}

export async function openQueueFile(path: string, now: () => Date): Promise<QueueFile> {
  let jobs = await readJobs(path, now);
  let writing: Promise<void> = Promise.resolve();
  // One write after another; each writes what is true when its turn comes.
  const write = (): Promise<void> => {
    const next = writing.catch(() => undefined).then(() => writeAtomically(path, `${JSON.stringify({ version: 1, jobs })}\n`));
    writing = next;
    return next;
  };
  return {
    jobs: () => jobs,
    add: async (job) => {
      jobs = [...jobs, job];
      await write().catch((caught: unknown) => {
        jobs = jobs.filter((other) => other !== job);
        throw caught;
      });
    },
    remove: async (jobId) => {
      if (!jobs.some((job) => job.jobId === jobId)) return;
      jobs = jobs.filter((job) => job.jobId !== jobId);
      await write();
    },
  };
}
