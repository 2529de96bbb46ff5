import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { applyWeights } from '../../../src/main/engine/prompt/apply-weights';
import { literalPrompt, parsePrompt, plainText } from '../../../src/main/engine/prompt/attention';
import { chunkPrompt, emptyChunk, equaliseChunks } from '../../../src/main/engine/prompt/chunks';
import { loadTokenizer } from '../../../src/main/engine/tokenizer/load-tokenizer';
import { padTo, type Tokenizer } from '../../../src/main/engine/tokenizer/tokenizer';

const FIXTURES = join(import.meta.dirname, '../../fixtures');
let clip: Tokenizer;
let t5: Tokenizer;
beforeAll(async () => {
  clip = await loadTokenizer(join(FIXTURES, 'tokenizers/clip-vit-l'));
  t5 = await loadTokenizer(join(FIXTURES, 'tokenizers/tiny-t5'));
});

/** Parts as the examples of A1111 write them: [text, weight], or BREAK. */
function pairs(prompt: string): readonly (readonly [string, number] | 'BREAK')[] {
  return parsePrompt(prompt).map((part) => (part.kind === 'break' ? 'BREAK' : [part.text, part.weight]));
}

describe('parsePrompt', () => {
  // The doc string of A1111's parser and its grammar (ENGINE.md 2.3).
  const cases: readonly [string, readonly (readonly [string, number] | 'BREAK')[]][] = [
    ['', [['', 1]]],
    ['normal text', [['normal text', 1]]],
    ['an (important) word', [['an ', 1], ['important', 1.1], [' word', 1]]],
    ['(unbalanced', [['unbalanced', 1.1]]],
    ['\\(literal\\]', [['(literal]', 1]]],
    ['(unnecessary)(parens)', [['unnecessaryparens', 1.1]]],
    ['a (((house:1.3)) [on] a (hill:0.5), sun, (((sky))).', [['a ', 1], ['house', 1.5730000000000004], [' ', 1.1], ['on', 1], [' a ', 1.1], ['hill', 0.55], [', sun, ', 1.1], ['sky', 1.4641000000000006], ['.', 1.1]]],
    ['[dim]', [['dim', 1 / 1.1]]],
    ['[dim:1.5]', [['dim:1.5', 1 / 1.1]]],
    ['(a: 1.2 ) b', [['a', 1.2], [' b', 1]]],
    ['(a:-.5)(b:+2.)', [['a', -0.5], ['b', 2]]],
    ['a cat: portrait, 16:9', [['a cat: portrait, 16:9', 1]]],
    ['a:1.3) b)', [['a:1.3) b)', 1]]],
    ['(a:1.2.3)', [['a:1.2.3', 1.1]]],
    ['back\\slash \\\\ and end\\', [['backslash \\ and end', 1]]],
    ['one BREAK two', [['one', 1], 'BREAK', ['two', 1]]],
    ['oneBREAK BREAKER break', [['oneBREAK BREAKER break', 1]]],
    ['(one\nBREAK two:1.5)', [['one', 1.5], 'BREAK', ['two', 1.5]]],
    ['BREAK', ['BREAK']],
    ['((a)', [['a', 1.1 * 1.1]]],
    ['()[]', [['', 1]]],
  ];
  it.each(cases)('%j', (prompt, expected) => {
    expect(pairs(prompt)).toEqual(expected);
  });
  it('keeps the words for tokenizers without weights, and nothing but the text as a literal', () => {
    expect(plainText(parsePrompt('a (red:1.3) [apple] BREAK \\(ripe\\)'))).toBe('a red apple (ripe)');
    expect(literalPrompt('(a:1.3) BREAK')).toEqual([{ kind: 'text', text: '(a:1.3) BREAK', weight: 1 }]);
  });
});

/** `count` one-token words. */
function words(count: number): string {
  return Array.from({ length: count }, () => 'cat').join(' ');
}

describe('chunkPrompt', () => {
  it("gives diffusers' ids for every reference prompt read literally, cut at 77, and in chunks where it fits", async () => {
    const { cases }: { cases: { text: string; ids: number[] }[] } = JSON.parse(await readFile(join(FIXTURES, 'golden/clip-tokens.json'), 'utf8'));
    let cut = 0;
    for (const { text, ids } of cases) {
      const { chunks, warning } = chunkPrompt(clip, literalPrompt(text), 'truncate');
      const expected = ids.length > 77 ? [...ids.slice(0, 76), 49407] : padTo(ids, 77, 49407);
      expect(chunks.map((chunk) => chunk.ids), JSON.stringify(text)).toEqual([expected]);
      expect(warning === null).toBe(ids.length <= 77);
      if (ids.length > 77) cut++;
      else expect(chunkPrompt(clip, literalPrompt(text), 'chunk').chunks).toEqual(chunks);
    }
    expect(cut).toBeGreaterThan(0);
  });

  it('pads with the pad id behind the first EOS', () => {
    const [chunk] = chunkPrompt({ ...clip, padId: 0 }, parsePrompt('a photo of a cat'), 'chunk').chunks;
    expect(chunk?.ids.slice(0, 9)).toEqual([49406, 320, 1125, 539, 320, 2368, 49407, 0, 0]);
    expect(chunk?.ids).toHaveLength(77);
  });

  it('puts the weights at their tokens', () => {
    const [chunk] = chunkPrompt(clip, parsePrompt('a (photo of:1.3) a cat'), 'chunk').chunks;
    expect(chunk?.weights.slice(0, 8)).toEqual([1, 1, 1.3, 1.3, 1, 1, 1, 1]);
    expect(chunk?.weights).toHaveLength(77);
  });

  it('goes on in a second chunk after 75 tokens', () => {
    const { chunks, tokenCount, warning } = chunkPrompt(clip, parsePrompt(words(80)), 'chunk');
    expect(chunks.map((chunk) => chunk.ids.filter((id) => id === 2368).length)).toEqual([75, 5]);
    expect(chunks.map((chunk) => [chunk.ids[0], chunk.ids[76]])).toEqual([[49406, 49407], [49406, 49407]]);
    expect([tokenCount, warning]).toEqual([80, null]);
    expect(chunkPrompt(clip, parsePrompt(words(75)), 'chunk').chunks).toHaveLength(1);
  });

  it('moves what follows a comma of the last 20 tokens into the next chunk', () => {
    const cats = (prompt: string): number[] => chunkPrompt(clip, parsePrompt(prompt), 'chunk').chunks.map((chunk) => chunk.ids.filter((id) => id === 2368).length);
    // Comma at index 60 of a full chunk: 75 - 60 <= 20, so 14 words move.
    expect(cats(`${words(60)}, ${words(30)}`)).toEqual([60, 30]);
    // Comma at index 54: 21 tokens back, too far.
    expect(cats(`${words(54)}, ${words(30)}`)).toEqual([74, 10]);
    expect(cats(`${words(55)}, ${words(30)}`)).toEqual([55, 30]);
    // The 76th token is a comma itself: it opens the next chunk.
    expect(cats(`${words(75)}, ${words(3)}`)).toEqual([75, 3]);
  });

  it('starts a chunk at BREAK', () => {
    const { chunks } = chunkPrompt(clip, parsePrompt('cat BREAK cat cat'), 'chunk');
    expect(chunks.map((chunk) => chunk.ids.filter((id) => id === 2368).length)).toEqual([1, 2]);
  });

  it('says how much was cut when it truncates, and bounds the chunks of an endless prompt', () => {
    const cut = chunkPrompt(clip, parsePrompt(words(80)), 'truncate');
    expect([cut.chunks.length, cut.tokenCount, cut.warning]).toEqual([1, 75, 'The prompt has 80 tokens and the model reads 75, so the last 5 were left out.']);
    const endless = chunkPrompt(clip, parsePrompt(words(10_000)), 'chunk');
    expect([endless.chunks.length, endless.warning]).toEqual([10, 'The prompt has 10000 tokens and the model reads 750, so the last 9250 were left out.']);
  });

  it('reads T5 as one plain text with EOS at the end, and cuts it at the length', async () => {
    const { cases }: { cases: { text: string; ids: number[] }[] } = JSON.parse(await readFile(join(FIXTURES, 'golden/t5-tokens.json'), 'utf8'));
    const short: Tokenizer = { ...t5, maxLength: 32 };
    for (const { text, ids } of cases) {
      const expected = ids.length > 32 ? [...ids.slice(0, 31), 1] : padTo(ids, 32, 0);
      expect(chunkPrompt(short, literalPrompt(text), 'chunk').chunks[0]?.ids).toEqual(expected);
    }
    const weighted = chunkPrompt(short, parsePrompt('a (red:1.4) apple'), 'chunk').chunks[0];
    expect(weighted).toEqual(chunkPrompt(short, literalPrompt('a red apple'), 'chunk').chunks[0]);
  });

  it('keeps weights for the word tokenizer, which has no special tokens', () => {
    const word: Tokenizer = { kind: 'word', maxLength: 4, padId: 0, bosId: null, eosId: null, encode: (text) => (text.match(/\w+/gu) ?? []).map((w) => w.length) };
    const { chunks, warning } = chunkPrompt(word, parsePrompt('one (three:1.2)'), 'chunk');
    expect(chunks).toEqual([{ ids: [3, 5, 0, 0], weights: [1, 1.2, 1, 1] }]);
    expect(warning).toBeNull();
    expect(chunkPrompt(word, parsePrompt('a b c d e'), 'chunk').warning).toBe('The prompt has 5 tokens and the model reads 4, so the last 1 were left out.');
  });
});

describe('equaliseChunks', () => {
  it('fills the shorter prompt with empty chunks', () => {
    const long = chunkPrompt(clip, parsePrompt(words(80)), 'chunk');
    const short = chunkPrompt(clip, parsePrompt(''), 'chunk');
    const [a, b] = equaliseChunks(clip, [short, long]);
    expect(a?.chunks).toEqual([emptyChunk(clip), emptyChunk(clip)]);
    expect(b).toBe(long);
    expect(emptyChunk(clip).ids).toEqual([49406, ...Array.from({ length: 76 }, () => 49407)]);
  });
});

describe('applyWeights', () => {
  it('multiplies each token and restores the mean of the whole', () => {
    const embeds = Float32Array.of(1, 2, 3, 4, 5, 6);
    // Weighted: 1 2 | 6 8 | 5 6, mean 28/6; before 21/6, so everything is scaled by 3/4.
    expect([...applyWeights(embeds, [1, 2, 1])]).toEqual([0.75, 1.5, 4.5, 6, 3.75, 4.5]);
  });
  it('gives the same array back for weights of 1, and refuses what does not fit', () => {
    const embeds = Float32Array.of(1, 2, 3, 4);
    expect(applyWeights(embeds, [1, 1])).toBe(embeds);
    expect(() => applyWeights(embeds, [1, 2, 1])).toThrow('Expected a multiple of 3');
  });
});
