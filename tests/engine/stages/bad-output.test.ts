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
      message: 'vae_decoder gave numbers that are no colours, so there is no picture: try another seed or scheduler, and if that fails too, download this model again.',
    });
  });

  it('of a float16 decoder name the float32 export', async () => {
    // The largest half: sums of it overflow, as a VAE that was not made for float16 does.
    await expect(generate('tiny-sd15-fp16', [{ part: 'vae_decoder', weight: 'conv_out.weight', value: Uint8Array.of(0xff, 0x7b) }])).rejects.toMatchObject({
      code: 'bad-output',
      message: 'vae_decoder gave numbers that are no colours, so there is no picture: its float16 numbers overflowed, so put a float32 export of this VAE (or one fixed for float16) into the model folder.',
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
      message: 'The picture came out entirely black, which is a failure of the model: try another seed, lower guidance or another scheduler.',
    });
  });
});
