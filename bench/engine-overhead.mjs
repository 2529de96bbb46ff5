/**
 * Engine time over a bare onnxruntime-node loop of the same runs: text encoders, 20 denoiser runs, one VAE decode. The
 * engine's own feeds are recorded once and replayed bare. Rounds alternate; medians, the best rounds and processor time are compared, because a
 * shared machine drifts.
 * Usage: node bench/engine-overhead.mjs [--rounds N] [--size PIXELS] [--model NAME ...]
 */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as ort from 'onnxruntime-node';
import { bundleForNode } from '../scripts/lib/bundle-for-node.mjs';

/**
 * @typedef {import('../src/main/engine/runtime/runtime').InferenceRuntime} InferenceRuntime
 * @typedef {import('../src/main/engine/runtime/runtime').Feeds} Feeds
 * @typedef {{ readonly path: string, readonly feeds: Feeds }} RecordedRun
 */

const ROOT = resolve(import.meta.dirname, '..');
const STEPS = 20;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    size: { type: 'string', default: '256' },
    model: { type: 'string', multiple: true, default: ['tiny-sd15', 'tiny-sd21-v', 'tiny-sdxl', 'tiny-sd3'] },
  },
});
const rounds = Number(values.rounds);
const size = Number(values.size);

/** As the engine's own runtime sets them (src/main/engine/runtime/ort.ts, models/model-set.ts). */
const sessionOptions = (/** @type {string} */ path) => ({
  executionProviders: ['cpu'],
  graphOptimizationLevel: /** @type {const} */ ('all'),
  enableCpuMemArena: !path.includes('vae_'),
  executionMode: /** @type {const} */ ('sequential'),
  logSeverityLevel: /** @type {const} */ (4),
  extra: { session: { intra_op: { allow_spinning: '0' } } },
});

/** @param {readonly number[]} numbers */
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;

/** Wall and processor milliseconds: neighbours on a shared machine lengthen the first, hardly the second. */
const clocks = () => ({ wall: performance.now(), cpu: process.cpuUsage() });

/** @param {ReturnType<typeof clocks>} start */
function since({ wall, cpu }) {
  const { user, system } = process.cpuUsage(cpu);
  return { wall: performance.now() - wall, cpu: (user + system) / 1000 };
}

/** @param {Feeds} feeds */
const toTensors = (feeds) => Object.fromEntries(Object.entries(feeds).map(([name, { type, data, dims }]) => [name, new ort.Tensor(type, /** @type {any} */ (data), dims)]));

/** @param {InferenceRuntime} inner @param {RecordedRun[]} runs @returns {InferenceRuntime} */
const recording = (inner, runs) => ({
  choice: () => inner.choice(),
  load: async (path, options) => {
    const model = await inner.load(path, options);
    return {
      ...model,
      run: (feeds) => {
        runs.push({ path, feeds });
        return model.run(feeds);
      },
    };
  },
});

/** Opens bare sessions for recorded runs. @param {readonly RecordedRun[]} runs */
async function openBare(runs) {
  /** @type {Map<string, ort.InferenceSession>} */
  const sessions = new Map();
  for (const { path } of runs) if (!sessions.has(path)) sessions.set(path, await ort.InferenceSession.create(path, sessionOptions(path)));
  const calls = runs.map(({ path, feeds }) => ({ isDenoiser: /unet|transformer/.test(path), session: sessions.get(path), tensors: toTensors(feeds) }));
  return async () => {
    const start = clocks();
    const denoiserTimes = [];
    for (const { session, tensors, isDenoiser } of calls) {
      const before = performance.now();
      await session?.run(tensors);
      if (isDenoiser) denoiserTimes.push(performance.now() - before);
    }
    return { ...since(start), denoiser: median(denoiserTimes) };
  };
}

/**
 * @param {typeof import('../src/main/engine/create-engine').createEngine} createEngine
 * @param {InferenceRuntime} runtime
 * @param {string} model
 */
async function measure(createEngine, runtime, model) {
  let prompts = 0;
  /** @param {import('../src/main/engine/engine').Engine} engine */
  const generate = async (engine) => {
    prompts += 1;
    const start = clocks();
    await engine.generate(
      {
        // Another prompt each time: the engine would not encode a known one again, as the bare loop does.
        kind: 'txt2img', modelPath: join(ROOT, 'tests/fixtures/models', model), prompt: `a red fox ${prompts}`, negativePrompt: `blurry ${prompts}`, width: size, height: size,
        numInferenceSteps: STEPS, guidanceScale: 7.5, scheduler: model === 'tiny-sd3' ? null : 'euler', seed: prompts, count: 1, plain: true,
      },
      { signal: new AbortController().signal, onProgress: () => undefined, onImage: () => Promise.resolve() },
    );
    return since(start);
  };
  /** @type {RecordedRun[]} */
  const runs = [];
  const recorder = createEngine({ runtime: recording(runtime, runs) });
  await generate(recorder);
  await recorder.release();
  const bare = await openBare(runs);
  const engine = createEngine({ runtime });
  await generate(engine);
  await bare();
  /** @type {ReturnType<typeof since>[]} */
  const engineTimes = [];
  /** @type {(ReturnType<typeof since> & { denoiser: number })[]} */
  const bareTimes = [];
  for (let round = 0; round < rounds; round += 1) {
    engineTimes.push(await generate(engine));
    bareTimes.push(await bare());
  }
  await engine.release();
  const walls = { engine: engineTimes.map(({ wall }) => wall), bare: bareTimes.map(({ wall }) => wall) };
  return {
    model, size, runs: runs.length, denoiserMs: median(bareTimes.map(({ denoiser }) => denoiser)), bareMs: median(walls.bare), engineMs: median(walls.engine),
    ratio: median(walls.engine) / median(walls.bare), bestRatio: Math.min(...walls.engine) / Math.min(...walls.bare),
    processorRatio: median(engineTimes.map(({ cpu }) => cpu)) / median(bareTimes.map(({ cpu }) => cpu)),
  };
}

const { createEngine } = await import(await bundleForNode('src/main/engine/create-engine.ts', 'bench/engine'));
const { ortRuntime } = await import(await bundleForNode('src/main/engine/runtime/ort.ts', 'bench/runtime'));
for (const model of values.model) {
  const result = await measure(createEngine, ortRuntime(), model);
  console.log(JSON.stringify(result, (_, value) => (typeof value === 'number' ? Math.round(value * 1000) / 1000 : value)));
}
