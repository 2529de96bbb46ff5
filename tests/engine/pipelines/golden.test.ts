import { afterAll, describe, expect, it } from 'vitest';
import { batchOf, floats, goldenCases, goldenPath, modelWith, removeModel, runCase, shareWithinOneLevel, worstDistance } from './golden';

/** Tolerances as the fixtures' README measured them: onnxruntime against torch differs by up to 1.6e-4 in float32. */
const FLOAT32 = { initialFromText: 1e-5, initialFromImage: 5e-4, latents: 1e-3, levels: 1 };
const FLOAT16 = { initialFromText: 1e-5, initialFromImage: 5e-2, latents: 5e-2, levels: 5 };

const MODELS = [
  'tiny-sd15', 'tiny-sd15-legacy', 'tiny-sd15-external', 'tiny-sd15-fp16', 'tiny-sd15-inpaint', 'tiny-sd21-v', 'tiny-turbo', 'tiny-lcm', 'tiny-sdxl', 'tiny-sd3',
] as const;

const folders: string[] = [];
afterAll(() => folders.forEach(removeModel));

describe.each(MODELS)('%s', (model) => {
  const limits = model === 'tiny-sd15-fp16' ? FLOAT16 : FLOAT32;

  it.each(goldenCases(model).map((golden) => [golden.id, golden] as const))('%s', async (_, golden) => {
    const folder = modelWith(model, golden.scheduler, { withoutT5: golden.no_t5 === true });
    folders.push(folder);
    const steps = floats(golden.outputs.step_latents);
    const initial = floats(golden.outputs.initial_latents);
    const batch = batchOf(golden);
    const size = initial.length / batch;
    const count = golden.outputs.step_latents.shape[0] ?? 0;
    for (let index = 0; index < batch; index += 1) {
      const { traces, images } = await runCase(golden, folder, index);
      expect(traces.map(({ step }) => step)).toEqual(Array.from({ length: count + 1 }, (_unused, step) => step));
      expect(traces[0]?.shape).toEqual([1, ...golden.outputs.initial_latents.shape.slice(1)]);
      const expectedInitial = initial.subarray(index * size, (index + 1) * size);
      expect(worstDistance(traces[0]?.latents ?? [], expectedInitial)).toBeLessThan(golden.image === undefined ? limits.initialFromText : limits.initialFromImage);
      for (let step = 0; step < count; step += 1) {
        const expected = steps.subarray((step * batch + index) * size, (step * batch + index + 1) * size);
        expect(worstDistance(traces[step + 1]?.latents ?? [], expected), `after step ${step}`).toBeLessThan(limits.latents);
      }
      const image = images[0]?.image ?? { width: 0, height: 0, data: new Uint8Array() };
      expect(await shareWithinOneLevel(image, goldenPath(golden.outputs.images[index] ?? ''), limits.levels)).toBeGreaterThanOrEqual(0.999);
    }
  });
});
