import type { ModelId } from './ids';
import type { SchedulerId } from './schedulers';

/** What one model folder is and can do, read from the folder and its sessions' metadata. Plain data for every process. */
export interface ModelSummary {
  readonly id: ModelId;
  readonly name: string;
  /** What it can and cannot do, by language; empty where the folder tells nothing. */
  readonly description: Readonly<Record<'en' | 'nl', string>>;
  /** Family descriptor's label, e.g. "Stable Diffusion 1.x". */
  readonly family: string;
  readonly builtin: boolean;
  readonly tasks: readonly ('txt2img' | 'img2img' | 'inpaint')[];
  readonly nativeSize: number;
  /** Pixels per side; equal min and max mean that the export is static. */
  readonly size: { readonly min: number; readonly max: number; readonly multipleOf: number };
  readonly schedulers: readonly SchedulerId[];
  /** Label of the scheduler in the folder's own scheduler_config.json. */
  readonly ownScheduler: string;
  readonly defaults: { readonly numInferenceSteps: number; readonly guidanceScale: number; readonly width: number; readonly height: number };
  /** False when guidance is fixed by distillation, so that a negative prompt has no effect. */
  readonly usesNegativePrompt: boolean;
  /** Most last layers of the text encoders that can be left out, as diffusers counts; 0 where the export cannot. */
  readonly maxClipSkip: number;
  /** Enlarging with a bundled upscaler straight after generation, where the model names one. */
  readonly hires: { readonly upscaler: string; readonly scale: number } | null;
  readonly licence: string;
  /** Bytes of all weights on disk, and what a run is expected to hold in memory. */
  readonly diskBytes: number;
  readonly estimatedMemoryBytes: number;
  /** One sentence when the folder cannot be used, else null. */
  readonly problem: string | null;
}
