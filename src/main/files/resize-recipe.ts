import type { AssetId, ImageId, JobId } from '../../shared/ids';
import type { Recipe } from '../../shared/recipe';

/** What the engine cannot know: names, ids and the clock. */
export interface ResizeRecipeContext {
  readonly appVersion: string;
  readonly imageId: ImageId;
  readonly jobId?: JobId;
  readonly createdAt: string;
  readonly isTimed: boolean;
  readonly resize: NonNullable<Recipe['resize']>;
  readonly model: Recipe['model'];
  readonly sourceAssetId: AssetId;
  readonly parentImageIds: readonly ImageId[];
  readonly licences?: Recipe['licences'] | undefined;
}

/** How a run of the engine went. */
export interface ResizeFacts {
  readonly warnings: readonly string[];
  readonly peakMemoryBytes: number;
  readonly secondsByStage: Readonly<Record<string, number | undefined>>;
}

const UNTIMED: ResizeFacts = { warnings: [], peakMemoryBytes: 0, secondsByStage: {} };

/** What stands in the fields of a picture that no prompt has made. */
const WORDLESS: Pick<Recipe, 'prompt' | 'negativePrompt' | 'numInferenceSteps' | 'guidanceScale' | 'scheduler' | 'seed'> = {
  prompt: '',
  negativePrompt: '',
  numInferenceSteps: 0,
  guidanceScale: 0,
  scheduler: { className: '', label: '' },
  seed: 0,
};

/** Seconds with three digits: a recipe is read by people too. */
const rounded = (seconds: ResizeFacts['secondsByStage']): Record<string, number> =>
  Object.fromEntries(Object.entries(seconds).flatMap(([stage, s]) => (s === undefined ? [] : [[stage, Math.round(s * 1000) / 1000]])));

/**
 * The recipe of a resized picture: that of its source, with what was done to it since. So its prompt is still found and
 * its licences still hold.
 * @param facts null while they are not known, or where the same work is to give the same bytes
 */
export function makeResizeRecipe(source: Recipe | null, output: ResizeRecipeContext, facts: ResizeFacts | null): Recipe {
  const { warnings, peakMemoryBytes, secondsByStage } = output.isTimed && facts !== null ? facts : UNTIMED;
  const kept: Partial<Recipe> & typeof WORDLESS & Pick<Recipe, 'model'> = source === null ? { ...WORDLESS, model: output.model } : { ...source };
  // The job was that of the source, and so was the upscaler that ran with it.
  delete kept.jobId;
  delete kept.hires;
  return {
    ...kept,
    version: 1,
    app: { name: 'Palimpsest', version: output.appVersion },
    imageId: output.imageId,
    ...(output.jobId === undefined ? {} : { jobId: output.jobId }),
    createdAt: output.createdAt,
    kind: 'upscale',
    width: output.resize.to.width,
    height: output.resize.to.height,
    edit: {
      sourceAssetId: output.sourceAssetId,
      maskAssetId: null,
      maskBlur: 0,
      onlyMaskedPadding: null,
      maskedContent: 'original',
      documentId: null,
      parentImageIds: [...output.parentImageIds],
    },
    resize: output.resize,
    ...(output.licences === undefined ? {} : { licences: output.licences }),
    secondsByStage: rounded(secondsByStage),
    peakMemoryBytes,
    warnings: [...warnings],
  };
}
