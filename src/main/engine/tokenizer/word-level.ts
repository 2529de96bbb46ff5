import type { Tokenizer } from './tokenizer';
import { isObject, readVocabulary, tokenContent, tokenizerError, type JsonObject } from './tokenizer-files';

const WORD = /[a-z0-9']+/gu;

function firstId(vocabulary: ReadonlyMap<string, number>, names: readonly (string | null)[]): number | null {
  for (const name of names) {
    const id = name === null ? undefined : vocabulary.get(name);
    if (id !== undefined) return id;
  }
  return null;
}

/**
 * The built-in model's tokenizer: a `tokenizer.json` whose model is WordLevel. Text is lower-cased, words are runs of
 * `[a-z0-9']`, everything between them is dropped, unknown words become the unknown id. No BOS and no EOS.
 * @throws StudioError `model-invalid` when the vocabulary is broken or has no unknown token
 */
export function createWordLevel(path: string, model: JsonObject, config: JsonObject | null): Tokenizer {
  const vocabulary = readVocabulary(path, model['vocab']);
  const unknownId = firstId(vocabulary, [tokenContent(model['unk_token']), tokenContent(config?.['unk_token']), '<unk>', '[UNK]']);
  if (unknownId === null) throw tokenizerError(path, 'lacks its unknown token');
  const length = isObject(config) ? config['model_max_length'] : undefined;
  if (typeof length !== 'number' || !Number.isInteger(length) || length < 1) {
    throw tokenizerError(path, 'needs a whole number "model_max_length" in the tokenizer_config.json beside it');
  }
  return {
    kind: 'word',
    maxLength: length,
    padId: firstId(vocabulary, [tokenContent(config?.['pad_token']), '<pad>', '[PAD]']) ?? 0,
    bosId: null,
    eosId: null,
    encode: (text) => (text.toLowerCase().match(WORD) ?? []).map((word) => vocabulary.get(word) ?? unknownId),
  };
}
