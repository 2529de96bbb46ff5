import { StudioError } from '../../shared/errors';
import type { Preview, Stage } from '../../shared/job';
import type { GenerateTask, RunContext, RunFacts } from './engine';
import type { Conditioning } from './models/denoiser';
import type { ModelLayout } from './models/model-layout';
import type { PartName } from './models/model-folder';
import type { GraphVariant, ModelSet } from './models/model-set';
import type { UpscalerCache } from './models/upscaler';
import type { Placeholder } from './prompt/textual-inversion';
import type { Float32Copies } from './runtime/float32-copies';
import type { NoiseGenerator } from './tensor/noise';

/** The two halves of guidance, for one picture; `negative` is null where no unconditional half is run. */
export interface Guidance {
  readonly positive: Conditioning;
  readonly negative: Conditioning | null;
}

/** What the embeddings of a prompt mean to one text encoder. */
export interface EncoderWords {
  readonly placeholders: readonly Placeholder[];
  /** The encoder's graph with their vectors in it. */
  readonly variant: GraphVariant;
}

/** A model with its loaded parts and the prompts it has already encoded. */
export interface LoadedModel {
  /** Replaced where a part overflowed and its float32 copy stands in for it. */
  layout: ModelLayout;
  readonly float32: Float32Copies;
  /** Parts that were replaced, each with a sentence for the recipe. */
  readonly widened: Map<PartName, string>;
  readonly parts: ModelSet;
  readonly prompts: Map<string, Guidance>;
  readonly upscalers: UpscalerCache;
}

/** One picture of a request. */
export interface Picture {
  readonly index: number;
  readonly seed: number;
  readonly noise: NoiseGenerator;
}

export type StageSeconds = Partial<Record<Stage, number>>;

const MEMORY_INTERVAL_MS = 200;

/** What a pipeline hands from stage to stage during one request. */
export class Run {
  readonly warnings = new Set<string>();
  /** Set by the schedule stage, as it will run. */
  scheduler: RunFacts['scheduler'] = { className: '', label: '' };
  /** Set by the encoding stage; empty where the prompt names no embedding. */
  words: ReadonlyMap<PartName, EncoderWords> = new Map();
  private seconds: StageSeconds = {};
  private stage: Stage = 'loading';
  private since = performance.now();
  private imageIndex = 0;
  private peakBytes = process.memoryUsage.rss();
  private sampledAt = performance.now();

  constructor(
    readonly task: GenerateTask,
    readonly model: LoadedModel,
    private readonly context: RunContext,
  ) {
    this.noteWidened();
  }

  /** Says in the recipe which parts were computed in float32 though they are in float16. */
  noteWidened(): void {
    for (const note of this.model.widened.values()) this.warnings.add(note);
  }

  /** Starts charging time to a stage. */
  enter(stage: Stage): void {
    const now = performance.now();
    this.seconds[this.stage] = (this.seconds[this.stage] ?? 0) + (now - this.since) / 1000;
    this.stage = stage;
    this.since = now;
  }

  /** Runs `work` on the clock of another stage, as loading inside of encoding. */
  async during<T>(stage: Stage, work: () => Promise<T>): Promise<T> {
    const outer = this.stage;
    this.enter(stage);
    try {
      return await work();
    } finally {
      this.enter(outer);
    }
  }

  report(step: number, total: number, preview: Preview | null = null): void {
    this.sampleMemory();
    this.context.onProgress({ stage: this.stage, step, total, imageIndex: this.imageIndex, imageCount: this.task.count, preview });
  }

  /**
   * Lets waiting messages in, then ends the run if it was cancelled. Called before each native call, because those
   * block the thread: a cancel that arrives during one is delivered here and stops the loop before the next.
   * @throws StudioError `cancelled`
   */
  async checkpoint(): Promise<void> {
    await new Promise<void>((resolve) => setImmediate(resolve));
    if (this.context.signal.aborted) throw new StudioError('cancelled', 'The picture was cancelled.');
  }

  /** Asking the system costs half a millisecond, so short steps are not asked about one by one. */
  private sampleMemory(): void {
    const now = performance.now();
    if (now - this.sampledAt < MEMORY_INTERVAL_MS) return;
    this.sampledAt = now;
    this.peakBytes = Math.max(this.peakBytes, process.memoryUsage.rss());
  }

  trace(step: number, latents: Float32Array, shape: readonly number[]): void {
    this.context.onLatents?.(step, latents, shape);
  }

  beginPicture(index: number): void {
    this.imageIndex = index;
  }

  /** Hands a finished picture out with the time it took since the last one. */
  async finish(picture: Picture, image: { readonly width: number; readonly height: number; readonly data: Uint8Array }): Promise<void> {
    this.enter('saving');
    const secondsByStage = this.seconds;
    this.seconds = {};
    await this.context.onImage({ index: picture.index, seed: picture.seed, image: { width: image.width, height: image.height, data: image.data }, secondsByStage, ...this.facts() });
    this.enter('denoising');
    this.seconds = {};
  }

  facts(): RunFacts {
    this.peakBytes = Math.max(this.peakBytes, process.memoryUsage.rss());
    const words = [...this.words.values()].flatMap(({ placeholders }) => placeholders.map(({ name }) => name));
    return { scheduler: this.scheduler, peakMemoryBytes: this.peakBytes, embeddings: [...new Set(words)], warnings: [...this.warnings] };
  }
}
