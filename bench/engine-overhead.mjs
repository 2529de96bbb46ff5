/**
 * Engine time over a bare onnxruntime-node loop of the same runs: text encoders, 20 denoiser runs, one VAE decode, with
 * nothing loaded on the clock. The engine's own feeds are recorded once and replayed bare. Tiny denoisers are made to
 * take at least --step milliseconds at their fastest (bench/heavier-model.mjs), as a real model's do. Engine and bare loop take turns, and
 * in going first too; each round gives one ratio, and their median and quartiles are printed, by the clock and by
 * processor time, which neighbours on a shared machine disturb less. Last, and disturbed least of all, stands the
 * processor time that the engine spends outside of its models' runs, and what share of the bare loop's time that is.
 * Usage: node bench/engine-overhead.mjs [--rounds N] [--size PIXELS] [--step MS] [--model NAME ...]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as ort from 'onnxruntime-node';
import { bundleForNode } from '../scripts/lib/bundle-for-node.mjs';
import { heavierModel } from './heavier-model.mjs';

/**
 * @typedef {import('../src/main/engine/runtime/runtime').InferenceRuntime} InferenceRuntime
 * @typedef {import('../src/main/engine/runtime/runtime').Feeds} Feeds
 * @typedef {{ readonly path: string, readonly feeds: Feeds }} RecordedRun
 */

const ROOT = resolve(import.meta.dirname, '..');
const STEPS = 20;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '11' },
    size: { type: 'string', default: '256' },
    step: { type: 'string', default: '60' },
    model: { type: 'string', multiple: true, default: ['tiny-sd15', 'tiny-sd21-v', 'tiny-sdxl', 'tiny-sd3'] },
  },
});
const rounds = Number(values.rounds);
const size = Number(values.size);
const leastStep = Number(values.step);

/** As the engine's own runtime sets them (src/main/engine/runtime/ort.ts, models/model-set.ts). */
const sessionOptions = (/** @type {string} */ path) => ({
  executionProviders: ['cpu'],
  graphOptimizationLevel: /** @type {const} */ ('all'),
  enableCpuMemArena: !path.includes('vae_'),
  executionMode: /** @type {const} */ ('sequential'),
  logSeverityLevel: /** @type {const} */ (4),
  extra: { session: { intra_op: { allow_spinning: '0' } } },
});

/** @param {readonly number[]} numbers @param {number} share */
const quantile = (numbers, share) => [...numbers].sort((a, b) => a - b)[Math.floor((numbers.length - 1) * share)] ?? NaN;
/** @param {readonly number[]} numbers */
const median = (numbers) => quantile(numbers, 0.5);

/** Wall and processor milliseconds: neighbours on a shared machine lengthen the first, hardly the second. */
const clocks = () => ({ wall: performance.now(), cpu: process.cpuUsage() });

/** @param {ReturnType<typeof clocks>} start */
function since({ wall, cpu }) {
  const { user, system } = process.cpuUsage(cpu);
  return { wall: performance.now() - wall, cpu: (user + system) / 1000 };
}

/** @param {Feeds} feeds */
const toTensors = (feeds) => Object.fromEntries(Object.entries(feeds).map(([name, { type, data, dims }]) => [name, new ort.Tensor(type, /** @type {any} */ (data), dims)]));

/** A runtime that shows each run of a model. @param {InferenceRuntime} inner @param {(run: RecordedRun, spent: ReturnType<typeof since>) => void} onRun @returns {InferenceRuntime} */
const watched = (inner, onRun) => ({
  choice: () => inner.choice(),
  load: async (path, options) => {
    const model = await inner.load(path, options);
    return {
      ...model,
      run: async (feeds) => {
        const start = clocks();
        const outputs = await model.run(feeds);
        onRun({ path, feeds }, since(start));
        return outputs;
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
    return { ...since(start), step: Math.min(...denoiserTimes) };
  };
}

/** Another prompt each time: the engine would not encode a known one again, as the bare loop does. */
let prompts = 0;

/** @param {import('../src/main/engine/engine').Engine} engine @param {string} modelPath */
async function generate(engine, modelPath) {
  prompts += 1;
  const start = clocks();
  await engine.generate(
    {
      kind: 'txt2img', modelPath, prompt: `a red fox ${prompts}`, negativePrompt: `blurry ${prompts}`, width: size, height: size,
      numInferenceSteps: STEPS, guidanceScale: 7.5, scheduler: modelPath.endsWith('sd3') ? null : 'euler', seed: prompts, count: 1, plain: true,
    },
    { signal: new AbortController().signal, onProgress: () => undefined, onImage: () => Promise.resolve() },
  );
  return since(start);
}

/** The bare loop of what the engine runs for one picture. @param {string} modelPath */
async function openBareLoop(modelPath) {
  /** @type {RecordedRun[]} */
  const runs = [];
  const recorder = createEngine({ runtime: watched(runtime, (run) => runs.push(run)) });
  await generate(recorder, modelPath);
  await recorder.release();
  const bare = await openBare(runs);
  await bare();
  return bare;
}

/** A model whose denoiser is slow enough, with its bare loop. @param {string} source @param {string} folder for the heavier copies */
async function slowEnough(source, folder) {
  let modelPath = source;
  let bare = await openBareLoop(modelPath);
  // Neighbours make a run slow by chance, never quick.
  const fastest = async () => Math.min((await bare()).step, (await bare()).step);
  for (let products = 4; (await fastest()) < leastStep; products *= 2) {
    modelPath = join(folder, String(products), basename(source));
    heavierModel(source, modelPath, products);
    bare = await openBareLoop(modelPath);
  }
  return { modelPath, bare };
}

/** @param {readonly number[]} ratios */
const spread = (ratios) => `${median(ratios).toFixed(3)} (${quantile(ratios, 0.25).toFixed(3)} to ${quantile(ratios, 0.75).toFixed(3)})`;

/** @param {string} model @param {string} folder */
async function measure(model, folder) {
  const { modelPath, bare } = await slowEnough(join(ROOT, 'tests/fixtures/models', model), folder);
  let inside = 0;
  const engine = createEngine({ runtime: watched(runtime, (_, { cpu }) => { inside += cpu; }) });
  await generate(engine, modelPath);
  inside = 0;
  /** @type {{ engine: ReturnType<typeof since>, bare: Awaited<ReturnType<typeof bare>> }[]} */
  const pairs = [];
  for (let round = 0; round < rounds; round += 1) {
    const first = round % 2 === 0 ? await generate(engine, modelPath) : null;
    const alone = await bare();
    pairs.push({ engine: first ?? (await generate(engine, modelPath)), bare: alone });
  }
  await engine.release();
  const step = Math.min(...pairs.map((pair) => pair.bare.step));
  const total = (/** @type {(pair: typeof pairs[number]) => number} */ of) => pairs.reduce((sum, pair) => sum + of(pair), 0);
  const own = total((pair) => pair.engine.cpu) - inside;
  console.log(
    `${model.padEnd(14)} step ${step.toFixed(0).padStart(4)} ms   clock ${spread(pairs.map((pair) => pair.engine.wall / pair.bare.wall))}   ` +
      `processor ${spread(pairs.map((pair) => pair.engine.cpu / pair.bare.cpu))}   outside of models ${(own / rounds).toFixed(1)} ms a picture, ${((own / total((pair) => pair.bare.wall)) * 100).toFixed(1)} %`,
  );
}

const { createEngine } = await import(await bundleForNode('src/main/engine/create-engine.ts', 'bench/engine'));
const { ortRuntime } = await import(await bundleForNode('src/main/engine/runtime/ort.ts', 'bench/runtime'));
const runtime = ortRuntime();
const folder = mkdtempSync(join(tmpdir(), 'palimpsest-bench-'));
console.log(`${size}x${size}, ${STEPS} steps, ${rounds} rounds; ratio of engine to bare loop: median (quartiles)`);
try {
  for (const model of values.model) await measure(model, folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
