/** Element types a graph may declare for its inputs and outputs; `other` is carried in the metadata only. */
export type ElementType = 'float32' | 'float16' | 'int32' | 'int64' | 'bool' | 'other';

/** A tensor at the edge of a graph, C order. float16 travels as its bits, bool as bytes 0 and 1. */
export type TensorValue =
  | { readonly type: 'float32'; readonly dims: readonly number[]; readonly data: Float32Array }
  | { readonly type: 'float16'; readonly dims: readonly number[]; readonly data: Uint16Array }
  | { readonly type: 'int32'; readonly dims: readonly number[]; readonly data: Int32Array }
  | { readonly type: 'int64'; readonly dims: readonly number[]; readonly data: BigInt64Array }
  | { readonly type: 'bool'; readonly dims: readonly number[]; readonly data: Uint8Array };

/** A declared input or output; a dimension is a number where the export is static, else its symbolic name. */
export interface TensorInfo {
  readonly name: string;
  readonly type: ElementType;
  readonly dims: readonly (number | string)[];
}

export type Feeds = Readonly<Record<string, TensorValue>>;

/** One loaded graph. Runs block the JavaScript thread in native code, so callers yield between them. */
export interface Model {
  readonly path: string;
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  /** @throws StudioError `model-invalid`, `model-unsupported` or `out-of-memory`, naming the file. */
  run(feeds: Feeds): Promise<Readonly<Record<string, TensorValue>>>;
  /** Gives the session's memory back; the model must not be run afterwards. */
  release(): Promise<void>;
}

export interface LoadOptions {
  /** `all` adds hardware-specific layouts: faster convolutions, four times slower to load (ENGINE.md 8.2). */
  readonly optimisation: 'extended' | 'all';
  /** Keeping freed activations for the next run; off saves gigabytes at little cost (ENGINE.md 8.4). */
  readonly memoryArena: boolean;
  /** The graph's bytes where they differ from the file's; its external weights still lie beside the file. */
  readonly content?: Uint8Array;
  /** The optimised graph is worth a copy on disk: it is small, and its weights are all in the file itself. */
  readonly isKept?: boolean;
}

export interface InferenceRuntime {
  /** What computes, e.g. `cpu` or `cuda`, with one sentence for each provider that was tried and not trusted. */
  choice(): Promise<{ readonly provider: string; readonly notes: readonly string[] }>;
  /** @throws StudioError naming the file and the remedy. */
  load(path: string, options: LoadOptions): Promise<Model>;
}
