import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { applyNorm, readFinalNorm } from '../../../src/main/engine/models/final-norm';
import { readModelLayout } from '../../../src/main/engine/models/model-layout';
import { encodeText } from '../../../src/main/engine/models/text-encoder';
import { ortRuntime } from '../../../src/main/engine/runtime/ort';
import { readOnnxFile } from '../../../src/main/engine/runtime/onnx-file';

const MODELS = join(import.meta.dirname, '../../fixtures/models');

describe('the final norm of a text encoder', () => {
  it('makes the last hidden state out of the last layer, so clip skip 0 and a norm of our own agree', async () => {
    const [layout] = readModelLayout(join(MODELS, 'tiny-sdxl')).textEncoders;
    if (layout === undefined) throw new Error('Expected a text encoder');
    const model = await ortRuntime().load(layout.part.graph.path, { optimisation: 'extended', memoryArena: false });
    const encoded = await encodeText(model, layout, [2012, 320, 1125, 539, ...new Array<number>(73).fill(2013)]);
    await model.release();
    const norm = readFinalNorm(layout.part.graph, 1e-5);
    if (norm === null || encoded.lastHidden === null) throw new Error('Expected a norm and a last hidden state');
    const made = applyNorm(encoded.hiddenState(-1), norm);
    const expected = encoded.lastHidden;
    expect(Math.max(...made.data.map((value, i) => Math.abs(value - (expected.data[i] ?? NaN))))).toBeLessThan(1e-5);
  });

  it('is not guessed where the weights are halves', () => {
    expect(readFinalNorm(readOnnxFile(join(MODELS, 'tiny-sd15-fp16/text_encoder/model.onnx')), 1e-5)).toBeNull();
  });
});
