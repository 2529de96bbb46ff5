/**
 * What a step costs beside the denoiser, in microseconds at 128x128x4 latents (a picture of 1024x1024): scaling the
 * input and stepping for every scheduler, noise from both generators, guidance. Medians of many calls.
 * Usage: node bench/scheduler.mjs [--steps N] [--rounds N]
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleForNode } from '../scripts/lib/bundle-for-node.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const COUNT = 4 * 128 * 128;

const { values } = parseArgs({ options: { steps: { type: 'string', default: '20' }, rounds: { type: 'string', default: '5' } } });
const numInferenceSteps = Number(values.steps);
const rounds = Number(values.rounds);

/** @param {readonly number[]} numbers */
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;

/** @param {string} label @param {readonly number[]} milliseconds */
const print = (label, milliseconds) => console.log(`${label.padEnd(24)} ${String(Math.round(median(milliseconds) * 1000)).padStart(8)} us`);

/** @param {() => unknown} work */
function timed(work) {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** @type {typeof import('../src/main/engine/schedulers/create-schedule-plan')} */
const { createSchedulePlan } = await import(await bundleForNode('src/main/engine/schedulers/create-schedule-plan.ts', 'bench/plan'));
/** @type {typeof import('../src/main/engine/schedulers/resolve-scheduler')} */
const { resolveSchedulerConfig } = await import(await bundleForNode('src/main/engine/schedulers/resolve-scheduler.ts', 'bench/resolve'));
/** @type {typeof import('../src/main/engine/schedulers/scheduler-config')} */
const { parseSchedulerConfig } = await import(await bundleForNode('src/main/engine/schedulers/scheduler-config.ts', 'bench/config'));
/** @type {typeof import('../src/main/engine/tensor/random')} */
const { TorchCpuGenerator } = await import(await bundleForNode('src/main/engine/tensor/random.ts', 'bench/random'));
/** @type {typeof import('../src/main/engine/tensor/philox')} */
const { PhiloxGenerator } = await import(await bundleForNode('src/main/engine/tensor/philox.ts', 'bench/philox'));
/** @type {typeof import('../src/main/engine/stages/guidance')} */
const { guide } = await import(await bundleForNode('src/main/engine/stages/guidance.ts', 'bench/guidance'));
/** @type {typeof import('../src/shared/schedulers')} */
const { SCHEDULERS } = await import(await bundleForNode('src/shared/schedulers.ts', 'bench/schedulers'));

const configOf = (/** @type {string} */ model) => parseSchedulerConfig(readFileSync(join(ROOT, 'tests/fixtures/models', model, 'scheduler/scheduler_config.json'), 'utf8'));
const folders = { diffusion: configOf('tiny-sd15'), flow: configOf('tiny-sd3') };

const generator = new TorchCpuGenerator(1);
const modelOutput = generator.randn(COUNT);
// Drawn ahead: the cost of noise stands on lines of its own.
const drawn = generator.randn(COUNT);

/** One picture's walk; the denoiser is a constant. @param {import('../src/shared/schedulers').SchedulerChoice} choice */
function walk(choice) {
  const plan = createSchedulePlan(resolveSchedulerConfig(folders[choice.kind], choice), { numInferenceSteps, eta: 1, imageSequenceLength: 64 * 64 });
  const solver = plan.begin();
  let sample = generator.randn(COUNT);
  return plan.timesteps.map((_, index) =>
    timed(() => {
      plan.scaleModelInput(sample, index);
      sample = solver.step({ modelOutput, sample, index, noise: () => drawn });
    }),
  );
}

const repeat = (/** @type {() => unknown} */ work) => Array.from({ length: rounds * numInferenceSteps }, () => timed(work));

console.log(`per step, ${numInferenceSteps} steps, 1x4x128x128`);
for (const choice of SCHEDULERS) {
  walk(choice);
  print(choice.label, Array.from({ length: rounds }, () => walk(choice)).flat());
}
const philox = new PhiloxGenerator(1);
print('noise, torch CPU', repeat(() => generator.randn(COUNT)));
print('noise, Philox', repeat(() => philox.randn(COUNT)));
print('guidance', repeat(() => guide({ unconditional: drawn, conditional: modelOutput, scale: 7.5, rescale: 0 })));
print('guidance, rescaled', repeat(() => guide({ unconditional: drawn, conditional: modelOutput, scale: 7.5, rescale: 0.7 })));
