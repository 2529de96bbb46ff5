import { describe, expect, it } from 'vitest';
import { createEngine } from '../../../src/main/engine/create-engine';
import type { GenerateTask } from '../../../src/main/engine/engine';
import { ortRuntime } from '../../../src/main/engine/runtime/ort';
import type { InferenceRuntime, Model } from '../../../src/main/engine/runtime/runtime';
import { modelPath, runTask, TASK } from './run-task';

/** Counts the runs of each part. */
function counting(): { readonly runtime: InferenceRuntime; readonly runs: Record<string, number>; readonly released: string[] } {
  const inner = ortRuntime();
  const runs: Record<string, number> = {};
  const released: string[] = [];
  const partOf = (path: string): string => path.split('/').at(-2) ?? path;
  return {
    runs,
    released,
    runtime: {
      choice: () => inner.choice(),
      load: async (path, options) => {
        const model = await inner.load(path, options);
        return {
          ...model,
          run: (feeds) => {
            runs[partOf(path)] = (runs[partOf(path)] ?? 0) + 1;
            return model.run(feeds);
          },
          release: () => {
            released.push(partOf(path));
            return model.release();
          },
        };
      },
    },
  };
}

describe('generate', () => {
  it('makes picture k of a request as a single picture with seed + k', async () => {
    const { images } = await runTask({ count: 3, seed: 4294967294, scheduler: 'euler-a' });
    expect(images.map(({ index, seed }) => [index, seed])).toEqual([[0, 4294967294], [1, 4294967295], [2, 0]]);
    const single = await runTask({ count: 1, seed: 4294967295, scheduler: 'euler-a' });
    expect(images[1]?.image).toEqual(single.images[0]?.image);
    expect(images[0]?.image.data).not.toEqual(images[1]?.image.data);
  });

  it('encodes the text once for all pictures and not again for the same prompt', async () => {
    const { runtime, runs } = counting();
    const engine = createEngine({ runtime });
    const context = { signal: new AbortController().signal, onProgress: () => undefined, onImage: () => Promise.resolve() };
    await engine.generate({ ...TASK, count: 2 }, context);
    await engine.generate({ ...TASK, seed: 9 }, context);
    await engine.release();
    expect(runs['text_encoder']).toBe(2);
    expect(runs['vae_decoder']).toBe(3);
  });

  it('runs no unconditional half at a guidance of 1 or below', async () => {
    const { runtime, runs } = counting();
    await runTask({ guidanceScale: 1, scheduler: 'ddim' }, { runtime });
    expect(runs).toEqual({ text_encoder: 1, unet: 4, vae_decoder: 1 });
  });

  it('leaves the unconditional half out after the cutoff, as diffusers counts, and never at 1', async () => {
    const halves = async (changes: Partial<GenerateTask>): Promise<{ readonly counts: readonly number[]; readonly last: Float32Array | undefined }> => {
      const counts: number[] = [];
      const latents: Float32Array[] = [];
      const inner = ortRuntime();
      const runtime: InferenceRuntime = {
        choice: () => inner.choice(),
        load: async (path, options) => {
          const model = await inner.load(path, options);
          const run: Model['run'] = (feeds) => {
            if (feeds['sample'] !== undefined && path.includes('unet')) counts.push(feeds['sample'].dims[0] ?? 0);
            return model.run(feeds);
          };
          return { ...model, run };
        },
      };
      await runTask({ scheduler: 'ddim', numInferenceSteps: 5, ...changes }, { runtime, onLatents: (_, values) => latents.push(values.slice()) });
      return { counts, last: latents.at(-1) };
    };
    const [none, whole] = [await halves({}), await halves({ guidanceCutoff: 1 })];
    expect(whole).toEqual(none);
    expect(none.counts).toEqual([2, 2, 2, 2, 2]);
    const half = await halves({ guidanceCutoff: 0.5 });
    expect(half.counts).toEqual([2, 2, 2, 1, 1]);
    expect(half.last).not.toEqual(none.last);
    expect((await halves({ guidanceCutoff: 0 })).counts).toEqual([2, 1, 1, 1, 1]);
  });

  it('skips layers of the prompt and, as diffusers, never of the negative prompt', async () => {
    const contexts = async (clipSkip: number): Promise<readonly Float32Array[]> => {
      const halves: Float32Array[] = [];
      const inner = ortRuntime();
      const runtime: InferenceRuntime = {
        choice: () => inner.choice(),
        load: async (path, options) => {
          const model = await inner.load(path, options);
          const run: Model['run'] = (feeds) => {
            const context = feeds['encoder_hidden_states'];
            if (context?.type === 'float32') halves.push(context.data.slice(0, context.data.length / 2), context.data.slice(context.data.length / 2));
            return model.run(feeds);
          };
          return { ...model, run };
        },
      };
      await runTask({ modelPath: modelPath('tiny-sdxl'), negativePrompt: 'blurry', numInferenceSteps: 1, clipSkip }, { runtime });
      return halves;
    };
    const [none, one] = [await contexts(0), await contexts(1)];
    expect(one[0]).toEqual(none[0]);
    expect(one[1]).not.toEqual(none[1]);
  });

  it('reports the stages in order, with each step of denoising', async () => {
    const { progress, images, result } = await runTask({ scheduler: 'ddim' });
    const stages = progress.map(({ stage }) => stage).filter((stage, i, all) => stage !== all[i - 1]);
    expect(stages).toEqual(['encoding', 'loading', 'encoding', 'loading', 'denoising', 'loading', 'decoding']);
    expect(progress.filter(({ stage }) => stage === 'denoising').map(({ step, total }) => [step, total])).toEqual([[0, 4], [1, 4], [2, 4], [3, 4], [4, 4]]);
    expect(Object.keys(images[0]?.secondsByStage ?? {})).toEqual(expect.arrayContaining(['loading', 'encoding', 'denoising', 'decoding']));
    expect(result).toMatchObject({ scheduler: { className: 'DDIMScheduler', label: 'DDIM' }, warnings: [] });
    expect(result.peakMemoryBytes).toBeGreaterThan(50e6);
  });

  it('stops before the next model call when it is cancelled', async () => {
    const controller = new AbortController();
    const { runtime, runs } = counting();
    const run = runTask({ numInferenceSteps: 50, scheduler: 'ddim' }, {
      signal: controller.signal,
      runtime,
      onProgress: ({ stage, step }) => {
        if (stage === 'denoising' && step === 3) setImmediate(() => controller.abort());
      },
    });
    await expect(run).rejects.toMatchObject({ code: 'cancelled' });
    expect(runs['unet']).toBeLessThanOrEqual(4);
  });

  it('hands out no picture after a cancel', async () => {
    const controller = new AbortController();
    controller.abort();
    await expect(runTask({}, { signal: controller.signal })).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('gives every session back on release', async () => {
    const { runtime, released } = counting();
    await runTask({}, { runtime });
    expect([...released].sort()).toEqual(['text_encoder', 'unet', 'vae_decoder']);
  });

  it('says how much of a long prompt was left out', async () => {
    const { result } = await runTask({ prompt: 'castle '.repeat(10_000), guidanceScale: 1, numInferenceSteps: 1 });
    expect(result.warnings).toHaveLength(1);
    expect(result.warnings[0]).toMatch(/were left out\.$/);
  });

  it('reads long prompts in chunks, and weights, unless it must be plain', async () => {
    const long = 'a castle on a hill by the sea, with ships, birds, clouds '.repeat(6);
    const settings = { numInferenceSteps: 1, guidanceScale: 7.5 } as const;
    const [whole, plain] = [await runTask({ ...settings, prompt: long }), await runTask({ ...settings, prompt: long, plain: true })];
    expect(whole.result.warnings).toEqual([]);
    expect(plain.result.warnings).toHaveLength(1);
    expect(whole.images[0]?.image.data).not.toEqual(plain.images[0]?.image.data);
    const [weighted, bare] = [await runTask({ ...settings, prompt: '(fox:1.6)' }), await runTask({ ...settings, prompt: 'fox' })];
    expect(weighted.images[0]?.image.data).not.toEqual(bare.images[0]?.image.data);
  });

  it('draws other noise from the GPU source, the same each time', async () => {
    const [first, again, cpu] = [await runTask({ noiseSource: 'gpu' }), await runTask({ noiseSource: 'gpu' }), await runTask({})];
    expect(first.images[0]?.image).toEqual(again.images[0]?.image);
    expect(first.images[0]?.image.data).not.toEqual(cpu.images[0]?.image.data);
  });
});

describe('a request that cannot be done', () => {
  it.each([
    ['0 steps', { numInferenceSteps: 0 }, 'invalid-request', 'Expected at least 1 step but received 0.'],
    ['a width that is no multiple of 8', { width: 60 }, 'invalid-request', 'Expected a width that is a multiple of 8 but received 60.'],
    ['a height the graph cannot do', { height: 72 }, 'invalid-request', 'Expected a height that is a multiple of 16 for this model but received 72.'],
    ['a guidance cutoff beyond the end', { guidanceCutoff: 1.5 }, 'invalid-request', 'Expected a guidance cutoff between 0 and 1 but received 1.5.'],
    ['no picture to start from', { kind: 'img2img' }, 'invalid-request', 'Expected a picture to start from for img2img but received none.'],
    ['a flow scheduler for a diffusion model', { scheduler: 'flow-euler' }, 'invalid-request', "Flow Euler does not suit a model trained to predict noise: choose the model's own scheduler."],
    ['clip skip without hidden states', { clipSkip: 1 }, 'invalid-request', 'text_encoder/model.onnx was exported without the hidden states that this clip skip reads: choose a smaller one, or 0.'],
    ['a folder that is none', { modelPath: '/nowhere/model' }, 'model-missing', 'There is no model folder at /nowhere/model: choose a folder that holds model_index.json.'],
  ] as const)('%s', async (_, changes, code, message) => {
    await expect(runTask(changes)).rejects.toMatchObject({ code, message });
  });
});
