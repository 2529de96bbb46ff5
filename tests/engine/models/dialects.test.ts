import { cpSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createEngine } from '../../../src/main/engine/create-engine';
import type { GenerateTask } from '../../../src/main/engine/engine';
import { ortRuntime } from '../../../src/main/engine/runtime/ort';
import { toyDenoiser, type Dialect } from './toy-denoiser';

const SOURCE = join(import.meta.dirname, '../../fixtures/models/tiny-sd15');
const CURRENT: Dialect = { sample: ['batch_size', 4, 'height', 'width'], timestep: { type: 'float', dims: [] }, context: ['batch_size', 'sequence_length', 32] };

function modelWithDenoiser(dialect: Dialect): string {
  const folder = mkdtempSync(join(tmpdir(), 'palimpsest-dialect-'));
  for (const name of readdirSync(SOURCE)) {
    if (name === 'unet') mkdirSync(join(folder, name));
    else if (name.endsWith('.json')) cpSync(join(SOURCE, name), join(folder, name));
    else symlinkSync(join(SOURCE, name), join(folder, name));
  }
  writeFileSync(join(folder, 'unet/model.onnx'), toyDenoiser(dialect));
  return folder;
}

async function finalLatents(dialect: Dialect, changes: Partial<GenerateTask> = {}): Promise<Float32Array> {
  const engine = createEngine({ runtime: ortRuntime() });
  let last = new Float32Array();
  const task: GenerateTask = {
    kind: 'txt2img', modelPath: modelWithDenoiser(dialect), prompt: 'a red fox', negativePrompt: 'blurry', width: 64, height: 64, numInferenceSteps: 3, guidanceScale: 4, scheduler: 'ddim', seed: 3, count: 1, ...changes,
  };
  try {
    await engine.generate(task, {
      signal: new AbortController().signal, onProgress: () => undefined, onImage: () => Promise.resolve(),
      onLatents: (_, latents) => {
        last = Float32Array.from(latents);
      },
    });
  } finally {
    await engine.release();
  }
  return last;
}

const DIALECTS: Readonly<Record<string, Dialect>> = {
  'old optimum: int64 timestep of the batch': { ...CURRENT, timestep: { type: 'int64', dims: ['steps'] } },
  'Olive: int64 timestep of one': { ...CURRENT, timestep: { type: 'int64', dims: [1] } },
  'legacy: float timestep of the batch, symbolic channels': { ...CURRENT, sample: ['batch', 'channels', 'height', 'width'], timestep: { type: 'float', dims: ['batch'] } },
  'batch fixed to one': { sample: [1, 4, 'height', 'width'], timestep: { type: 'float', dims: [1] }, context: [1, 'sequence_length', 32] },
  'batch fixed to two': { sample: [2, 4, 'height', 'width'], timestep: { type: 'float', dims: [2] }, context: [2, 'sequence_length', 32] },
  'everything static': { sample: [1, 4, 8, 8], timestep: { type: 'int64', dims: [1] }, context: [1, 77, 32] },
};

describe('a denoiser', () => {
  it.each(Object.entries(DIALECTS))('in the dialect of %s gives the same latents', async (_, dialect) => {
    const [expected, actual] = [await finalLatents(CURRENT), await finalLatents(dialect)];
    expect(actual).toHaveLength(256);
    expect(Math.max(...actual.map((value, i) => Math.abs(value - (expected[i] ?? NaN))))).toBeLessThan(1e-5);
  });

  it('with a batch fixed to two also runs without guidance', async () => {
    const unguided = { guidanceScale: 1 };
    const [expected, actual] = [await finalLatents(CURRENT, unguided), await finalLatents(DIALECTS['batch fixed to two'] ?? CURRENT, unguided)];
    expect(Math.max(...actual.map((value, i) => Math.abs(value - (expected[i] ?? NaN))))).toBeLessThan(1e-5);
  });

  it('of a static size says which size it was exported for', async () => {
    await expect(finalLatents(DIALECTS['everything static'] ?? CURRENT, { width: 128 })).rejects.toThrow('This model was exported for pictures of 64 by 64 only, but 128 by 64 was asked for.');
    expect((await createEngine({ runtime: ortRuntime() }).describeModel(modelWithDenoiser(DIALECTS['everything static'] ?? CURRENT))).size).toMatchObject({ min: 64, max: 64 });
  });

  it('that overflows ends in a sentence, never in a black picture', async () => {
    await expect(finalLatents({ ...CURRENT, isBroken: true })).rejects.toMatchObject({ code: 'bad-output', message: expect.stringMatching(/^unet gave numbers beyond all bounds, so there is no picture: /) as string });
  });

  it.each([
    ['an unknown number of channels', { ...CURRENT, sample: ['batch_size', 7, 'height', 'width'] }, 'unet/model.onnx takes 7 channels where 4 or 9 are expected, so it is of a kind this program does not know: choose a text-to-image or inpainting model.'],
    ['eight channels', { ...CURRENT, sample: ['batch_size', 8, 'height', 'width'] }, /an instruct-pix2pix model/],
    ['an input this program cannot supply', { ...CURRENT, extraInput: 'mid_block_additional_residual' }, /wants the input mid_block_additional_residual, which this program cannot supply/],
    ['another width of text', { ...CURRENT, context: ['batch_size', 'sequence_length', 40] }, 'unet/model.onnx wants 40 numbers per token but the text encoder gives 32: these parts are from different models, so install one model whole.'],
  ] as const)('with %s is refused by name', async (_, dialect, message) => {
    await expect(finalLatents(dialect)).rejects.toThrow(message);
  });
});
