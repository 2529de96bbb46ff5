import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { loadTokenizer } from '../../../src/main/engine/tokenizer/load-tokenizer';
import { padTo, wrapTruncated } from '../../../src/main/engine/tokenizer/tokenizer';

const FIXTURES = join(import.meta.dirname, '../../fixtures');
const CLIP = join(FIXTURES, 'tokenizers/clip-vit-l');
const T5 = join(FIXTURES, 'tokenizers/tiny-t5');

interface TokenCase {
  readonly text: string;
  readonly ids: readonly number[];
}

async function goldenCases(file: string): Promise<readonly TokenCase[]> {
  const golden: { cases: TokenCase[] } = JSON.parse(await readFile(join(FIXTURES, 'golden', file), 'utf8'));
  return golden.cases;
}

const folders: string[] = [];
async function copyOf(folder: string): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'tokenizer-'));
  folders.push(copy);
  await cp(folder, copy, { recursive: true });
  return copy;
}
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** The same vocabulary as a tokenizer.json, the way newer repositories ship it. */
async function writeTokenizerJson(folder: string, mergesAsPairs: boolean): Promise<void> {
  const vocab: Record<string, number> = JSON.parse(await readFile(join(CLIP, 'vocab.json'), 'utf8'));
  const lines = (await readFile(join(CLIP, 'merges.txt'), 'utf8')).split('\n').slice(1).filter((line) => line !== '');
  const merges = mergesAsPairs ? lines.map((line) => line.split(' ')) : lines;
  const added = ['<|startoftext|>', '<|endoftext|>'].map((content) => ({ id: vocab[content], content, special: true }));
  await writeFile(join(folder, 'tokenizer.json'), JSON.stringify({ added_tokens: added, model: { type: 'BPE', vocab, merges } }));
  await rm(join(folder, 'vocab.json'));
  await rm(join(folder, 'merges.txt'));
}

describe('CLIP tokenizer', () => {
  it('gives the ids of the reference for all 300 prompts', async () => {
    const tokenizer = await loadTokenizer(CLIP);
    const cases = await goldenCases('clip-tokens.json');
    expect(cases).toHaveLength(300);
    for (const { text, ids } of cases) expect([49406, ...tokenizer.encode(text), 49407], JSON.stringify(text)).toEqual(ids);
  });

  it.each([false, true])('gives the same ids from a tokenizer.json (merges as pairs: %s)', async (mergesAsPairs) => {
    const folder = await copyOf(CLIP);
    await writeTokenizerJson(folder, mergesAsPairs);
    const tokenizer = await loadTokenizer(folder);
    for (const { text, ids } of await goldenCases('clip-tokens.json')) expect([49406, ...tokenizer.encode(text), 49407]).toEqual(ids);
  });

  it('reads length and special ids from the folder', async () => {
    const { kind, maxLength, padId, bosId, eosId } = await loadTokenizer(CLIP);
    expect({ kind, maxLength, padId, bosId, eosId }).toEqual({ kind: 'clip', maxLength: 77, padId: 49407, bosId: 49406, eosId: 49407 });
  });

  it('pads with the pad token of tokenizer_config.json, else of special_tokens_map.json, else with EOS', async () => {
    const folder = await copyOf(CLIP);
    await writeFile(join(folder, 'tokenizer_config.json'), '{"pad_token": {"content": "!"}}');
    expect((await loadTokenizer(folder)).padId).toBe(0);
    await rm(join(folder, 'tokenizer_config.json'));
    await writeFile(join(folder, 'special_tokens_map.json'), '{"pad_token": "!"}');
    expect((await loadTokenizer(folder)).padId).toBe(0);
    await rm(join(folder, 'special_tokens_map.json'));
    expect((await loadTokenizer(folder)).padId).toBe(49407);
  });
});

describe('T5 tokenizer', () => {
  it('gives the ids of the reference for all 300 prompts', async () => {
    const tokenizer = await loadTokenizer(T5);
    const cases = await goldenCases('t5-tokens.json');
    expect(cases).toHaveLength(300);
    for (const { text, ids } of cases) expect([...tokenizer.encode(text), 1], JSON.stringify(text)).toEqual(ids);
    expect([tokenizer.kind, tokenizer.padId, tokenizer.bosId, tokenizer.eosId]).toEqual(['t5', 0, null, 1]);
  });

  it('gives the same ids where there is only spiece.model', async () => {
    const folder = await copyOf(T5);
    await rm(join(folder, 'tokenizer.json'));
    const tokenizer = await loadTokenizer(folder);
    for (const { text, ids } of await goldenCases('t5-tokens.json')) expect([...tokenizer.encode(text), 1], JSON.stringify(text)).toEqual(ids);
  });
});

describe('word tokenizer', () => {
  it('splits lower-cased words and maps what it does not know to the unknown id', async () => {
    const folder = await copyOf(CLIP);
    const vocab = { '<pad>': 0, '<unk>': 1, a: 2, red: 3, apple: 4, "cat's": 5 };
    await writeFile(join(folder, 'tokenizer.json'), JSON.stringify({ model: { type: 'WordLevel', vocab, unk_token: '<unk>' } }));
    await writeFile(join(folder, 'tokenizer_config.json'), '{"model_max_length": 16, "pad_token": "<pad>"}');
    const tokenizer = await loadTokenizer(folder);
    expect(tokenizer.encode("A RED-apple, (cat's) zebra! é")).toEqual([2, 3, 4, 5, 1]);
    expect([tokenizer.kind, tokenizer.maxLength, tokenizer.padId, tokenizer.bosId, tokenizer.eosId]).toEqual(['word', 16, 0, null, null]);
  });
});

describe('word tokenizer with its own pattern', () => {
  const vocab = { '[PAD]': 0, '[UNK]': 1, cat: 2, s: 3, red: 4 };
  const load = async (preTokenizer: unknown): Promise<number[]> => {
    const folder = await copyOf(CLIP);
    const json = { pre_tokenizer: preTokenizer, model: { type: 'WordLevel', vocab, unk_token: '[UNK]' } };
    await writeFile(join(folder, 'tokenizer.json'), JSON.stringify(json));
    await writeFile(join(folder, 'tokenizer_config.json'), '{"model_max_length": 16}');
    return (await loadTokenizer(folder)).encode("A red CAT's, red");
  };
  it('splits where the file says', async () => {
    expect(await load({ type: 'Split', pattern: { Regex: '[^a-z0-9]+' }, behavior: 'Removed', invert: false })).toEqual([1, 4, 2, 3, 4]);
    expect(await load({ type: 'Split', pattern: { Regex: '[a-z]+' }, behavior: 'Removed', invert: true })).toEqual([1, 4, 2, 3, 4]);
  });
  it('refuses a pattern or a way of splitting that it does not know', async () => {
    await expect(load({ type: 'Split', pattern: { Regex: '[' }, behavior: 'Removed' })).rejects.toMatchObject({ code: 'model-invalid' });
    await expect(load({ type: 'Metaspace' })).rejects.toThrow('tokenizer.json splits words in a way that is not supported');
  });
});

describe('broken tokenizer files', () => {
  const damages: readonly [string, string, (folder: string) => Promise<void>][] = [
    ['vocab.json', 'is missing', (folder) => rm(join(folder, 'vocab.json'))],
    ['merges.txt', 'is missing', (folder) => rm(join(folder, 'merges.txt'))],
    ['vocab.json', 'is not valid JSON', (folder) => writeFile(join(folder, 'vocab.json'), '{"a": 1')],
    ['vocab.json', 'empty vocabulary', (folder) => writeFile(join(folder, 'vocab.json'), '{}')],
    ['vocab.json', 'no whole number', (folder) => writeFile(join(folder, 'vocab.json'), '{"a": "x"}')],
    ['merges.txt', 'cut short', async (folder) => {
      const text = await readFile(join(CLIP, 'merges.txt'), 'utf8');
      await writeFile(join(folder, 'merges.txt'), text.slice(0, text.lastIndexOf('\n', text.length / 2)));
    }],
    ['merges.txt', 'no pair', (folder) => writeFile(join(folder, 'merges.txt'), Buffer.alloc(2000))],
    ['tokenizer.json', 'not valid JSON', (folder) => writeFile(join(folder, 'tokenizer.json'), '')],
    ['tokenizer.json', 'holds no model', (folder) => writeFile(join(folder, 'tokenizer.json'), '{}')],
    ['tokenizer.json', 'WordPiece', (folder) => writeFile(join(folder, 'tokenizer.json'), '{"model":{"type":"WordPiece"}}')],
    ['spiece.model', 'not a SentencePiece model', (folder) => writeFile(join(folder, 'spiece.model'), Buffer.alloc(300, 255))],
    ['tokenizer_config.json', 'not valid JSON', (folder) => writeFile(join(folder, 'tokenizer_config.json'), '{')],
  ];
  it.each(damages)('names %s when it %s', async (file, problem, damage) => {
    const folder = await copyOf(CLIP);
    await damage(folder);
    await expect(loadTokenizer(folder)).rejects.toMatchObject({
      name: 'StudioError',
      code: 'model-invalid',
      message: expect.stringMatching(new RegExp(`${file.replace('.', '\\.')}.*${problem}`)),
    });
  });

  it('refuses a spiece.model cut in half', async () => {
    const folder = await copyOf(T5);
    await rm(join(folder, 'tokenizer.json'));
    const bytes = await readFile(join(T5, 'spiece.model'));
    await writeFile(join(folder, 'spiece.model'), bytes.subarray(0, bytes.length / 2));
    await expect(loadTokenizer(folder)).rejects.toMatchObject({ code: 'model-invalid' });
  });
});

describe('padding', () => {
  it('pads, and truncates as the reference does', () => {
    const tokenizer = { kind: 'clip', maxLength: 6, padId: 0, bosId: 8, eosId: 9, encode: () => [] } as const;
    expect(padTo([1, 2], 4, 7)).toEqual([1, 2, 7, 7]);
    expect(wrapTruncated(tokenizer, [1, 2], 6)).toEqual({ ids: [8, 1, 2, 9, 0, 0], used: 2, total: 2 });
    expect(wrapTruncated(tokenizer, [1, 2, 3, 4, 5], 6)).toEqual({ ids: [8, 1, 2, 3, 4, 9], used: 4, total: 5 });
  });
});
