import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StudioError, assertNever } from '../../shared/errors';
import type { Engine, GenerateTask, RunContext, RunFacts, UpscalerDescription } from './engine';
import { describeModel } from './models/describe-model';
import { folderSignature } from './models/model-folder';
import { readModelLayout, type ModelLayout } from './models/model-layout';
import { ModelSet } from './models/model-set';
import { requireProcessorOperators } from './models/processor-operators';
import { probeUpscaler } from './models/probe-upscaler';
import { UpscalerCache } from './models/upscaler';
import { keptSide } from './models/upscaler-layout';
import { img2img } from './pipelines/img2img';
import { inpaint } from './pipelines/inpaint';
import { outpaint } from './pipelines/outpaint';
import { txt2img } from './pipelines/txt2img';
import { upscale } from './pipelines/upscale';
import { Run, type LoadedModel, type Picture } from './run-context';
import { Float32Copies } from './runtime/float32-copies';
import type { InferenceRuntime } from './runtime/runtime';
import { PictureClassifier } from './safety/classifier';
import type { NoiseGenerator } from './tensor/noise';
import { PhiloxGenerator } from './tensor/philox';
import { TorchCpuGenerator } from './tensor/random';

export interface EngineOptions {
  readonly runtime: InferenceRuntime;
  readonly log?: (text: string) => void;
  /** Where float32 copies of parts that overflow in float16 are kept for the next start; without it none are. */
  readonly cacheFolder?: string;
  /** Where the noise of picture `index` comes from; by default a generator seeded with the task's seed + index. */
  readonly noiseFor?: (task: GenerateTask, index: number) => NoiseGenerator;
}

const SEED_MODULUS = 2 ** 32;

const seedOf = (task: GenerateTask, index: number): number => (task.seed + index) % SEED_MODULUS;

function defaultNoise(task: GenerateTask, index: number): NoiseGenerator {
  const seed = seedOf(task, index);
  return task.noiseSource === 'gpu' ? new PhiloxGenerator(seed) : new TorchCpuGenerator(seed);
}

interface OpenModel extends LoadedModel {
  readonly signature: string;
}

function runPipeline(run: Run, pictures: readonly Picture[]): Promise<void> {
  const { kind } = run.task;
  switch (kind) {
    case 'txt2img':
      return txt2img(run, pictures);
    case 'img2img':
      return img2img(run, pictures);
    case 'inpaint':
      return inpaint(run, pictures);
    case 'outpaint':
      return outpaint(run, pictures);
    default:
      return assertNever(kind);
  }
}

function checkTask(task: GenerateTask): void {
  if (!Number.isInteger(task.numInferenceSteps) || task.numInferenceSteps < 1) {
    throw new StudioError('invalid-request', `Expected at least 1 step but received ${task.numInferenceSteps}.`);
  }
  if (!Number.isInteger(task.count) || task.count < 1) throw new StudioError('invalid-request', `Expected at least 1 picture but received ${task.count}.`);
  if (!Number.isFinite(task.guidanceScale)) throw new StudioError('invalid-request', `Expected a number for the guidance scale but received ${task.guidanceScale}.`);
  const cutoff = task.guidanceCutoff ?? 1;
  if (!(cutoff >= 0 && cutoff <= 1)) throw new StudioError('invalid-request', `Expected a guidance cutoff between 0 and 1 but received ${cutoff}.`);
}

/** @throws StudioError `model-unsupported` for text- or image-to-image with a denoiser that wants a masked picture too */
function requireKind(layout: ModelLayout, { kind }: GenerateTask): void {
  if (layout.inpainting === 'blended' || kind === 'inpaint' || kind === 'outpaint') return;
  throw new StudioError('model-unsupported', 'This is an inpainting model, which only repaints part of a picture: choose another model, or repaint with this one.');
}

/** A session of its own, so that a probe takes nothing away from a running job. */
async function describeUpscaler(path: string, runtime: InferenceRuntime): Promise<UpscalerDescription> {
  const probed = new UpscalerCache(runtime);
  try {
    const upscaler = await probed.load(path);
    const { fixedSide, context, graph } = upscaler.declared;
    return { ...(await probeUpscaler(upscaler, {})), tile: keptSide(upscaler.declared), context, fixedSide, diskBytes: graph.bytes, sha256: createHash('sha256').update(await readFile(graph.path)).digest('hex') };
  } finally {
    await probed.release();
  }
}

const asStudioError = (caught: unknown): Promise<never> => Promise.reject(StudioError.fromCaught(caught));

/**
 * The diffusion engine: files and tensors in, pictures out. One `generate` at a time; a second model replaces the
 * first in memory.
 */
export function createEngine(options: EngineOptions): Engine {
  const { runtime, log = () => undefined, noiseFor = defaultNoise } = options;
  const upscalers = new UpscalerCache(runtime);
  const float32 = new Float32Copies(options.cacheFolder === undefined ? null : join(options.cacheFolder, 'float32'));
  const classifier = new PictureClassifier(runtime);
  let open: OpenModel | null = null;

  const openModel = async (path: string): Promise<OpenModel> => {
    const signature = folderSignature(path);
    if (open?.layout.folder.path === path && open.signature === signature) return open;
    const layout = readModelLayout(path);
    if ((await runtime.choice()).provider === 'cpu') requireProcessorOperators(layout);
    await open?.parts.release();
    open = { layout, signature, parts: new ModelSet(runtime), prompts: new Map(), upscalers, float32, widened: new Map() };
    log(`Opened ${path}: ${layout.family.label}, ${layout.denoiser.inputChannels} channels`);
    return open;
  };

  const generate = async (task: GenerateTask, context: RunContext): Promise<RunFacts> => {
    if (context.signal.aborted) throw new StudioError('cancelled', 'The picture was cancelled.');
    checkTask(task);
    const model = await openModel(task.modelPath);
    requireKind(model.layout, task);
    const run = new Run(task, model, context);
    for (const note of (await runtime.choice()).notes) run.warnings.add(note);
    const pictures = Array.from({ length: task.count }, (_, index) => ({ index, seed: seedOf(task, index), noise: noiseFor(task, index) }));
    await runPipeline(run, pictures);
    return run.facts();
  };

  return {
    describeModel: (path) => Promise.resolve(describeModel(path)),
    classify: (path, image) => classifier.classify(path, image),
    generate: (task, context) => generate(task, context).catch(asStudioError),
    resize: (task, context) => upscale(task, context, { upscalers, generate }).catch(asStudioError),
    describeUpscaler: (path) => describeUpscaler(path, runtime).catch(asStudioError),
    async release() {
      const closing = open;
      open = null;
      await closing?.parts.release();
      await upscalers.release();
      await float32.release();
      await classifier.release();
    },
  };
}
