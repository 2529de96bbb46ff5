import { freemem } from 'node:os';
import { loadTokenizer } from '../tokenizer/load-tokenizer';
import type { Tokenizer } from '../tokenizer/tokenizer';
import type { InferenceRuntime, LoadOptions, Model } from '../runtime/runtime';
import { requireWeights } from '../runtime/weight-check';
import { planMemory } from './memory-plan';
import type { Part, PartName, TextEncoderNumber } from './model-folder';
import type { ModelLayout } from './model-layout';

/** Left to the rest of the machine when parts stay loaded. */
const RESERVE_BYTES = 1.5 * 2 ** 30;
/** Below this loading is quick whatever is optimised, and freed activations may be kept for speed. */
const SMALL_WEIGHTS = 512 * 2 ** 20;
/** An optimised copy on disk, in float32, is up to twice as big as its source. */
const KEPT_WEIGHTS = 64 * 2 ** 20;

/** A part whose graph is changed in memory before it is loaded. */
export interface GraphVariant {
  /** The same for the same change. */
  readonly key: string;
  /** The changed ONNX file. @param path absolute path of the part's graph */
  content(path: string): Uint8Array;
}

interface LoadedPart {
  readonly path: string;
  /** Empty for the file as it lies there. */
  readonly variant: string;
  readonly model: Promise<Model>;
}

/**
 * The loaded parts of one model: loaded at first use, memoised, and given back after their stage when the machine
 * cannot hold them all.
 */
export class ModelSet {
  private readonly models = new Map<PartName, LoadedPart>();
  private readonly tokenizers = new Map<TextEncoderNumber, Promise<Tokenizer>>();
  private keepsResident = true;

  constructor(private readonly runtime: InferenceRuntime) {}

  /** Whether parts stay loaded after their work, or take turns in memory. */
  get isResident(): boolean {
    return this.keepsResident;
  }

  /** Decides, for pictures of so many pixels, whether parts stay loaded; `free` is what the machine can still give. */
  plan(layout: ModelLayout, pixels: number, free: number = freemem()): void {
    const { resident } = planMemory(layout, pixels);
    this.keepsResident = resident < free + process.memoryUsage.rss() - RESERVE_BYTES;
  }

  isLoaded(part: Part, variant: GraphVariant | null = null): boolean {
    const loaded = this.models.get(part.name);
    return loaded?.path === part.graph.path && loaded.variant === (variant?.key ?? '');
  }

  /**
   * One session per part: a variant or a float32 copy takes the place of the plain graph and the other way round.
   * @throws StudioError naming the file; a failed load is forgotten, so the next call tries again
   */
  async load(part: Part, variant: GraphVariant | null = null): Promise<Model> {
    const known = this.models.get(part.name);
    if (known !== undefined && this.isLoaded(part, variant)) return known.model;
    if (known !== undefined) await this.drop(part.name);
    requireWeights(part.graph);
    const options = this.optionsFor(part);
    const { path } = part.graph;
    const model = this.runtime.load(path, variant === null ? options : { ...options, content: variant.content(path) });
    this.models.set(part.name, { path, variant: variant?.key ?? '', model });
    model.catch(() => this.models.delete(part.name));
    return model;
  }

  /** Says that no stage of this picture needs the part any more. */
  async finish(part: Part): Promise<void> {
    if (!this.keepsResident) await this.drop(part.name);
  }

  tokenizer(number: TextEncoderNumber, folder: string): Promise<Tokenizer> {
    const known = this.tokenizers.get(number);
    if (known !== undefined) return known;
    const loading = loadTokenizer(folder);
    this.tokenizers.set(number, loading);
    loading.catch(() => this.tokenizers.delete(number));
    return loading;
  }

  async release(): Promise<void> {
    for (const name of [...this.models.keys()]) await this.drop(name);
    this.tokenizers.clear();
  }

  private async drop(name: PartName): Promise<void> {
    const loaded = this.models.get(name);
    this.models.delete(name);
    if (loaded !== undefined) await (await loaded.model).release();
  }

  /**
   * The arena keeps gigabytes of a big model's activations, and a VAE runs once, so it never profits (ENGINE.md 8.4).
   * Hardware layouts take a fifth off convolutions here, but make loading 3.4 GB of weights four times slower.
   */
  private optionsFor(part: Part): LoadOptions {
    const isSmall = part.graph.bytes < SMALL_WEIGHTS;
    const isVae = part.name === 'vae_decoder' || part.name === 'vae_encoder';
    const isKept = part.graph.bytes < KEPT_WEIGHTS && part.graph.externalFiles.length === 0;
    return { optimisation: isSmall ? 'all' : 'extended', memoryArena: isSmall && !isVae, isKept };
  }
}
