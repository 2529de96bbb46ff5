/**
 * 512 to 2048 pixels by a network against a bare onnxruntime-node loop over the very same tiles, whose inputs lie ready.
 * The two take turns, and in going first too; each round gives one ratio, and their median and quartiles are printed:
 * of the enlarging itself, and of all with reading the file, writing the PNG and its recipe's place. By the clock and by
 * processor time, which neighbours on a shared machine disturb less.
 * Usage: node bench/upscale-overhead.mjs [--rounds N] [--model NAME ...]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as ort from 'onnxruntime-node';
import sharp from 'sharp';
import { bundleForNode } from '../scripts/lib/bundle-for-node.mjs';

/**
 * @typedef {import('../src/main/engine/runtime/runtime').InferenceRuntime} InferenceRuntime
 * @typedef {import('../src/main/engine/runtime/runtime').Feeds} Feeds
 */

const ROOT = resolve(import.meta.dirname, '..');
const SIDE = 512;
const SCALE = 4;

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '7' }, model: { type: 'string', multiple: true, default: ['realesr-animevideov3'] } },
});
const rounds = Number(values.rounds);

/** @param {readonly number[]} numbers @param {number} share */
const quantile = (numbers, share) => [...numbers].sort((a, b) => a - b)[Math.floor((numbers.length - 1) * share)] ?? NaN;
/** @param {readonly number[]} numbers */
const show = (numbers) => `${quantile(numbers, 0.5).toFixed(3)} (${quantile(numbers, 0.25).toFixed(3)} to ${quantile(numbers, 0.75).toFixed(3)})`;

const start = () => ({ wall: performance.now(), cpu: process.cpuUsage() });
/** @param {ReturnType<typeof start>} from */
function since({ wall, cpu }) {
  const { user, system } = process.cpuUsage(cpu);
  return { wall: performance.now() - wall, cpu: (user + system) / 1000 };
}

/** @type {typeof import('../src/main/engine/runtime/ort')} */
const { ortRuntime } = await import(await bundleForNode('src/main/engine/runtime/ort.ts', 'bench-ort'));
/** @type {typeof import('../src/main/engine/create-engine')} */
const { createEngine } = await import(await bundleForNode('src/main/engine/create-engine.ts', 'bench-engine'));

const folder = mkdtempSync(join(tmpdir(), 'palimpsest-bench-'));
const sourcePath = join(folder, 'source.png');
const pixels = Uint8Array.from({ length: SIDE * SIDE * 3 }, (_, i) => (i * 7 + ((i * i) >> 9)) & 255);
await sharp(pixels, { raw: { width: SIDE, height: SIDE, channels: 3 } }).png().toFile(sourcePath);

for (const name of values.model) {
  const path = join(ROOT, 'resources/models/upscalers', name);
  const real = ortRuntime();
  /** @type {Feeds[]} */
  const recorded = [];
  /** @type {{ wall: number, cpu: number }} Time inside of the engine's stage that enlarges. */
  let stage = { wall: 0, cpu: 0 };
  /** @type {InferenceRuntime} */
  const recording = {
    choice: () => real.choice(),
    load: async (file, options) => {
      const model = await real.load(file, options);
      return { ...model, run: (feeds) => (recorded.push(feeds), model.run(feeds)) };
    },
  };
  const describer = createEngine({ runtime: real });
  const { context, tile, traits, multipleOf, fixedSide } = await describer.describeUpscaler(path);
  await describer.release();
  const size = { width: SIDE, height: SIDE };
  const to = { width: SIDE * SCALE, height: SIDE * SCALE };
  const count = Math.ceil(SIDE / tile) ** 2;
  /** @param {import('../src/main/engine/engine').Engine} engine @param {string} work */
  const upscale = async (engine, work) => {
    /** @type {ReturnType<typeof start> | null} */
    let from = null;
    await engine.resize(
      {
        sourcePath, workFolder: join(folder, work), steps: [{ kind: 'model', upscalerId: /** @type {never} */ (name), scale: SCALE, from: size, to, tiles: count }],
        upscaler: { path, traits, tile, context, multipleOf, fixedSide }, creative: null, extend: null,
        output: { path: join(folder, 'result.png'), format: 'png', quality: 90, density: null },
      },
      {
        signal: new AbortController().signal,
        onProgress: (progress) => {
          if (progress.stage !== 'upscaling') return;
          if (progress.step === 0) from = start();
          if (progress.step === progress.total && from !== null) stage = since(from);
        },
        textFor: ({ xmp }) => Promise.resolve({ xmp, userComment: null }),
      },
    );
    rmSync(join(folder, work), { recursive: true, force: true });
  };

  const recorder = createEngine({ runtime: recording });
  await upscale(recorder, 'record');
  await recorder.release();
  const session = await ort.InferenceSession.create(join(path, 'model.onnx'), {
    executionProviders: ['cpu'], graphOptimizationLevel: 'all', enableCpuMemArena: false, executionMode: 'sequential', logSeverityLevel: 4,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  });
  const bare = async () => {
    for (const feeds of recorded) {
      /** @type {Record<string, ort.Tensor>} */
      const tensors = {};
      for (const [input, value] of Object.entries(feeds)) tensors[input] = new ort.Tensor('float32', /** @type {Float32Array} */ (value.data), value.dims);
      await session.run(tensors);
    }
  };
  const engine = createEngine({ runtime: real });
  await upscale(engine, 'warm');
  await bare();
  const ratios = { stageWall: /** @type {number[]} */ ([]), stageCpu: /** @type {number[]} */ ([]), wholeWall: /** @type {number[]} */ ([]), wholeCpu: /** @type {number[]} */ ([]) };
  for (let round = 0; round < rounds; round += 1) {
    let ours = { wall: 0, cpu: 0 };
    let theirs = { wall: 0, cpu: 0 };
    const parts = [
      async () => { const from = start(); await upscale(engine, `round-${round}`); ours = since(from); },
      async () => { const from = start(); await bare(); theirs = since(from); },
    ];
    if (round % 2 === 1) parts.reverse();
    for (const part of parts) await part();
    ratios.stageWall.push(stage.wall / theirs.wall);
    ratios.stageCpu.push(stage.cpu / theirs.cpu);
    ratios.wholeWall.push(ours.wall / theirs.wall);
    ratios.wholeCpu.push(ours.cpu / theirs.cpu);
  }
  await engine.release();
  await session.release();
  console.log(`${name}: ${SIDE} to ${SIDE * SCALE}, ${recorded.length} tiles, ${rounds} rounds; median (quartiles) of engine over bare loop`);
  console.log(`  enlarging: clock ${show(ratios.stageWall)}, processor ${show(ratios.stageCpu)}`);
  console.log(`  with reading and writing the files: clock ${show(ratios.wholeWall)}, processor ${show(ratios.wholeCpu)}`);
}
rmSync(folder, { recursive: true, force: true });
