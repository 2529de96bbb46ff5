import type { Preview, Stage } from '../../shared/job';
import type { SchedulerId } from '../../shared/schedulers';

/** Everything a run needs, with ids already resolved to absolute paths. The engine never learns what an ImageId is. */
export interface GenerateTask {
  readonly kind: 'txt2img' | 'img2img' | 'inpaint' | 'outpaint';
  /** Absolute path of the model folder. */
  readonly modelPath: string;
  readonly prompt: string;
  /** `null` = not given (SDXL then uses zeros), `''` = given and empty. */
  readonly negativePrompt: string | null;
  readonly width: number;
  readonly height: number;
  readonly numInferenceSteps: number;
  readonly guidanceScale: number;
  /** `null` obeys the folder's scheduler_config.json in every key. */
  readonly scheduler: SchedulerId | null;
  /** Picture k is made with seed + k (mod 2^32). */
  readonly seed: number;
  readonly count: number;
}

/** Pixels, 8-bit RGB, row-major. */
export interface RgbImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

export interface EngineProgress {
  readonly stage: Stage;
  readonly step: number;
  readonly total: number;
  readonly imageIndex: number;
  readonly imageCount: number;
  readonly preview: Preview | null;
}

export interface RunContext {
  readonly signal: AbortSignal;
  onProgress(progress: EngineProgress): void;
  /** Called once for each finished picture, in order; awaited before the next one starts. */
  onImage(image: FinishedImage): Promise<void>;
  /** Initial latents (step 0) and the latents after each step; float32 in C order, [1, C, h, w] of one picture. */
  onLatents?(step: number, latents: Float32Array, shape: readonly number[]): void;
}

export interface FinishedImage {
  readonly index: number;
  readonly seed: number;
  readonly image: RgbImage;
  /** Seconds of each stage for this picture; shared stages (loading, encoding) count in the first. */
  readonly secondsByStage: Readonly<Partial<Record<Stage, number>>>;
}

export interface GenerateResult {
  /** The scheduler as it ran. */
  readonly scheduler: { readonly className: string; readonly label: string };
  readonly peakMemoryBytes: number;
  /** One sentence each: a prompt that was cut, a half that was skipped, a retry in float32. */
  readonly warnings: readonly string[];
}
