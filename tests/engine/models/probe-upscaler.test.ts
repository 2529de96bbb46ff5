import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createEngine } from '../../../src/main/engine/create-engine';
import type { UpscalerDescription } from '../../../src/main/engine/engine';
import { probeUpscaler } from '../../../src/main/engine/models/probe-upscaler';
import type { Upscaler } from '../../../src/main/engine/models/upscaler';
import { ortRuntime } from '../../../src/main/engine/runtime/ort';
import { StudioError } from '../../../src/shared/errors';
import { BUNDLED } from '../../support/resize';
import { toyUpscaler } from '../stages/toy-upscaler';

async function describeFile(content: Uint8Array | string): Promise<UpscalerDescription> {
  const path = join(mkdtempSync(join(tmpdir(), 'palimpsest-probe-')), 'net.onnx');
  writeFileSync(path, content);
  const engine = createEngine({ runtime: ortRuntime() });
  return engine.describeUpscaler(path).finally(() => engine.release());
}

interface Made {
  readonly layout?: 'nchw' | 'nhwc';
  readonly range?: 1 | 255;
  /** What the network does to a value it takes for 0..range. */
  readonly respond?: (value: number) => number;
  readonly multipleOf?: number;
}

/** A network in TypeScript that repeats each pixel twice, in numbers of its own. */
function madeUpscaler({ layout = 'nchw', range = 1, respond = (value) => Math.min(range, Math.max(0, value)), multipleOf = 1 }: Made): Upscaler {
  const info = { name: 'x', type: 'float32', dims: ['a', 'b', 'c', 'd'] } as const;
  const run: Upscaler['model']['run'] = (feeds) => {
    const input = feeds['x'];
    if (input?.type !== 'float32') throw new Error('Expected float32');
    const isLast = layout === 'nhwc';
    const [channels, height, width] = isLast ? [input.dims[3], input.dims[1], input.dims[2]] : input.dims.slice(1);
    if (channels !== 3 || height === undefined || width === undefined || height % multipleOf !== 0 || width % multipleOf !== 0) {
      return Promise.reject(new StudioError('model-invalid', 'Expected other dimensions'));
    }
    const at = (c: number, y: number, x: number, w: number, h: number): number => (isLast ? (y * w + x) * 3 + c : (c * h + y) * w + x);
    const data = new Float32Array(input.data.length * 4);
    for (let c = 0; c < 3; c += 1) for (let y = 0; y < height * 2; y += 1) for (let x = 0; x < width * 2; x += 1) data[at(c, y, x, width * 2, height * 2)] = respond(input.data[at(c, y >> 1, x >> 1, width, height)] ?? 0);
    return Promise.resolve({ y: { type: 'float32', dims: isLast ? [1, height * 2, width * 2, 3] : [1, 3, height * 2, width * 2], data } });
  };
  return {
    model: { path: 'net.onnx', inputs: [info], outputs: [{ ...info, name: 'y' }], run, release: () => Promise.resolve() },
    declared: { graph: { path: 'net/net.onnx' } as Upscaler['declared']['graph'], input: info, output: { ...info, name: 'y' }, layout: null, fixedSide: null, context: 8 },
    traits: { layout: 'nchw', range: 1, order: 'rgb' },
  };
}

describe('describeUpscaler', () => {
  it.each([2, 3, 4, 8])('finds out that a network enlarges %i times', async (scale) => {
    expect(await describeFile(toyUpscaler(null, scale))).toMatchObject({ scale, traits: { layout: 'nchw' }, multipleOf: 1, fixedSide: null, tile: 256 });
  });

  it('asks for the range where either reading gives the picture back', async () => {
    // Repeating pixels is the same in any range.
    expect((await describeFile(toyUpscaler(null, 2))).questions).toEqual(['range']);
  });

  it('keeps to the tiles of a fixed export', async () => {
    const { fixedSide, context, tile } = await describeFile(toyUpscaler(96, 2));
    expect([fixedSide, context, tile]).toEqual([96, 8, 80]);
  });

  it('asks nothing about a bundled one and knows how far it sees', async () => {
    const engine = createEngine({ runtime: ortRuntime() });
    expect(await engine.describeUpscaler(BUNDLED('realesr-animevideov3'))).toMatchObject({ scale: 4, traits: { layout: 'nchw', range: 1, order: 'rgb' }, questions: [], context: 20 });
    await engine.release();
  });

  it.each([
    ['no graph at all', 'these are words', /is damaged|cannot be read|holds no graph/],
    ['a network that enlarges 16 times', toyUpscaler(null, 16), /does not enlarge a picture 1 to 8 times/],
  ])('refuses %s', async (_, content, sentence) => {
    await expect(describeFile(content)).rejects.toThrow(sentence);
  });
});

describe('probeUpscaler', () => {
  it('tells 0..255 from 0..1', async () => {
    // Taken in 0..1, everything comes out as this network's black.
    const { traits, questions } = await probeUpscaler(madeUpscaler({ range: 255, respond: (value) => (value < 2 ? 0 : value) }), {});
    expect([traits.range, questions]).toEqual([255, []]);
  });

  it('tells channels last from channels first', async () => {
    const { traits, questions } = await probeUpscaler(madeUpscaler({ layout: 'nhwc', respond: (value) => Math.min(1, value) }), {});
    expect([traits.layout, questions]).toEqual(['nhwc', []]);
  });

  it.each([1, 2, 8, 16])('finds that sides must be divisible by %i', async (multipleOf) => {
    expect((await probeUpscaler(madeUpscaler({ multipleOf }), {})).multipleOf).toBe(multipleOf);
  });
});
