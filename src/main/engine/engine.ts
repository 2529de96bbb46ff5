import type { Preview, Stage } from '../../shared/job';
import type { ModelSummary } from '../../shared/model';
import type { PictureScores } from '../../shared/moderation/moderation';
import type { ResizeStep } from '../../shared/resize/plan-resize';
import type { OutputFormat } from '../../shared/resize/settings';
import type { PixelSize } from '../../shared/resize/size-target';
import type { UpscalerFacts, UpscalerQuestion, UpscalerTraits } from '../../shared/resize/upscaler';
import type { SchedulerId } from '../../shared/schedulers';

/** Pixels the picture grows by on each side, and what the new area holds before denoising (ENGINE.md 5.5). */
export interface OutpaintTask {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly fill: 'edge' | 'mirror' | 'noise' | 'solid';
}

export interface EmbeddingFile {
  readonly token: string;
  readonly path: string;
  /** Asked for by name, so that one made for another kind of model is refused; others are then read as plain words. */
  readonly isRequired: boolean;
}

/** Everything a run needs, with ids already resolved to absolute paths. The engine never learns what an ImageId is. */
export interface GenerateTask {
  readonly kind: 'txt2img' | 'img2img' | 'inpaint' | 'outpaint';
  /** Absolute path of the model folder. */
  readonly modelPath: string;
  readonly prompt: string;
  /** SDXL's and SD 3's second and third prompt; `null` repeats `prompt`. */
  readonly prompt2?: string | null;
  readonly prompt3?: string | null;
  /** `null` = not given (SDXL then uses zeros), `''` = given and empty. */
  readonly negativePrompt: string | null;
  readonly negativePrompt2?: string | null;
  readonly negativePrompt3?: string | null;
  /** Pixels the model works at; `null` = the model's native size, or the source image's size where there is one. */
  readonly width: number | null;
  readonly height: number | null;
  readonly numInferenceSteps: number;
  readonly guidanceScale: number;
  readonly guidanceRescale?: number;
  /** Share of the model calls, 0..1, after which the unconditional half is left out: quicker, less contrast; 1 = never. */
  readonly guidanceCutoff?: number;
  readonly eta?: number;
  /** `null` obeys the folder's scheduler_config.json in every key. */
  readonly scheduler: SchedulerId | null;
  /** Picture k is made with seed + k (mod 2^32). */
  readonly seed: number;
  readonly count: number;
  /** `cpu` = torch's mt19937, `gpu` = A1111's Philox. */
  readonly noiseSource?: 'cpu' | 'gpu';
  /** Source picture and mask (white = repaint) as files; strength 0..1. */
  readonly imagePath?: string;
  readonly maskPath?: string;
  readonly strength?: number;
  /** Gaussian radius in pixels. */
  readonly maskBlur?: number;
  /** Padding in pixels around the mask's box: crop, generate at the model's size, paste back; `null` = the whole picture. */
  readonly onlyMaskedPadding?: number | null;
  readonly outpaint?: OutpaintTask;
  /** diffusers' clip_skip: hidden states from the end that are left out. */
  readonly clipSkip?: number;
  /** T5 tokens, default 256. */
  readonly maxSequenceLength?: number;
  readonly useT5?: boolean;
  /** Learned words: where a prompt writes `token`, the vectors of the .safetensors file at the absolute `path` stand. */
  readonly embeddings?: readonly EmbeddingFile[];
  /** SDXL size conditioning, [height, width] / [top, left]. */
  readonly originalSize?: readonly [number, number];
  readonly targetSize?: readonly [number, number];
  readonly cropTopLeft?: readonly [number, number];
  /** Enlarge the finished picture with an ONNX upscaler folder; `null` leaves the model's own size. */
  readonly upscaler?: { readonly modelPath: string; readonly scale: number } | null;
  /** What stands under the mask before denoising begins: A1111's "masked content"; default `original`. */
  readonly maskedContent?: 'original' | 'blur' | 'noise';
  /** Take the drift of colour out of a repainted part; default true. */
  readonly matchColours?: boolean;
  /** Leave out whatever the reference does not do (mask growth, colour match, our own seam work), to compare the two. */
  readonly plain?: boolean;
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

/** Facts of a run that its recipe records. */
export interface RunFacts {
  /** The scheduler as it ran. */
  readonly scheduler: { readonly className: string; readonly label: string };
  readonly peakMemoryBytes: number;
  /** Names of the textual inversion embeddings that the prompts were read with. */
  readonly embeddings: readonly string[];
  /** One sentence each: a prompt that was cut, a half that was skipped, a retry in float32. */
  readonly warnings: readonly string[];
}

export interface FinishedImage extends RunFacts {
  readonly index: number;
  readonly seed: number;
  readonly image: RgbImage;
  /** Seconds of each stage for this picture; shared stages (loading, encoding) count in the first. */
  readonly secondsByStage: Readonly<Partial<Record<Stage, number>>>;
}

export type GenerateResult = RunFacts;

/** An upscaler as a resize runs it; found out once by `describeUpscaler`. */
export interface UpscalerUse extends Pick<UpscalerFacts, 'tile' | 'context'> {
  /** Absolute path of a folder with `model.onnx`, or of the graph. */
  readonly path: string;
  readonly traits: UpscalerTraits;
  /** Both sides of a tile must be divisible by this. */
  readonly multipleOf: number;
  /** Pixels a side that every tile must have, where the export fixed them. */
  readonly fixedSide: number | null;
}

/** How a model draws: for the tiles of a creative stage, or for what a picture is extended by. */
export type DrawingTask = Pick<GenerateTask, 'modelPath' | 'prompt' | 'negativePrompt' | 'numInferenceSteps' | 'guidanceScale' | 'scheduler' | 'seed' | 'strength'>;

/** One picture file to another size. The steps are planned (shared/resize/plan-resize.ts) for the size the file has. */
export interface ResizeTask {
  readonly sourcePath: string;
  /** Folder of this very work: what is finished in it is not done again, so it must be another for other work. */
  readonly workFolder: string;
  readonly steps: readonly ResizeStep[];
  readonly upscaler: UpscalerUse | null;
  readonly creative: DrawingTask | null;
  readonly extend: (DrawingTask & Pick<OutpaintTask, 'fill'>) | null;
  readonly output: {
    /** A new file; the caller moves it into place. */
    readonly path: string;
    readonly format: OutputFormat;
    /** 1..100. */
    readonly quality: number;
    /** Dots per inch to write down; null leaves what the source says. */
    readonly density: number | null;
  };
}

/** Text that a result carries besides what it takes over from its source. */
export interface CarriedText {
  /** The XMP packet as a whole; null for none. */
  readonly xmp: string | null;
  readonly userComment: string | null;
}

export interface ResizeContext {
  readonly signal: AbortSignal;
  onProgress(progress: EngineProgress): void;
  /** Asked once, with the source's own XMP packet. */
  textFor(source: PixelSize & { readonly xmp: string | null }): Promise<CarriedText>;
}

export interface ResizeResult extends PixelSize, Pick<RunFacts, 'peakMemoryBytes' | 'warnings'> {
  readonly secondsByStage: Readonly<Partial<Record<Stage, number>>>;
}

/** What an upscaler's file and a small run of it told. */
export interface UpscalerDescription extends Pick<UpscalerFacts, 'scale' | 'tile' | 'context'>, Pick<UpscalerUse, 'traits' | 'multipleOf' | 'fixedSide'> {
  /** What neither told: the trait is a guess. */
  readonly questions: readonly UpscalerQuestion[];
  readonly diskBytes: number;
  /** Of the graph's bytes. */
  readonly sha256: string;
}

/** What a model folder is and can do; ids and names of the studio are added by the caller. */
export type ModelDescription = Omit<ModelSummary, 'id' | 'builtin'>;

export interface Engine {
  /** Reads the folder and the graphs' own metadata; never throws for a bad folder, it answers with `problem`. */
  describeModel(modelPath: string): Promise<ModelDescription>;
  /** @throws StudioError with any engine code; `cancelled` when the signal fired. */
  generate(task: GenerateTask, context: RunContext): Promise<GenerateResult>;
  /** What a picture shows, by the classifier in that folder. @throws StudioError `model-missing` or `model-invalid`. */
  classify(classifierPath: string, image: RgbImage): Promise<PictureScores>;
  /** @throws StudioError any image code for the source, any engine code for the models; `cancelled` when the signal fired. */
  resize(task: ResizeTask, context: ResizeContext): Promise<ResizeResult>;
  /** Finds out how a network takes and gives pixels. @throws StudioError `model-missing`, `model-invalid` or `model-unsupported`. */
  describeUpscaler(path: string): Promise<UpscalerDescription>;
  /** Gives sessions and their memory back. */
  release(): Promise<void>;
}
