import { readdirSync, existsSync, readFileSync, writeFileSync, mkdtempSync, cpSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ortRuntime } from '../../../src/main/engine/runtime/ort';
import { readOnnxFile } from '../../../src/main/engine/runtime/onnx-file';

const MODELS = join(import.meta.dirname, '../../fixtures/models');
const FILES = readdirSync(MODELS)
  .filter((name) => name !== 'tiny-gpu-only' && existsSync(join(MODELS, name, 'model_index.json')))
  .flatMap((model) =>
    readdirSync(join(MODELS, model), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && existsSync(join(MODELS, model, entry.name, 'model.onnx')))
      .map((entry) => join(MODELS, model, entry.name, 'model.onnx')),
  );

const temporary = (): string => mkdtempSync(join(tmpdir(), 'palimpsest-onnx-'));

describe('readOnnxFile', () => {
  it('declares what onnxruntime declares, for every part of every tiny model', async () => {
    const runtime = ortRuntime();
    expect(FILES.length).toBeGreaterThan(35);
    for (const path of FILES) {
      const model = await runtime.load(path, { optimisation: 'extended', memoryArena: false });
      const file = readOnnxFile(path);
      const shape = (infos: typeof file.inputs): unknown => infos.map(({ name, type, dims }) => ({ name, type, dims }));
      expect({ path, inputs: shape(file.inputs), outputs: shape(file.outputs) }).toEqual({ path, inputs: shape(model.inputs), outputs: shape(model.outputs) });
      await model.release();
    }
  });

  it('counts operators by domain and the halvings of the grid', () => {
    const gpu = readOnnxFile(join(MODELS, 'tiny-gpu-only/unet/model.onnx'));
    expect(gpu.operators['com.microsoft/GroupNorm']).toBe(1);
    expect(readOnnxFile(join(MODELS, 'tiny-sd15/unet/model.onnx'))).toMatchObject({ stridedConvolutions: 1, externalFiles: [], opsets: { '': 18 } });
    expect(readOnnxFile(join(MODELS, 'tiny-sd15/vae_encoder/model.onnx')).stridedConvolutions).toBe(3);
  });

  it('counts external weights in the size and names their file', () => {
    expect(readOnnxFile(join(MODELS, 'tiny-sd15-legacy/unet/model.onnx'))).toMatchObject({ externalFiles: ['weights.pb'], bytes: 315_734 + 551_936 });
  });

  it('says that a file is damaged when it is cut at any place', () => {
    const whole = readFileSync(join(MODELS, 'tiny-sd15/unet/model.onnx'));
    const path = join(temporary(), 'model.onnx');
    for (let part = 1; part < 40; part += 1) {
      writeFileSync(path, whole.subarray(0, Math.floor((whole.length * part) / 40)));
      expect(() => readOnnxFile(path)).toThrow(/model\.onnx is damaged \(.*\): download this model again\.$/);
    }
  });

  it('says that a file of zeros, of text or of nothing is damaged', () => {
    const path = join(temporary(), 'model.onnx');
    for (const content of [Buffer.alloc(5000), Buffer.from('<html>404 not found</html>'), Buffer.alloc(0)]) {
      writeFileSync(path, content);
      expect(() => readOnnxFile(path)).toThrow(/is damaged/);
    }
  });

  it('refuses external weights that are missing or cut short, by name', () => {
    const folder = join(temporary(), 'unet');
    cpSync(join(MODELS, 'tiny-sd15-external/unet'), folder, { recursive: true });
    const weights = join(folder, 'model.onnx_data');
    truncateSync(weights, 300_000);
    expect(() => readOnnxFile(join(folder, 'model.onnx'))).toThrow('The weights file model.onnx_data beside unet/model.onnx is cut short (300000 bytes');
  });

  it('says which file is missing', () => {
    expect(() => readOnnxFile(join(temporary(), 'unet', 'model.onnx'))).toThrow('unet/model.onnx is missing');
  });
});
