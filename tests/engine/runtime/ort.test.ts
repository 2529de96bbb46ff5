import { writeFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ortRuntime } from '../../../src/main/engine/runtime/ort';
import { SELF_TEST_INPUT, selfTestGraph } from '../../../src/main/engine/runtime/self-test-graph';
import { readOnnxFile } from '../../../src/main/engine/runtime/onnx-file';

const MODELS = join(import.meta.dirname, '../../fixtures/models');
const OPTIONS = { optimisation: 'extended', memoryArena: false } as const;

describe('ortRuntime', () => {
  it('runs the self-test graph, which the file reader understands too', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'palimpsest-ort-')), 'model.onnx');
    writeFileSync(path, selfTestGraph());
    expect(readOnnxFile(path)).toMatchObject({ operators: { Conv: 1, Sigmoid: 1, MatMul: 1 }, opsets: { '': 17 } });
    const model = await ortRuntime().load(path, OPTIONS);
    const { y } = await model.run({ x: { type: 'float32', dims: SELF_TEST_INPUT.dims, data: SELF_TEST_INPUT.data } });
    expect(y?.dims).toEqual([1, 8, 16, 16]);
    expect(new Set(Array.from(y?.data ?? [], Number).slice(0, 50)).size).toBeGreaterThan(40);
    await model.release();
  });

  it('falls back to the processor where no accelerator can be started', async () => {
    const runtime = ortRuntime({ provider: 'cuda' });
    const { provider, notes } = await runtime.choice();
    expect(provider === 'cuda' ? notes : [provider, notes.length]).toEqual(provider === 'cuda' ? [] : ['cpu', 1]);
  });

  it('says that GPU-only operators need another export', async () => {
    await expect(ortRuntime().load(join(MODELS, 'tiny-gpu-only/unet/model.onnx'), OPTIONS)).rejects.toMatchObject({
      code: 'model-unsupported',
      message: 'unet/model.onnx was optimised for a GPU (operator GroupNorm has no CPU version): install the plain ONNX export of this model.',
    });
  });

  it('says that a size does not fit when the graph refuses it', async () => {
    const model = await ortRuntime().load(join(MODELS, 'tiny-sd15/unet/model.onnx'), OPTIONS);
    const feeds = {
      sample: { type: 'float32', dims: [1, 4, 7, 9], data: new Float32Array(4 * 63) },
      timestep: { type: 'float32', dims: [], data: Float32Array.of(1) },
      encoder_hidden_states: { type: 'float32', dims: [1, 77, 32], data: new Float32Array(77 * 32) },
    } as const;
    await expect(model.run(feeds)).rejects.toMatchObject({ code: 'model-unsupported', message: expect.stringContaining('cannot compute this size') });
    await model.release();
  });
});
