import { randomInt } from 'node:crypto';
import type { GenerationRequest } from '../../../shared/generation';
import { LIMITS } from '../../../shared/limits';
import type { StagedImage } from '../../engine-protocol';
import { findEmbeddings } from '../../files/find-embeddings';
import { licencesOf } from '../licences/job-licences';
import { checksOf } from '../moderation/job-checks';
import type { StudioDependencies } from '../studio-dependencies';
import type { RunRequest } from './job-queue';
import { weightsHash } from '../../files/weights-hash';
import { planGeneration } from './plan-generation';

const drawSeed = (): number => randomInt(LIMITS.seed.min, LIMITS.seed.max + 1);

/** What is left to do of a request, picture for picture as it would have gone on. */
function remainder(request: GenerationRequest, made: number): GenerationRequest {
  const seed = request.seed === null ? null : (request.seed + made) % (LIMITS.seed.max + 1);
  return { ...request, count: request.count - made, seed };
}

/** One request from plan to gallery: the engine stages each picture, and each is committed as it comes. */
export const createRunRequest =
  (deps: StudioDependencies): RunRequest<GenerationRequest> =>
  async ({ jobId, request, made, signal, onProgress, onImage }) => {
    const { models, engine, gallery, assets, folders, info, settings, classifier } = deps;
    const found = await models.find(request.modelId);
    // The engine says better than a hash what is wrong with a folder.
    const weights = await weightsHash(found.path).catch(() => null);
    const model = { ...found, ...(weights !== null && { weights }) };
    const says = {
      licences: [...(await licencesOf(request, model, deps))],
      moderation: checksOf(request, settings.get(), classifier),
      provenance: settings.get().provenance,
    };
    const command = planGeneration({ jobId, request: remainder(request, made), model, folders, appVersion: info.version, embeddings: findEmbeddings(folders.embeddings), says, upscalerPath: models.upscalerPath, assetPath: assets.pathOf, drawSeed });
    const commit = async (staged: StagedImage): Promise<void> => {
      const image = await gallery.commit(staged);
      onImage(image.id);
    };
    // One after another; a failed commit fails the job but keeps the pictures before it.
    let commits: Promise<void> = Promise.resolve();
    const result = await engine
      .generate(command, {
        signal,
        onProgress: (progress) => onProgress({ ...progress, imageIndex: progress.imageIndex + made, imageCount: request.count }),
        onImage: (staged) => {
          commits = commits.then(() => commit(staged));
        },
      })
      .finally(() => commits);
    return { warnings: result.warnings };
  };
