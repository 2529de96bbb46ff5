import { PrecompiledNormalizer, SequenceNormalizer, Tokenizer as LibraryTokenizer, type Encoding } from '@huggingface/tokenizers';
import { createPrecompiledMap } from './precompiled-map';
import type { Tokenizer } from './tokenizer';
import { isObject, tokenContent, tokenizerError, type JsonObject } from './tokenizer-files';

const T5_LENGTH = 512;

/** `precompiled_charsmap` wherever the normaliser holds it: alone or as an item of a sequence. */
function findCharsMaps(normalizer: unknown): string[] {
  if (!isObject(normalizer)) return [];
  if (typeof normalizer['precompiled_charsmap'] === 'string') return [normalizer['precompiled_charsmap']];
  return Array.isArray(normalizer['normalizers']) ? normalizer['normalizers'].flatMap(findCharsMaps) : [];
}

/** The library only approximates a precompiled map by NFKC (5 of 300 reference prompts differ); this puts the real one in. */
function useExactMaps(library: LibraryTokenizer, json: JsonObject): void {
  const maps = findCharsMaps(json['normalizer']).map((text) => createPrecompiledMap(Buffer.from(text, 'base64')));
  let next = 0;
  const visit = (normalizer: unknown): void => {
    if (normalizer instanceof SequenceNormalizer) normalizer.normalizers.forEach(visit);
    else if (normalizer instanceof PrecompiledNormalizer) {
      const map = maps[next++];
      if (map !== undefined) normalizer.normalize = map;
    }
  };
  visit(library.normalizer);
}

/**
 * A T5 tokenizer from the contents of a `tokenizer.json` with a Unigram model.
 * @throws StudioError `model-invalid` when the library cannot read it
 */
export function createT5(path: string, json: JsonObject, config: JsonObject | null): Tokenizer {
  let library: LibraryTokenizer;
  try {
    library = new LibraryTokenizer(json, config ?? {});
    useExactMaps(library, json);
  } catch (caught) {
    throw tokenizerError(path, 'is not a Unigram tokenizer that can be read', caught);
  }
  const idOf = (token: string): number => {
    const id = library.token_to_id(token);
    if (id === undefined) throw tokenizerError(path, `lacks the token ${JSON.stringify(token)}`);
    return id;
  };
  const length = config?.['model_max_length'];
  return {
    kind: 't5',
    maxLength: typeof length === 'number' && length >= 8 && length <= 4096 ? Math.floor(length) : T5_LENGTH,
    padId: idOf(tokenContent(config?.['pad_token']) ?? '<pad>'),
    bosId: null,
    eosId: idOf(tokenContent(config?.['eos_token']) ?? '</s>'),
    encode: (text) => {
      const encoding: Encoding = library.encode(text, { add_special_tokens: false });
      return [...encoding.ids];
    },
  };
}
