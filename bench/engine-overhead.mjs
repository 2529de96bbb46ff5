/**
 * Engine time over a bare onnxruntime-node loop of the same graphs: two text encoder runs, 20 U-Net runs, one VAE
 * decode. Rounds alternate and the medians are compared, because a shared machine drifts.
 * Usage: node bench/engine-overhead.mjs [--rounds N] [--size PIXELS] [--model NAME ...]
 */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as ort from 'onnxruntime-node';
import { bundleForNode } from '../scripts/lib/bundle-for-node.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const STEPS = 20;
const TOKENS = 77;

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, size: { type: 'string', default: '256' }, model: { type: 'string', multiple: true, default: ['tiny-sd15', 'tiny-sd21-v', 'tiny-sdxl', 'tiny-sd3'] } },
});
const rounds = Number(values.rounds);
const size = Number(values.size);

/** As the engine's own runtime sets them (src/main/engine/runtime/ort.ts). */
const sessionOptions = (memoryArena) => ({
  executionProviders: ['cpu'],
  graphOptimizationLevel: 'extended',
  enableCpuMemArena: memoryArena,
  executionMode: 'sequential',
  logSeverityLevel: 4,
  extra: { session: { intra_op: { allow_spinning: '0' } } },
});

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

const bigEnough = (dims) => dims.reduce((product, dim) => product * dim, 1);

function tensorFor(info, symbolic) {
  const dims = info.shape.map((dim) => (typeof dim === 'number' ? dim : symbolic(dim)));
  const count = bigEnough(dims);
  if (info.type === 'int64') return new ort.Tensor('int64', new BigInt64Array(count).fill(5n), dims);
  return new ort.Tensor('float32', Float32Array.from({ length: count }, (_, i) => Math.sin(i)), dims);
}

/** Runs every graph of the folder as often as the engine does, on inputs of the same shapes. */
async function openBare(folder, { names, batch, contextLength }) {
  const sessions = new Map();
  for (const name of names) sessions.set(name, await ort.InferenceSession.create(join(folder, name, 'model.onnx'), sessionOptions(name !== 'vae_decoder')));
  const latent = size / 8;
  const shapes = {
    text: (dim) => (/batch/.test(dim) ? 1 : TOKENS),
    denoiser: (dim) => (/height|width/.test(dim) ? latent : /sequence/.test(dim) ? contextLength : batch),
    decoder: (dim) => (/height|width/.test(dim) ? latent : 1),
  };
  const feedsFor = (session, symbolic) => Object.fromEntries(session.inputMetadata.map((info) => [info.name, tensorFor(info, symbolic)]));
  return async () => {
    const denoiserTimes = [];
    const start = performance.now();
    for (const name of names.filter((part) => part.startsWith('text'))) {
      const session = sessions.get(name);
      for (let side = 0; side < batch; side += 1) await session.run(feedsFor(session, shapes.text));
    }
    const denoiser = sessions.get(names.find((part) => part === 'unet' || part === 'transformer'));
    const feeds = feedsFor(denoiser, shapes.denoiser);
    for (let step = 0; step < STEPS; step += 1) {
      const before = performance.now();
      await denoiser.run(feeds);
      denoiserTimes.push(performance.now() - before);
    }
    const decoder = sessions.get('vae_decoder');
    await decoder.run(feedsFor(decoder, shapes.decoder));
    return { total: performance.now() - start, denoiser: median(denoiserTimes) };
  };
}

async function measure(createEngine, ortRuntime, model) {
  const folder = join(ROOT, 'tests/fixtures/models', model);
  const isSd3 = model === 'tiny-sd3';
  const isSdxl = model === 'tiny-sdxl';
  const names = ['text_encoder', ...(isSd3 || isSdxl ? ['text_encoder_2'] : []), ...(isSd3 ? [] : []), isSd3 ? 'transformer' : 'unet', 'vae_decoder'];
  const engine = createEngine({ runtime: ortRuntime() });
  let run = 0;
  const generate = async () => {
    const start = performance.now();
    // Another prompt each time, so that the text is encoded as in the bare loop; SDXL's negative is given for the same reason.
    const task = {
      kind: 'txt2img', modelPath: folder, prompt: `a red fox ${(run += 1)}`, negativePrompt: `blurry ${run}`, width: size, height: size, numInferenceSteps: STEPS, guidanceScale: 7.5,
      scheduler: isSd3 ? null : 'euler', seed: run, count: 1, useT5: false,
    };
    await engine.generate(task, { signal: new AbortController().signal, onProgress: () => undefined, onImage: () => Promise.resolve() });
    return performance.now() - start;
  };
  const bare = await openBare(folder, { names, batch: 2, contextLength: isSd3 ? TOKENS + 256 : TOKENS });
  await generate();
  await bare();
  const engineTimes = [];
  const bareTimes = [];
  const denoiserTimes = [];
  for (let round = 0; round < rounds; round += 1) {
    engineTimes.push(await generate());
    const { total, denoiser } = await bare();
    bareTimes.push(total);
    denoiserTimes.push(denoiser);
  }
  await engine.release();
  return { model, size, denoiserMs: median(denoiserTimes), bareMs: median(bareTimes), engineMs: median(engineTimes), ratio: median(engineTimes) / median(bareTimes), bestRatio: Math.min(...engineTimes) / Math.min(...bareTimes) };
}

const { createEngine } = await import(await bundleForNode('src/main/engine/create-engine.ts', 'bench/engine'));
const { ortRuntime } = await import(await bundleForNode('src/main/engine/runtime/ort.ts', 'bench/runtime'));
for (const model of values.model) {
  const result = await measure(createEngine, ortRuntime, model);
  console.log(JSON.stringify(result, (_, value) => (typeof value === 'number' ? Math.round(value * 1000) / 1000 : value)));
}
