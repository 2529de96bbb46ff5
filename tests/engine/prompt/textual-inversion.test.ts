import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSafetensors } from '../../../src/main/engine/prompt/safetensors';
import { assignPlaceholders, parseTextualInversion, readTextualInversion, vectorsFor, withPlaceholders } from '../../../src/main/engine/prompt/textual-inversion';
import type { Tokenizer } from '../../../src/main/engine/tokenizer/tokenizer';
import { f32, safetensors, type Entry } from '../../support/safetensors';

function u16(dtype: string, bits: readonly number[]): Entry {
  return { dtype, shape: [bits.length], bytes: Buffer.from(Uint16Array.from(bits).buffer) };
}

describe('readSafetensors', () => {
  it('reads float32, float16 and bfloat16', () => {
    const file = safetensors({
      a: f32([2, 2], [1, -2, 0.5, 3e-8]),
      half: u16('F16', [0x3c00, 0xc000, 0x0001, 0x7bff, 0x7c00]),
      brain: u16('BF16', [0x3f80, 0xc000, 0x4049]),
    });
    const tensors = readSafetensors(file, 'x.safetensors');
    expect(tensors.get('a')).toEqual({ shape: [2, 2], data: Float32Array.of(1, -2, 0.5, 3e-8) });
    expect(tensors.get('half')?.data).toEqual(Float32Array.of(1, -2, 2 ** -24, 65504, Infinity));
    expect(tensors.get('brain')?.data).toEqual(Float32Array.of(1, -2, 3.140625));
    expect([...tensors.keys()]).toEqual(['a', 'half', 'brain']);
  });

  const good = safetensors({ a: f32([4], [1, 2, 3, 4]) });
  const bad: readonly [string, Buffer, RegExp][] = [
    ['empty', Buffer.alloc(0), /x\.safetensors is no safetensors file or is cut short/],
    ['zeros', Buffer.alloc(64), /is no safetensors file/],
    ['cut data', good.subarray(0, -3), /is cut short in "a"/],
    ['cut header', good.subarray(0, 20), /is cut short/],
    ['no JSON', Buffer.concat([Buffer.from([4, 0, 0, 0, 0, 0, 0, 0]), Buffer.from('{{{{')]), /damaged header/],
    ['wrong shape', safetensors({ a: { ...f32([4], [1, 2, 3, 4]), shape: [5] } }), /is cut short in "a"/],
    ['wrong entry', safetensors({ a: { ...f32([1], [1]), shape: [-1] } }), /describes "a" wrongly/],
  ];
  it.each(bad)('refuses a file with %s', (_, bytes, sentence) => {
    expect(() => readSafetensors(bytes, 'x.safetensors')).toThrow(expect.objectContaining({ code: 'model-invalid', message: expect.stringMatching(sentence) }));
  });
  it('refuses numbers that are no floats', () => {
    expect(() => readSafetensors(safetensors({ a: { dtype: 'I64', shape: [1], bytes: Buffer.alloc(8) } }), 'x')).toThrow(expect.objectContaining({ code: 'model-unsupported' }));
  });
});

describe('textual inversion', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inversion-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('reads emb_params, the pair of SDXL and a single tensor of any name', async () => {
    const one = join(folder, 'my-cat.safetensors');
    await writeFile(one, safetensors({ emb_params: f32([2, 3], [1, 2, 3, 4, 5, 6]) }));
    expect(await readTextualInversion(one)).toEqual({ name: 'my-cat', vectors: [{ count: 2, dimension: 3, data: Float32Array.of(1, 2, 3, 4, 5, 6) }] });
    const pair = join(folder, 'xl.safetensors');
    await writeFile(pair, safetensors({ clip_g: f32([1, 4], [1, 2, 3, 4]), clip_l: f32([1, 2], [5, 6]) }));
    const inversion = await readTextualInversion(pair);
    expect([vectorsFor(inversion, 2)?.data, vectorsFor(inversion, 4)?.data, vectorsFor(inversion, 3)]).toEqual([Float32Array.of(5, 6), Float32Array.of(1, 2, 3, 4), null]);
    expect(parseTextualInversion('<style>.safetensors', new Map([['<style>', { shape: [3], data: Float32Array.of(7, 8, 9) }]]))).toEqual({
      name: '<style>',
      vectors: [{ count: 1, dimension: 3, data: Float32Array.of(7, 8, 9) }],
    });
  });

  it('refuses what is none, each with a sentence', async () => {
    const tensor = { shape: [1, 2], data: Float32Array.of(1, 2) };
    expect(() => parseTextualInversion('a.safetensors', new Map([['x', tensor], ['y', tensor]]))).toThrow('no textual inversion');
    expect(() => parseTextualInversion('a.safetensors', new Map([['clip_l', tensor], ['clip_g', { shape: [2, 1], data: tensor.data }]]))).toThrow('cannot line up');
    expect(() => parseTextualInversion('a.safetensors', new Map([['emb_params', { shape: [1, 2, 1], data: tensor.data }]]))).toThrow('shape [1, 2, 1]');
    await expect(readTextualInversion(join(folder, 'old.pt'))).rejects.toMatchObject({ code: 'model-unsupported' });
    await expect(readTextualInversion(join(folder, 'gone.safetensors'))).rejects.toMatchObject({ code: 'model-missing' });
  });

  it('spells each name with its own ids, as a whole word in any case', () => {
    const base: Tokenizer = { kind: 'clip', maxLength: 77, padId: 0, bosId: 8, eosId: 9, encode: (text) => (text.match(/\w+/gu) ?? []).map(() => 1) };
    const inversion = (name: string, count: number) => ({ name, vectors: [{ count, dimension: 1, data: new Float32Array(count) }] });
    const placeholders = assignPlaceholders([inversion('cat', 2), inversion('cat-toy', 1), inversion('<s>', 1)], [100, 101, 102, 103]);
    expect(placeholders.map((placeholder) => placeholder.ids)).toEqual([[100, 101], [102], [103]]);
    const tokenizer = withPlaceholders(base, placeholders);
    expect(tokenizer.encode('a Cat, cat-toy <s> category')).toEqual([1, 100, 101, 102, 103, 1]);
    expect(withPlaceholders(base, [])).toBe(base);
  });
});
