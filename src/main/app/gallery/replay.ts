import { randomUUID } from 'node:crypto';
import { StudioError } from '../../../shared/errors';
import type { ReplayStep } from '../../../shared/gallery';
import type { GenerationRequest } from '../../../shared/generation';
import { JobId, type AssetId, type ImageId } from '../../../shared/ids';
import type { JobEvent } from '../../../shared/job';

export interface ReplayOptions {
  submit(jobId: JobId, request: GenerationRequest): Promise<unknown>;
  /** Makes an asset of a finished picture. */
  assetOf(imageId: ImageId): Promise<AssetId>;
}

/** Runs the steps of a replay: each is queued when the picture that it is made of is there. */
export function createReplays({ submit, assetOf }: ReplayOptions): { run(steps: readonly ReplayStep[]): Promise<void>; hear(event: JobEvent): void } {
  const waiting = new Map<JobId, { resolve(imageId: ImageId): void; reject(error: StudioError): void }>();

  const runStep = async ({ request }: ReplayStep, parent: ImageId | null): Promise<ImageId> => {
    const jobId = JobId.parse(randomUUID());
    const made = new Promise<ImageId>((resolve, reject) => waiting.set(jobId, { resolve, reject }));
    const isFrom = parent !== null && request.kind !== 'txt2img';
    const asked = isFrom ? { ...request, sourceAssetId: await assetOf(parent), parentImageIds: [parent] } : request;
    await submit(jobId, asked).catch((caught: unknown) => {
      waiting.get(jobId)?.reject(StudioError.fromCaught(caught));
      waiting.delete(jobId);
    });
    return made;
  };

  return {
    run: async (steps) => {
      const made: Promise<ImageId>[] = [];
      for (const step of steps) {
        const parent = step.parentStep === null ? null : (made[step.parentStep] ?? null);
        const picture = (async () => runStep(step, parent === null ? null : await parent))();
        // A step whose parent failed fails with it; the job itself has told why.
        picture.catch(() => undefined);
        made.push(picture);
      }
      await Promise.allSettled(made);
    },
    hear: (event) => {
      const step = waiting.get(event.jobId);
      if (step === undefined) return;
      if (event.type === 'imageFinished') step.resolve(event.imageId);
      if (event.type === 'failed') step.reject(StudioError.fromData(event.error));
      if (event.type === 'cancelled') step.reject(new StudioError('cancelled', 'The job was cancelled.'));
      if (event.type === 'imageFinished' || event.type === 'failed' || event.type === 'cancelled') waiting.delete(event.jobId);
    },
  };
}
