import type { ModelSummary } from '../../shared/model';
import { GRAVITIES, type Gravity, type Kernel, type ResizeSettings } from '../../shared/resize/settings';
import type { SizeTarget } from '../../shared/resize/size-target';
import type { UpscalerId } from '../../shared/resize/upscaler';

export type TargetBy = SizeTarget['by'];
export type Way = ResizeSettings['way']['way'];
export type Fit = 'cover' | 'contain' | 'canvas';
export type Fill = 'colour' | 'transparent' | 'blur';

export const TARGETS = ['percent', 'pixels', 'longest', 'megapixels', 'print', 'aspect'] as const satisfies readonly TargetBy[];
export const WAYS = ['model', 'resample', 'crop', 'extend'] as const satisfies readonly Way[];

/** Everything the panel holds, whichever target and way are chosen, so that changing one's mind loses nothing. `null` = an emptied field. */
export interface ResizeForm {
  readonly by: TargetBy;
  readonly percent: number | null;
  readonly width: number | null;
  readonly height: number | null;
  /** Two sides are a box to fit into rather than the very size. */
  readonly lock: boolean;
  readonly longest: number | null;
  readonly megapixels: number | null;
  readonly widthCm: number | null;
  readonly heightCm: number | null;
  readonly dpi: number | null;
  readonly ratio: readonly [number, number];
  readonly way: Way;
  readonly upscalerId: UpscalerId | null;
  readonly kernel: Kernel;
  readonly linearLight: boolean;
  readonly fit: Fit;
  readonly gravity: Gravity;
  readonly fill: Fill;
  readonly colour: string;
  readonly prompt: string;
  readonly isCreative: boolean;
  readonly strength: number;
}

export const FIRST_FORM: ResizeForm = {
  by: 'percent',
  percent: 200,
  width: 1024,
  height: null,
  lock: true,
  longest: 2048,
  megapixels: 4,
  widthCm: 15,
  heightCm: null,
  dpi: 300,
  ratio: [1, 1],
  way: 'model',
  upscalerId: null,
  kernel: 'lanczos3',
  linearLight: false,
  fit: 'cover',
  gravity: GRAVITIES[4],
  fill: 'blur',
  colour: '#ffffff',
  prompt: '',
  isCreative: false,
  strength: 0.2,
};

function targetOf(form: ResizeForm): SizeTarget | null {
  switch (form.by) {
    case 'percent':
      return form.percent === null ? null : { by: 'percent', percent: form.percent };
    case 'pixels':
      return form.width === null && form.height === null ? null : { by: 'pixels', width: form.width, height: form.height, lock: form.lock };
    case 'longest':
      return form.longest === null ? null : { by: 'longest', pixels: form.longest };
    case 'megapixels':
      return form.megapixels === null ? null : { by: 'megapixels', megapixels: form.megapixels };
    case 'print':
      return form.dpi === null || (form.widthCm === null && form.heightCm === null)
        ? null
        : { by: 'print', widthCm: form.widthCm, heightCm: form.heightCm, dpi: form.dpi, lock: form.lock };
    case 'aspect':
      return { by: 'aspect', ratio: [form.ratio[0], form.ratio[1]] };
  }
}

const samplingOf = (model: ModelSummary, prompt: string) => ({
  modelId: model.id,
  prompt,
  negativePrompt: '',
  numInferenceSteps: model.defaults.numInferenceSteps,
  guidanceScale: model.defaults.guidanceScale,
  scheduler: null,
  seed: null,
});

/** Who does the work: the first usable of each kind where the form names none. */
export interface ResizeMeans {
  readonly upscalerId: UpscalerId | null;
  /** Draws what is new: for extending and for the second stage. */
  readonly model: ModelSummary | null;
}

function wayOf(form: ResizeForm, { upscalerId, model }: ResizeMeans): ResizeSettings['way'] | null {
  const { kernel, linearLight, gravity } = form;
  switch (form.way) {
    case 'resample':
      return { way: 'resample', kernel, linearLight };
    case 'model':
      return upscalerId === null ? null : { way: 'model', upscalerId, kernel, linearLight };
    case 'crop': {
      const fill = form.fill === 'colour' ? { kind: form.fill, colour: form.colour } : { kind: form.fill };
      return { way: 'crop', fit: form.fit, gravity, fill, upscalerId: null, kernel, linearLight };
    }
    case 'extend':
      return model === null ? null : { way: 'extend', gravity, fill: 'mirror', ...samplingOf(model, form.prompt) };
  }
}

/** The form as it is sent, or null while a field is empty or nobody is there to do the work. */
export function settingsOf(form: ResizeForm, means: ResizeMeans): ResizeSettings | null {
  const target = targetOf(form);
  const way = wayOf(form, means);
  if (target === null || way === null) return null;
  const isCreative = form.isCreative && form.way === 'model' && means.model !== null;
  return { target, way, creative: isCreative ? { strength: form.strength, ...samplingOf(means.model, form.prompt) } : null };
}
