import { StudioError } from '../../shared/errors';
import { ModelId } from '../../shared/ids';
import type { ResizeSettings, ResizeWay } from '../../shared/resize/settings';
import type { UpscalerId } from '../../shared/resize/upscaler';
import type { ChosenModel } from './find-model';
import { targetOf, type SizeFlags } from './size-flags';

/** Of the whole schedule, of which a creative stage runs the last `strength`. */
const LEAST_STEPS = 30;

export interface ChosenNetworks {
  /** Null for plain resampling. */
  readonly upscaler: { readonly id: UpscalerId; readonly scale: number } | null;
  readonly creative: ChosenModel | null;
}

function wayOf(flags: SizeFlags, upscalerId: UpscalerId | null): ResizeWay {
  const { fit, gravity, fill, kernel, linear: linearLight = false } = flags;
  if (fit !== 'inside' && fit !== 'stretch') return { way: 'crop', fit, gravity, fill, upscalerId, kernel, linearLight };
  return upscalerId === null ? { way: 'resample', kernel, linearLight } : { way: 'model', upscalerId, kernel, linearLight };
}

/** The settings that the studio's own screen would send. @throws StudioError `invalid-request` for flags that contradict each other */
export function resizeSettings(flags: SizeFlags, { upscaler, creative }: ChosenNetworks): ResizeSettings {
  const target = targetOf(flags, upscaler === null ? null : { by: 'percent', percent: upscaler.scale * 100 });
  const modelId = creative === null ? null : ModelId.safeParse(creative.id);
  if (modelId?.success === false) throw new StudioError('invalid-request', 'Expected --creative to be an id as "models list" shows it: put the model into the models folder first.');
  const drawing = creative?.description.defaults;
  return {
    target,
    way: wayOf(flags, upscaler?.id ?? null),
    creative:
      modelId === null || drawing === undefined
        ? null
        : {
            modelId: modelId.data,
            strength: flags.strength,
            prompt: flags.prompt,
            negativePrompt: '',
            // Few-step models would otherwise make one large step of it.
            numInferenceSteps: flags.steps ?? Math.max(drawing.numInferenceSteps, LEAST_STEPS),
            guidanceScale: drawing.guidanceScale,
            scheduler: null,
            seed: flags.seed ?? null,
          },
  };
}
