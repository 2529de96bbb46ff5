import type { Tokenizer } from './tokenizer';
import { isObject, readVocabulary, tokenContent, tokenizerError, type JsonObject } from './tokenizer-files';

/** Where the file names no pattern of its own. */
const WORD = /[a-z0-9']+/gu;

/** Splits lower-cased text into words: by the file's own `Split` pattern (removed, or kept when inverted), else by runs of `WORD`. */
function wordSplitter(path: string, preTokenizer: unknown): (text: string) => string[] {
  if (!isObject(preTokenizer)) return (text) => text.match(WORD) ?? [];
  const source = isObject(preTokenizer['pattern']) ? preTokenizer['pattern']['Regex'] : undefined;
  if (preTokenizer['type'] !== 'Split' || preTokenizer['behavior'] !== 'Removed' || typeof source !== 'string') {
    throw tokenizerError(path, 'splits words in a way that is not supported (expected Split by a Regex, Removed)');
  }
  let pattern: RegExp;
  try {
    pattern = new RegExp(source, 'gu');
  } catch (caught) {
    throw tokenizerError(path, `holds the pattern ${JSON.stringify(source).slice(0, 80)}, which cannot be read`, caught);
  }
  return (text) => (preTokenizer['invert'] === true ? (text.match(pattern) ?? []) : text.split(pattern).filter((word) => word !== ''));
}

function firstId(vocabulary: ReadonlyMap<string, number>, names: readonly (string | null)[]): number | null {
  for (const name of names) {
    const id = name === null ? undefined : vocabulary.get(name);
    if (id !== undefined) return id;
  }
  return null;
}

/**
 * The built-in model's tokenizer: a `tokenizer.json` whose model is WordLevel. Text is put into NFC and lower
 * case and split into words by the file's pattern; unknown words become the unknown id. No BOS and no EOS.
 * @throws StudioError `model-invalid` when the vocabulary is broken or has no unknown token
 */
export function createWordLevel(path: string, json: JsonObject, config: JsonObject | null): Tokenizer {
  const model = isObject(json['model']) ? json['model'] : {};
  const split = wordSplitter(path, json['pre_tokenizer']);
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
    encode: (text) => split(text.normalize('NFC').toLowerCase()).map((word) => vocabulary.get(word) ?? unknownId),
  };
}
