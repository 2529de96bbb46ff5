import { randomUUID } from 'node:crypto';
import { assertNever, StudioError } from '../../../shared/errors';
import type { GenerationRequest, Img2ImgRequest, InpaintRequest, Txt2ImgRequest } from '../../../shared/generation';
import { ImageId, type AssetId, type JobId } from '../../../shared/ids';
import type { ModelSummary } from '../../../shared/model';
import type { GenerateCommand, OutputPlan } from '../../engine-protocol';
import type { GenerateTask } from '../../engine/engine';
import type { DataFolders } from '../../files/data-folders';

export interface GenerationPlan {
  readonly jobId: JobId;
  readonly request: GenerationRequest;
  readonly model: { readonly summary: ModelSummary; readonly path: string; /** See weightsHash. */ readonly weights?: string };
  readonly folders: DataFolders;
  readonly appVersion: string;
  /** All that there are; the engine reads those whose names the prompts mention. */
  readonly embeddings: NonNullable<GenerateTask['embeddings']>;
  /** What the recipes and files say beyond how the pictures were made. */
  readonly says: Pick<OutputPlan, 'licences' | 'moderation' | 'provenance'>;
  upscalerPath(name: string): string;
  assetPath(id: AssetId): string;
  drawSeed(): number;
}

/** Checks the request against the chosen model and resolves its ids to paths. @throws StudioError `invalid-request`. */
export function planGeneration(plan: GenerationPlan): GenerateCommand {
  const { jobId, request, model, folders, appVersion } = plan;
  const { summary } = model;
  const hires = request.kind === 'txt2img' && request.hires ? summary.hires : null;
  return {
    type: 'generate',
    jobId,
    task: {
      ...kindOf(plan),
      modelPath: model.path,
      prompt: request.prompt,
      negativePrompt: request.negativePrompt === '' ? null : request.negativePrompt,
      numInferenceSteps: request.numInferenceSteps,
      guidanceScale: request.guidanceScale,
      scheduler: request.scheduler,
      seed: request.seed ?? plan.drawSeed(),
      count: request.count,
      upscaler: hires === null ? null : { modelPath: plan.upscalerPath(hires.upscaler), scale: hires.scale },
      embeddings: plan.embeddings,
      ...rareSettings(request),
    },
    output: {
      jobId,
      stagingFolder: folders.staging,
      imageIds: Array.from({ length: request.count }, () => ImageId.parse(randomUUID())),
      appVersion,
      model: { id: summary.id, name: summary.name, family: summary.family, ...(model.weights !== undefined && { weights: model.weights }) },
      upscalerName: hires?.upscaler ?? null,
      edit: editOf(request),
      ...plan.says,
    },
    ...(request.kind === 'inpaint' && request.passes !== undefined && { passes: request.passes }),
  };
}

/** What most requests leave alone. */
const rareSettings = ({ guidanceCutoff, clipSkip, noiseSource }: GenerationRequest): Partial<GenerateTask> => ({
  ...(guidanceCutoff === undefined ? {} : { guidanceCutoff }),
  ...(clipSkip === undefined ? {} : { clipSkip }),
  ...(noiseSource === undefined ? {} : { noiseSource }),
});

type KindFields = Pick<GenerateTask, 'kind' | 'width' | 'height'> & Partial<GenerateTask>;

/** The fields of the task that only its own kind of request has. */
function kindOf({ request, model, assetPath }: GenerationPlan): KindFields {
  switch (request.kind) {
    case 'txt2img':
      checkSize(request, model.summary);
      return { kind: 'txt2img', width: request.width, height: request.height };
    case 'img2img':
      return { kind: 'img2img', ...sourceOf(request, assetPath) };
    case 'inpaint':
      return {
        kind: 'inpaint',
        ...sourceOf(request, assetPath),
        maskPath: assetPath(request.maskAssetId),
        maskBlur: request.maskBlur,
        onlyMaskedPadding: request.onlyMaskedPadding,
        maskedContent: request.maskedContent,
        matchColours: request.matchColours,
      };
    default:
      return assertNever(request);
  }
}

/** The engine takes the size of the source picture where none is given. */
const sourceOf = (request: Img2ImgRequest | InpaintRequest, assetPath: (id: AssetId) => string) => ({
  width: null,
  height: null,
  imagePath: assetPath(request.sourceAssetId),
  strength: request.strength,
});

function checkSize(request: Txt2ImgRequest, summary: ModelSummary): void {
  const { min, max, multipleOf } = summary.size;
  for (const [name, side] of [['width', request.width], ['height', request.height]] as const) {
    if (side >= min && side <= max && side % multipleOf === 0) continue;
    throw new StudioError('invalid-request', `Expected a ${name} between ${min} and ${max} in steps of ${multipleOf} for ${summary.name} but received ${side}.`);
  }
}

/** What the recipe of an edit records beyond the task: where it came from. */
function editOf(request: GenerationRequest): GenerateCommand['output']['edit'] {
  if (request.kind === 'txt2img') return null;
  const isInpaint = request.kind === 'inpaint';
  return {
    sourceAssetId: request.sourceAssetId,
    maskAssetId: isInpaint ? request.maskAssetId : null,
    maskBlur: isInpaint ? request.maskBlur : 0,
    onlyMaskedPadding: isInpaint ? request.onlyMaskedPadding : null,
    ...(isInpaint && { matchColours: request.matchColours }),
    maskedContent: isInpaint ? request.maskedContent : 'original',
    documentId: request.documentId,
    ...(request.at !== undefined && { at: request.at }),
    ...(isInpaint && request.passes !== undefined && { passes: request.passes }),
    parentImageIds: request.parentImageIds,
  };
}
