import { randomUUID } from 'node:crypto';
import { StudioError } from '../../../shared/errors';
import type { GenerationRequest } from '../../../shared/generation';
import { ImageId, type JobId } from '../../../shared/ids';
import type { ModelSummary } from '../../../shared/model';
import type { GenerateCommand } from '../../engine-protocol';
import type { DataFolders } from '../../files/data-folders';

export interface GenerationPlan {
  readonly jobId: JobId;
  readonly request: GenerationRequest;
  readonly model: { readonly summary: ModelSummary; readonly path: string };
  readonly folders: DataFolders;
  readonly appVersion: string;
  upscalerPath(name: string): string;
  drawSeed(): number;
}

/** Checks the request against the chosen model and resolves its ids to paths. @throws StudioError `invalid-request`. */
export function planGeneration({ jobId, request, model, folders, appVersion, upscalerPath, drawSeed }: GenerationPlan): GenerateCommand {
  const { summary } = model;
  for (const [name, side] of [['width', request.width], ['height', request.height]] as const) {
    const { min, max, multipleOf } = summary.size;
    if (side < min || side > max || side % multipleOf !== 0) {
      throw new StudioError('invalid-request', `Expected a ${name} between ${min} and ${max} in steps of ${multipleOf} for ${summary.name} but received ${side}.`);
    }
  }
  const hires = request.hires ? summary.hires : null;
  return {
    type: 'generate',
    jobId,
    task: {
      kind: request.kind,
      modelPath: model.path,
      prompt: request.prompt,
      negativePrompt: request.negativePrompt === '' ? null : request.negativePrompt,
      width: request.width,
      height: request.height,
      numInferenceSteps: request.numInferenceSteps,
      guidanceScale: request.guidanceScale,
      scheduler: request.scheduler,
      seed: request.seed ?? drawSeed(),
      count: request.count,
      upscaler: hires === null ? null : { modelPath: upscalerPath(hires.upscaler), scale: hires.scale },
    },
    output: {
      stagingFolder: folders.staging,
      thumbnailFolder: folders.thumbnails,
      imageIds: Array.from({ length: request.count }, () => ImageId.parse(randomUUID())),
      appVersion,
      model: { id: summary.id, name: summary.name, family: summary.family },
      upscalerName: hires?.upscaler ?? null,
    },
  };
}
