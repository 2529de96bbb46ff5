/**
 * One job's walk from noise to picture: which timesteps, which noise levels. Immutable and made per job,
 * so that two jobs, or two pictures of one job, can never share a solver's history.
 * Samples are flat float32 latents of ONE picture, in C order; `index` counts model calls from 0 over `timesteps`.
 */
export interface SchedulePlan {
  readonly className: string;
  /** What the denoiser gets as t, one per model call, in order. Integers, or floats for interpolated schedules. */
  readonly timesteps: readonly number[];
  /** Noise levels, one more than timesteps (the last is where sampling ends); absent where only ᾱ counts. */
  readonly sigmas?: readonly number[];
  /** Factor on standard normal noise that gives the first latents of text-to-image. */
  readonly initNoiseSigma: number;
  /** Model calls per step: 2 for Heun. Image-to-image starts at call `stepIndex * order`. */
  readonly order: number;
  /** Whether `step` may draw noise. */
  readonly needsNoise: boolean;
  /** The latents as the denoiser wants them at this call; the same array where nothing is to be done. */
  scaleModelInput(sample: Float32Array, index: number): Float32Array;
  /** Clean latents brought to the noise level of this call: the start of image-to-image, the edge of inpainting. */
  addNoise(original: Float32Array, noise: Float32Array, index: number): Float32Array;
  /** The clean latents that this model output implies; for previews. `sample` is unscaled. */
  predictOriginal(modelOutput: Float32Array, sample: Float32Array, index: number): Float32Array;
  /** A fresh solver for one picture, whose first call will be `beginIndex` (0 for text-to-image). */
  begin(beginIndex?: number): SchedulerRun;
}

/** Multistep solvers keep these arrays, so the caller must not write into them afterwards. */
export interface StepInput {
  /** The denoiser's output after guidance. */
  readonly modelOutput: Float32Array;
  /** The latents before this step, unscaled. */
  readonly sample: Float32Array;
  /** Which model call this is; calls come in order, each once. */
  readonly index: number;
  /** Draws fresh normals of the sample's size; called only when the method uses them, at most once a step. */
  readonly noise: () => Float32Array;
}

/** Holds the history of a multistep solver, for one picture. */
export interface SchedulerRun {
  /** @returns new latents; the inputs are left as they are. */
  step(input: StepInput): Float32Array;
}

export interface ScheduleRequest {
  readonly numInferenceSteps: number;
  /** 0..1; only LCM and TCD shorten their own grid by it, for others the caller picks the begin index. */
  readonly strength?: number;
  /** DDIM: share of the DDPM variance, default 0. TCD: γ, default 0.3. Others have none. */
  readonly eta?: number;
  /** Latent tokens of the picture, (H/16)·(W/16) for SD 3; needed when the config says use_dynamic_shifting. */
  readonly imageSequenceLength?: number;
}
