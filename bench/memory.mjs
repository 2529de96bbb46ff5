/**
 * Peak memory of one picture per family against the sum of its parts, each loaded alone and used as the engine would.
 * Every number is the peak of a process of its own, less what a process with the runtime and nothing else takes.
 * Usage: node bench/memory.mjs [--size PIXELS] [--model FOLDER ...]
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bundleForNode } from '../scripts/lib/bundle-for-node.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const FIXTURES = join(ROOT, 'tests/fixtures/models');
const FAMILIES = ['tiny-sd15', 'tiny-sd15-fp16', 'tiny-sd15-inpaint', 'tiny-sd21-v', 'tiny-turbo', 'tiny-lcm', 'tiny-sdxl', 'tiny-sd3'];
const MEGABYTE = 2 ** 20;

const { values } = parseArgs({
  options: {
    size: { type: 'string', default: '256' },
    model: { type: 'string', multiple: true, default: [join(ROOT, 'resources/models/palimpsest-draw'), ...FAMILIES.map((name) => join(FIXTURES, name))] },
    child: { type: 'string' },
    target: { type: 'string', default: '' },
    runtime: { type: 'string', default: '' },
    engine: { type: 'string', default: '' },
  },
});
const size = Number(values.size);

/** A child's work: nothing, one part loaded, or one whole picture. It prints its own peak in bytes. */
async function child() {
  /** @type {typeof import('../src/main/engine/runtime/ort')} */
  const { ortRuntime } = await import(values.runtime);
  /** @type {typeof import('../src/main/engine/create-engine')} */
  const { createEngine } = await import(values.engine);
  const runtime = ortRuntime();
  const engine = createEngine({ runtime });
  if (values.child === 'part') await runtime.load(values.target, { optimisation: 'all', memoryArena: !values.target.includes('vae_') });
  if (values.child === 'picture') {
    const { tasks } = await engine.describeModel(values.target);
    const isEdit = !tasks.includes('txt2img');
    await engine.generate(
      {
        kind: isEdit ? 'inpaint' : 'txt2img', modelPath: values.target, prompt: 'a red fox', negativePrompt: '', width: size, height: size, numInferenceSteps: 4,
        guidanceScale: 7.5, scheduler: null, seed: 1, count: 1,
        ...(isEdit ? { imagePath: join(ROOT, 'tests/fixtures/golden/pipelines/inputs/scene-64x64.png'), maskPath: join(ROOT, 'tests/fixtures/golden/pipelines/inputs/mask-rect-64x64.png') } : {}),
      },
      { signal: new AbortController().signal, onProgress: () => undefined, onImage: () => Promise.resolve() },
    );
  }
  process.stdout.write(String(process.resourceUsage().maxRSS * 1024));
}

/** @param {{ readonly runtime: string, readonly engine: string }} modules @param {readonly string[]} args */
function peak({ runtime, engine }, args) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), '--runtime', runtime, '--engine', engine, '--size', String(size), ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr.split('\n').find((line) => line.includes('Error')) ?? `exit ${status}`);
  return Number(stdout) / MEGABYTE;
}

/** The parts that a picture needs: the encoder of pictures only where one is given. @param {string} folder */
function graphsOf(folder) {
  return readdirSync(folder)
    .map((part) => join(folder, part, 'model.onnx'))
    .filter((path) => existsSync(path) && (folder.includes('inpaint') || !path.includes('vae_encoder')));
}

const show = (/** @type {number} */ megabytes) => megabytes.toFixed(1).padStart(8);

async function main() {
  const modules = { runtime: await bundleForNode('src/main/engine/runtime/ort.ts', 'bench/runtime'), engine: await bundleForNode('src/main/engine/create-engine.ts', 'bench/engine') };
  const base = peak(modules, ['--child', 'nothing']);
  console.log(`MB above the ${base.toFixed(0)} MB of an empty process; a picture of ${size}x${size}`);
  console.log(`${'model'.padEnd(20)}    files    parts  picture  picture/parts`);
  for (const folder of values.model) {
    const graphs = graphsOf(folder);
    const files = graphs.reduce((sum, path) => sum + statSync(path).size / MEGABYTE, 0);
    const parts = graphs.reduce((sum, path) => sum + peak(modules, ['--child', 'part', '--target', path]) - base, 0);
    const picture = peak(modules, ['--child', 'picture', '--target', folder]) - base;
    console.log(`${basename(folder).padEnd(20)} ${show(files)} ${show(parts)} ${show(picture)} ${show(picture / parts)}`);
  }
}

await (values.child === undefined ? main() : child());
