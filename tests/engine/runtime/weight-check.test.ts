import { cpSync, mkdtempSync, openSync, readdirSync, existsSync, writeSync, closeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readOnnxFile } from '../../../src/main/engine/runtime/onnx-file';
import { requireWeights } from '../../../src/main/engine/runtime/weight-check';

const MODELS = join(import.meta.dirname, '../../fixtures/models');
const BUILT_IN = join(import.meta.dirname, '../../../resources/models');

const graphsBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.onnx')).map((name) => join(folder, name));

describe('requireWeights', () => {
  it('accepts every model we have', () => {
    const graphs = [...graphsBelow(MODELS), ...(existsSync(BUILT_IN) ? graphsBelow(BUILT_IN) : [])];
    expect(graphs.length).toBeGreaterThan(35);
    for (const path of graphs) expect(() => requireWeights(readOnnxFile(path)), path).not.toThrow();
  });

  it('refuses weights whose file was reserved but never filled', () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'palimpsest-weights-')), 'unet');
    cpSync(join(MODELS, 'tiny-sd15-external/unet'), folder, { recursive: true });
    const file = openSync(join(folder, 'model.onnx_data'), 'r+');
    writeSync(file, Buffer.alloc(50_000), 0, 50_000, 501_936);
    closeSync(file);
    expect(() => requireWeights(readOnnxFile(join(folder, 'model.onnx')))).toThrow(/unet\/model\.onnx_data holds zeros where weights should be \(.+\), as a download that stopped leaves them: download this model again\./);
  });
});
