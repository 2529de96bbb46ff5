import { basename, extname, resolve } from 'node:path';
import { StudioError } from '../../shared/errors';
import type { ModelDescription, GenerateTask, OutpaintTask } from '../engine/engine';
import type { GenerateFlags } from './generate-flags';

/** diffusers' VaeImageProcessor and A1111 agree on this margin around a mask. */
const DEFAULT_PADDING = 32;

export interface TaskInput {
  readonly kind: GenerateTask['kind'];
  readonly prompt: string;
  readonly flags: GenerateFlags;
  readonly model: { readonly path: string; readonly description: ModelDescription };
  readonly seed: number;
  /** Those of the data folder. */
  readonly embeddings: NonNullable<GenerateTask['embeddings']>;
  upscalerPath(name: string): string;
}

/** Leaves out what was not asked for, so that the engine's own defaults apply. */
function given<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

function outpaintOf(flags: GenerateFlags): OutpaintTask {
  const { left = 0, right = 0, top = 0, bottom = 0, fill = 'edge' } = flags;
  if (left + right + top + bottom === 0) {
    throw new StudioError('invalid-request', 'Expected at least one of --left, --right, --top and --bottom to be above 0 but received none.');
  }
  return { left, right, top, bottom, fill };
}

/** Width and height: as asked; else the model's own for a new picture, or the source picture's own. */
function sizeOf({ kind, flags, model }: TaskInput): Pick<GenerateTask, 'width' | 'height'> {
  const { defaults } = model.description;
  const isNew = kind === 'txt2img';
  return { width: flags.width ?? (isNew ? defaults.width : null), height: flags.height ?? (isNew ? defaults.height : null) };
}

/**
 * The engine's task for one command line; relative paths become absolute, absent flags become the model's defaults.
 * @throws StudioError `invalid-request` for flags that contradict each other
 */
export function buildTask(input: TaskInput): GenerateTask {
  const { kind, prompt, flags, model, seed, embeddings } = input;
  const { defaults, hires } = model.description;
  // As on the Create screen: a model that names an upscaler makes enlarged pictures. An edit keeps its source's size.
  const isEnlarged = flags.hires && kind === 'txt2img' && flags.plain !== true;
  const isMasked = flags.onlyMasked === true || flags.padding !== undefined;
  return {
    kind,
    modelPath: model.path,
    prompt,
    negativePrompt: flags.negative ?? null,
    ...sizeOf(input),
    numInferenceSteps: flags.steps ?? defaults.numInferenceSteps,
    guidanceScale: flags.guidance ?? defaults.guidanceScale,
    scheduler: flags.scheduler ?? null,
    seed,
    count: flags.count ?? 1,
    upscaler: isEnlarged && hires !== null ? { modelPath: input.upscalerPath(hires.upscaler), scale: hires.scale } : null,
    useT5: flags.t5,
    plain: flags.plain === true,
    ...given({
      prompt2: flags.prompt2,
      prompt3: flags.prompt3,
      negativePrompt2: flags.negative2,
      negativePrompt3: flags.negative3,
      maxSequenceLength: flags.maxSequenceLength,
      guidanceRescale: flags.guidanceRescale,
      guidanceCutoff: flags.guidanceCutoff,
      eta: flags.eta,
      originalSize: flags.originalSize,
      targetSize: flags.targetSize,
      cropTopLeft: flags.cropTopLeft,
      clipSkip: flags.clipSkip,
      embeddings: [...(flags.embedding ?? []).map((file) => ({ token: basename(file, extname(file)), path: resolve(file), isRequired: true })), ...embeddings],
      noiseSource: flags.noise,
      imagePath: flags.image === undefined ? undefined : resolve(flags.image),
      maskPath: flags.mask === undefined ? undefined : resolve(flags.mask),
      strength: flags.strength,
      maskBlur: flags.maskBlur,
      onlyMaskedPadding: isMasked ? (flags.padding ?? DEFAULT_PADDING) : undefined,
      outpaint: kind === 'outpaint' ? outpaintOf(flags) : undefined,
    }),
  };
}
