/**
 * CLIP's byte-pair encoding with the ids of the reference (transformers 5, the Rust tokenizer): special tokens written
 * in the text are split off first, then NFC, white space to one space, lower case per character, the pre-token
 * pattern, bytes to printable characters, merges by rank. Own code because @huggingface/tokenizers 0.2.0 lower-cases
 * whole strings (final sigma) and lets `<|ENDOFTEXT|>` become the special token.
 */
export interface ClipVocabulary {
  readonly vocabulary: ReadonlyMap<string, number>;
  /** Best pair first. */
  readonly merges: readonly (readonly [string, string])[];
  /** Texts that stand for one id wherever they occur in a prompt. */
  readonly specialTokens: ReadonlyMap<string, number>;
  readonly unknownId: number;
}

/** Unicode White_Space, not JavaScript's `\s` (which has U+FEFF and lacks U+0085). */
const WHITE_SPACE = /\p{White_Space}+/gu;
const PRE_TOKEN = /'s|'t|'re|'ve|'m|'ll|'d|\p{L}+|\p{N}|[^\p{White_Space}\p{L}\p{N}]+/gu;
const WORD_END = '</w>';
/** Words seen in one session are few; the bound only keeps a hostile stream of prompts from growing memory. */
const CACHE_LIMIT = 20_000;

/** GPT-2's map of bytes to printable characters: printable Latin-1 stands for itself, the other 68 follow at U+0100. */
function byteCharacters(): readonly string[] {
  const characters: string[] = [];
  let next = 0x100;
  for (let byte = 0; byte < 256; byte++) {
    const isPrintable = (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
    characters.push(String.fromCodePoint(isPrintable ? byte : next++));
  }
  return characters;
}

/** Lower case of each character by itself: a capital sigma is always U+03C3, never the final form. */
function lowerCase(text: string): string {
  let lower = '';
  for (const character of text) lower += character.toLowerCase();
  return lower;
}

/** All occurrences of one pair, left to right. */
function mergePair(symbols: readonly string[], left: string, right: string): string[] {
  const merged: string[] = [];
  for (let i = 0; i < symbols.length; i++) {
    const symbol = symbols[i] ?? '';
    if (symbol === left && symbols[i + 1] === right) {
      merged.push(left + right);
      i++;
    } else merged.push(symbol);
  }
  return merged;
}

function mergeByRank(start: readonly string[], ranks: ReadonlyMap<string, number>): readonly string[] {
  let symbols = start;
  while (symbols.length > 1) {
    let best = Infinity;
    let bestAt = -1;
    for (let i = 0; i + 1 < symbols.length; i++) {
      const rank = ranks.get(`${symbols[i] ?? ''} ${symbols[i + 1] ?? ''}`) ?? Infinity;
      if (rank < best) {
        best = rank;
        bestAt = i;
      }
    }
    if (bestAt < 0) break;
    symbols = mergePair(symbols, symbols[bestAt] ?? '', symbols[bestAt + 1] ?? '');
  }
  return symbols;
}

function escapeForPattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Splits at the special tokens, longest first; every odd part is a special token. */
function specialSplitter(specialTokens: ReadonlyMap<string, number>): (text: string) => string[] {
  const names = [...specialTokens.keys()].filter((name) => name !== '').sort((a, b) => b.length - a.length);
  if (names.length === 0) return (text) => [text];
  const pattern = new RegExp(`(${names.map(escapeForPattern).join('|')})`, 'u');
  return (text) => text.split(pattern);
}

/** Builds the encoder; its result gives ids without BOS, EOS and padding. */
export function createClipBpe(source: ClipVocabulary): (text: string) => number[] {
  const ranks = new Map(source.merges.map(([left, right], rank) => [`${left} ${right}`, rank]));
  const characters = byteCharacters();
  const utf8 = new TextEncoder();
  const split = specialSplitter(source.specialTokens);
  const cache = new Map<string, readonly number[]>();

  const encodeWord = (word: string): readonly number[] => {
    const known = cache.get(word);
    if (known !== undefined) return known;
    const symbols = Array.from(utf8.encode(word), (byte) => characters[byte] ?? '');
    symbols.push(`${symbols.pop() ?? ''}${WORD_END}`);
    const ids = mergeByRank(symbols, ranks).map((symbol) => source.vocabulary.get(symbol) ?? source.unknownId);
    if (cache.size < CACHE_LIMIT) cache.set(word, ids);
    return ids;
  };

  return (text) => {
    const ids: number[] = [];
    for (const part of split(text)) {
      const special = source.specialTokens.get(part);
      if (special !== undefined) {
        ids.push(special);
        continue;
      }
      const clean = lowerCase(part.normalize('NFC').replace(WHITE_SPACE, ' '));
      for (const [word] of clean.matchAll(PRE_TOKEN)) for (const id of encodeWord(word)) ids.push(id);
    }
    return ids;
  };
}
