import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeModel } from '../../../src/main/engine/models/describe-model';

const MODELS = join(import.meta.dirname, '../../fixtures/models');
const BUILT_IN = join(import.meta.dirname, '../../../resources/models/palimpsest-draw');
const EVERYTHING = ['txt2img', 'img2img', 'inpaint'];

function copyOf(model: string): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'palimpsest-describe-')), model);
  cpSync(join(MODELS, model), folder, { recursive: true });
  return folder;
}

describe('describeModel', () => {
  it.each([
    ['tiny-sd15', 'Stable Diffusion 1.x', EVERYTHING, 'PNDM / PLMS'],
    ['tiny-sd15-legacy', 'Stable Diffusion 1.x', EVERYTHING, 'PNDM / PLMS'],
    ['tiny-sd15-fp16', 'Stable Diffusion 1.x', EVERYTHING, 'PNDM / PLMS'],
    ['tiny-sd15-external', 'Stable Diffusion 1.x', ['txt2img'], 'PNDM / PLMS'],
    ['tiny-sd15-inpaint', 'Stable Diffusion 1.x', ['inpaint'], 'PNDM / PLMS'],
    ['tiny-sd21-v', 'Stable Diffusion 2.x', EVERYTHING, 'DDIM'],
    ['tiny-turbo', 'Stable Diffusion Turbo', EVERYTHING, 'Euler'],
    ['tiny-lcm', 'Latent Consistency Model', EVERYTHING, 'LCM'],
    ['tiny-sdxl', 'Stable Diffusion XL', EVERYTHING, 'Euler'],
    ['tiny-sd3', 'Stable Diffusion 3', EVERYTHING, 'Flow Euler'],
  ])('recognises %s by what it holds', (model, family, tasks, ownScheduler) => {
    const description = describeModel(join(MODELS, model));
    expect(description).toMatchObject({ name: model, family, tasks, ownScheduler, problem: null, size: { multipleOf: 16 } });
    expect(description.diskBytes).toBeGreaterThan(500_000);
    expect(description.estimatedMemoryBytes).toBeGreaterThan(description.diskBytes);
  });

  it('offers flow schedulers to flow models and the others to the others', () => {
    expect(describeModel(join(MODELS, 'tiny-sd3')).schedulers).toEqual(['flow-euler']);
    const { schedulers } = describeModel(join(MODELS, 'tiny-sd15'));
    expect(schedulers).toContain('dpmpp-2m-karras');
    expect(schedulers).not.toContain('flow-euler');
  });

  it('knows few-step models by their scheduler, with the guidance they were distilled for', () => {
    expect(describeModel(join(MODELS, 'tiny-turbo'))).toMatchObject({ defaults: { numInferenceSteps: 4, guidanceScale: 0 }, usesNegativePrompt: false });
  });

  it('knows how many layers can be skipped: those that the export shows', () => {
    expect(describeModel(join(MODELS, 'tiny-sdxl')).maxClipSkip).toBe(1);
    expect(describeModel(join(MODELS, 'tiny-sd15')).maxClipSkip).toBe(0);
  });

  it.runIf(existsSync(BUILT_IN))('reads the built-in model and what its makers say', () => {
    expect(describeModel(BUILT_IN)).toMatchObject({
      name: 'Palimpsest Draw', family: 'Palimpsest', nativeSize: 128, tasks: EVERYTHING, schedulers: ['flow-euler'], hires: { upscaler: 'realesr-animevideov3', scale: 4 }, problem: null,
    });
  });

  it('does not care what the folder is called', () => {
    const folder = copyOf('tiny-sdxl');
    cpSync(folder, `${folder}-sd15-turbo-lcm`, { recursive: true });
    expect(describeModel(`${folder}-sd15-turbo-lcm`).family).toBe('Stable Diffusion XL');
  });

  it('finds graphs under another name, as some exporters write them', () => {
    const folder = copyOf('tiny-sd15');
    cpSync(join(folder, 'unet/model.onnx'), join(folder, 'unet/unet_fp32.onnx'));
    rmSync(join(folder, 'unet/model.onnx'));
    expect(describeModel(folder).problem).toBeNull();
  });

  it('says that a GPU export cannot be used', () => {
    const folder = copyOf('tiny-sd15');
    cpSync(join(MODELS, 'tiny-gpu-only/unet/model.onnx'), join(folder, 'unet/model.onnx'));
    expect(describeModel(folder).problem).toBe('unet/model.onnx was optimised for a GPU (operator GroupNorm has no CPU version): install the plain ONNX export of this model.');
  });

  it.each([
    ['tiny-sd15', 'unet/model.onnx', 'unet/model.onnx is missing from the model tiny-sd15: download or export this model again.'],
    ['tiny-sd15', 'vae_decoder/model.onnx', 'vae_decoder/model.onnx is missing from the model tiny-sd15: download or export this model again.'],
    ['tiny-sd15', 'text_encoder/model.onnx', 'text_encoder/model.onnx is missing from the model tiny-sd15: download or export this model again.'],
    ['tiny-sdxl', 'text_encoder_2/model.onnx', 'text_encoder_2/model.onnx is missing from the model tiny-sdxl: download or export this model again.'],
    ['tiny-sdxl', 'tokenizer_2', 'tokenizer_2 is missing from the model tiny-sdxl: download or export this model again.'],
    ['tiny-sd15', 'scheduler/scheduler_config.json', 'scheduler/scheduler_config.json is missing from the model tiny-sd15: download or export this model again.'],
  ])('says what %s misses without %s', (model, file, problem) => {
    const folder = copyOf(model);
    rmSync(join(folder, file), { recursive: true });
    expect(describeModel(folder)).toMatchObject({ problem, tasks: [] });
  });

  it('says that SDXL was exported without hidden states', () => {
    const folder = copyOf('tiny-sdxl');
    cpSync(join(MODELS, 'tiny-sd15/text_encoder/model.onnx'), join(folder, 'text_encoder/model.onnx'));
    expect(describeModel(folder).problem).toBe('text_encoder/model.onnx was exported without its hidden states, which this model needs: export it again with output_hidden_states on.');
  });

  it('takes SD 3 without its T5 encoder', () => {
    const folder = copyOf('tiny-sd3');
    rmSync(join(folder, 'text_encoder_3'), { recursive: true });
    rmSync(join(folder, 'tokenizer_3'), { recursive: true });
    expect(describeModel(folder)).toMatchObject({ family: 'Stable Diffusion 3', problem: null });
  });

  it('reads the non-JSON token that diffusers writes for minus infinity', () => {
    const folder = copyOf('tiny-sd15');
    cpSync(join(MODELS, '../golden/odd-configs/dpm-infinity/scheduler_config.json'), join(folder, 'scheduler/scheduler_config.json'));
    expect(readFileSync(join(folder, 'scheduler/scheduler_config.json'), 'utf8')).toContain('-Infinity');
    expect(describeModel(folder)).toMatchObject({ ownScheduler: 'DPM++ 2M Karras', problem: null });
  });

  it('does not call any folder a model', () => {
    const folder = mkdtempSync(join(tmpdir(), 'palimpsest-none-'));
    writeFileSync(join(folder, 'holiday.jpg'), 'x');
    expect(describeModel(folder).problem).toMatch(/is not a model folder: it holds neither model_index\.json nor parts such as unet\/model\.onnx\.$/);
    expect(describeModel(join(folder, 'gone')).problem).toMatch(/^There is no model folder at /);
  });
});
