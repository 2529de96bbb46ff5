import { cpSync, openSync, writeSync, closeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readOnnxFile } from '../../../src/main/engine/runtime/onnx-file';
import { tempFolder } from '../../support/temp-folder';
import { modelPath, runTask, type Outcome } from '../pipelines/run-task';

interface Damage {
  readonly part: string;
  /** End of the weight's name. */
  readonly weight: string;
  /** What every number of it becomes, as its bytes. */
  readonly value: Uint8Array;
}

const f32 = (value: number): Uint8Array => new Uint8Array(Float32Array.of(value).buffer);

/** A copy of a tiny model in which some weights have another value. */
function damaged(name: string, damages: readonly Damage[]): string {
  const folder = join(tempFolder(), name);
  cpSync(modelPath(name), folder, { recursive: true });
  for (const { part, weight, value } of damages) {
    const stored = readOnnxFile(join(folder, part, 'model.onnx')).weights.find((weights) => weights.name.endsWith(weight));
    if (stored === undefined) throw new Error(`no ${weight}`);
    const file = openSync(stored.path, 'r+');
    for (let at = 0; at < stored.length; at += value.length) writeSync(file, value, 0, value.length, stored.offset + at);
    closeSync(file);
  }
  return folder;
}

const generate = (name: string, damages: readonly Damage[]): Promise<Outcome> => runTask({ modelPath: damaged(name, damages), numInferenceSteps: 1, scheduler: 'ddim' });

describe('numbers that are no picture', () => {
  it('of a decoder are refused, with what can be done', async () => {
    await expect(generate('tiny-sd15', [{ part: 'vae_decoder', weight: 'conv_out.bias', value: f32(NaN) }])).rejects.toMatchObject({
      code: 'bad-output',
      message: 'vae_decoder gave numbers that are no colours, so there is no picture: try another seed, lower guidance or another scheduler, and if that fails too, download this model again.',
    });
  });

  it('of a denoiser are refused before they are decoded', async () => {
    await expect(generate('tiny-sd15', [{ part: 'unet', weight: 'conv_out.bias', value: f32(Infinity) }])).rejects.toMatchObject({
      code: 'bad-output',
      message: 'unet gave numbers beyond all bounds, so there is no picture: try another scheduler or lower guidance, and if that fails too, download this model again.',
    });
  });

  it('that decode to black are refused', async () => {
    const damages = [{ part: 'vae_decoder', weight: 'conv_out.weight', value: f32(1e-9) }, { part: 'vae_decoder', weight: 'conv_out.bias', value: f32(-9) }];
    await expect(generate('tiny-sd15', damages)).rejects.toMatchObject({
      code: 'bad-output',
      message: 'vae_decoder gave nothing but black, so there is no picture: try another seed, lower guidance or another scheduler, and if that fails too, download this model again.',
    });
  });

  it('of a text encoder are not blamed on the denoiser', async () => {
    await expect(generate('tiny-sd15', [{ part: 'text_encoder', weight: 'final_layer_norm.bias', value: f32(NaN) }])).rejects.toMatchObject({
      code: 'bad-output',
      message: 'text_encoder gave numbers beyond all bounds, so there is no picture: try other words, and if that fails too, download this model again.',
    });
  });

  it('of a float16 part that float32 does not mend either say so', async () => {
    await expect(generate('tiny-sd15-fp16', [{ part: 'unet', weight: 'conv_out.bias', value: Uint8Array.of(0x00, 0x7e) }])).rejects.toMatchObject({
      code: 'bad-output',
      message: 'unet gave numbers beyond all bounds, in float32 too, so there is no picture: try another scheduler or lower guidance, and if that fails too, download this model again.',
    });
  });
});

/** The largest half: sums of it overflow, as parts do that were not made for float16. */
const LARGEST_HALF = Uint8Array.of(0xff, 0x7b);

const retried = (part: string, flaw: string): string => `${part} ${flaw} in float16, so it was retried in float32: a float32 export of this model does without that.`;

describe('a float16 part that overflows', () => {
  it('is retried: the decoder', async () => {
    const { images, result } = await generate('tiny-sd15-fp16', [{ part: 'vae_decoder', weight: 'conv_out.weight', value: LARGEST_HALF }]);
    expect(result.warnings).toEqual([retried('vae_decoder', 'gave numbers that are no colours')]);
    expect(new Set(images[0]?.image.data).size).toBeGreaterThan(1);
  });

  it('is retried: the denoiser, whose large numbers then overflow the decoder', async () => {
    const { images, result } = await generate('tiny-sd15-fp16', [{ part: 'unet', weight: 'conv_out.bias', value: LARGEST_HALF }, { part: 'unet', weight: 'conv_out.weight', value: LARGEST_HALF }]);
    expect(result.warnings[0]).toBe(retried('unet', 'gave numbers beyond all bounds'));
    expect(images).toHaveLength(1);
  });

  it('is retried: the text encoder, before the denoiser sees its numbers', async () => {
    const { images, result } = await generate('tiny-sd15-fp16', [{ part: 'text_encoder', weight: 'final_layer_norm.weight', value: LARGEST_HALF }]);
    expect(result.warnings[0]).toBe(retried('text_encoder', 'gave numbers beyond all bounds'));
    expect(images).toHaveLength(1);
  });
});
