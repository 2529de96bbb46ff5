import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, basename } from 'node:path';
import type * as Ort from 'onnxruntime-node';
import { StudioError } from '../../../shared/errors';
import { graphCache, graphEntry, type GraphCache } from './graph-cache';
import { fromNativeError } from './native-errors';
import { chooseProvider, providerOrder, type Provider, type ProviderChoice, type ProviderProbe } from './providers';
import type { ElementType, Feeds, InferenceRuntime, LoadOptions, Model, TensorInfo, TensorValue } from './runtime';
import { SELF_TEST_INPUT, selfTestGraph } from './self-test-graph';

// From 1.29 on, official builds for Linux and macOS write a device id to the user's cache and send it, with names and
// hashes of models, to their maker (microsoft/onnxruntime pull request 27379). This studio sends nothing. The switch is
// read once, when the library loads: hence not an import, which would run before this line.
process.env['ORT_DISABLE_TELEMETRY'] = '1';
const ort = createRequire(import.meta.url)('onnxruntime-node') as typeof Ort;

const SILENT = 4;

function elementType(type: string): ElementType {
  switch (type) {
    case 'float32':
    case 'float16':
    case 'int32':
    case 'int64':
    case 'bool':
      return type;
    default:
      return 'other';
  }
}

const toInfo = (meta: Ort.InferenceSession.ValueMetadata): TensorInfo =>
  meta.isTensor
    ? { name: meta.name, type: elementType(meta.type), dims: [...meta.shape] }
    : { name: meta.name, type: 'other', dims: [] };

function toOrt(value: TensorValue): Ort.Tensor {
  switch (value.type) {
    case 'float32':
      return new ort.Tensor('float32', value.data, value.dims);
    case 'float16':
      return new ort.Tensor('float16', value.data, value.dims);
    case 'int32':
      return new ort.Tensor('int32', value.data, value.dims);
    case 'int64':
      return new ort.Tensor('int64', value.data, value.dims);
    case 'bool':
      return new ort.Tensor('bool', value.data, value.dims);
  }
}

/** Outputs of a type no pipeline reads (`other`) are dropped rather than refused. */
function fromOrt(tensor: Ort.Tensor): TensorValue | null {
  const { data, dims } = tensor;
  if (tensor.type === 'float32' && data instanceof Float32Array) return { type: 'float32', dims, data };
  if (tensor.type === 'float16' && data instanceof Uint16Array) return { type: 'float16', dims, data };
  if (tensor.type === 'int32' && data instanceof Int32Array) return { type: 'int32', dims, data };
  if (tensor.type === 'int64' && data instanceof BigInt64Array) return { type: 'int64', dims, data };
  if (tensor.type === 'bool' && data instanceof Uint8Array) return { type: 'bool', dims, data };
  return null;
}

/** `unet/model.onnx`: enough to find the file, without the user's folders in the sentence. */
const displayName = (path: string): string => `${basename(dirname(path))}/${basename(path)}`;

function sessionOptions(provider: Provider, options: LoadOptions): Ort.InferenceSession.SessionOptions {
  return {
    executionProviders: provider === 'cpu' ? ['cpu'] : [provider, 'cpu'],
    graphOptimizationLevel: options.optimisation,
    enableCpuMemArena: options.memoryArena,
    // DirectML forbids memory patterns; elsewhere they only help static shapes.
    enableMemPattern: provider !== 'dml',
    executionMode: 'sequential',
    logSeverityLevel: SILENT,
    // Without this the worker threads of an idle session burn a core between two steps.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  };
}

/** Loads the optimised copy of an earlier start, or makes one for the next. */
async function createCached(path: string, settings: Ort.InferenceSession.SessionOptions, { cache, entry }: { readonly cache: GraphCache; readonly entry: string }): Promise<Ort.InferenceSession> {
  const kept = await cache.find(entry);
  // A copy that cannot be loaded is ignored here and replaced below.
  const known = kept === null ? null : await ort.InferenceSession.create(kept, { ...settings, graphOptimizationLevel: 'disabled' }).catch(() => null);
  if (known !== null) return known;
  let made: Ort.InferenceSession | null = null;
  await cache.keep(entry, async (draft) => {
    made = await ort.InferenceSession.create(path, { ...settings, optimizedModelFilePath: draft });
  });
  // Assigned inside of the callback, which the compiler does not follow.
  return (made as Ort.InferenceSession | null) ?? ort.InferenceSession.create(path, settings);
}

interface Place {
  readonly provider: Provider;
  readonly cache: GraphCache | null;
}

/** A graph in memory has no folder, so it is told where its external weights lie. */
function createSession(path: string, { provider, cache }: Place, options: LoadOptions): Promise<Ort.InferenceSession> {
  const settings = sessionOptions(provider, options);
  if (options.content !== undefined) {
    const session = { model_external_initializers_file_folder_path: dirname(path), intra_op: { allow_spinning: '0' } };
    return ort.InferenceSession.create(options.content, { ...settings, extra: { session } });
  }
  // Other providers compile for a device while they load, which a copy of the graph does not hold.
  if (cache === null || provider !== 'cpu' || options.isKept !== true || !existsSync(path)) return ort.InferenceSession.create(path, settings);
  const entry = graphEntry(path, { provider, optimisation: options.optimisation, runtimeVersion: ort.env.versions.node ?? ort.env.versions.common });
  return createCached(path, settings, { cache, entry });
}

async function loadSession(path: string, place: Place, options: LoadOptions): Promise<Model> {
  const file = displayName(path);
  let session: Ort.InferenceSession;
  try {
    session = await createSession(path, place, options);
  } catch (caught) {
    throw fromNativeError(file, caught);
  }
  return {
    path,
    inputs: session.inputMetadata.map(toInfo),
    outputs: session.outputMetadata.map(toInfo),
    async run(feeds: Feeds) {
      const tensors: Record<string, Ort.Tensor> = {};
      for (const [name, value] of Object.entries(feeds)) tensors[name] = toOrt(value);
      try {
        const results = await session.run(tensors);
        const outputs: Record<string, TensorValue> = {};
        for (const [name, tensor] of Object.entries(results)) {
          const value = fromOrt(tensor);
          if (value !== null) outputs[name] = value;
        }
        return outputs;
      } catch (caught) {
        throw fromNativeError(file, caught);
      }
    },
    release: () => session.release(),
  };
}

/** Runs the self-test graph on one provider; any failure to start it is an answer too. */
const probe: ProviderProbe = async (provider) => {
  const session = await ort.InferenceSession.create(selfTestGraph(), sessionOptions(provider, { optimisation: 'extended', memoryArena: false }));
  try {
    const input = new ort.Tensor('float32', SELF_TEST_INPUT.data, SELF_TEST_INPUT.dims);
    const [output] = Object.values(await session.run({ [SELF_TEST_INPUT.name]: input }));
    if (!(output?.data instanceof Float32Array)) throw new StudioError('internal', `Expected float32 from the self-test but received ${output?.type ?? 'nothing'}`);
    return Float32Array.from(output.data);
  } finally {
    await session.release();
  }
};

/**
 * The runtime of the product. The provider is chosen at the first load, because a driver may take seconds to start.
 * @param options.cacheFolder where optimised graphs are kept for the next start; without it none are
 * @param options.provider `auto` tries this platform's providers in order, each against CPU numbers; a name forces one.
 */
export function ortRuntime(options: { readonly provider?: Provider | 'auto'; readonly cacheFolder?: string } = {}): InferenceRuntime {
  const wanted = options.provider ?? 'cpu';
  const choose = async (): Promise<ProviderChoice> => {
    if (wanted === 'cpu') return { provider: 'cpu', notes: [] };
    const bundled = new Set(ort.listSupportedBackends().filter((backend) => backend.bundled).map((backend) => backend.name));
    const order = wanted === 'auto' ? providerOrder(process.platform, process.arch).filter((name) => bundled.has(name)) : [wanted];
    return chooseProvider(order, probe);
  };
  const cache = options.cacheFolder === undefined ? null : graphCache(options.cacheFolder);
  let choice: Promise<ProviderChoice> | null = null;
  const chosen = (): Promise<ProviderChoice> => (choice ??= choose());
  return {
    choice: chosen,
    load: async (path, loadOptions) => loadSession(path, { provider: (await chosen()).provider, cache }, loadOptions),
  };
}
