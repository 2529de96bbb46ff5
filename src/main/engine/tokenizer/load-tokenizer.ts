import { join } from 'node:path';
import { loadClip } from './clip-files';
import { sentencePieceToTokenizerJson } from './sentencepiece-model';
import { createT5 } from './t5';
import type { Tokenizer } from './tokenizer';
import { isObject, readOptionalBytes, readOptionalJson, tokenizerError, type JsonObject } from './tokenizer-files';
import { createWordLevel } from './word-level';

async function fromTokenizerJson(folder: string, path: string, json: JsonObject): Promise<Tokenizer> {
  const model = json['model'];
  if (!isObject(model)) throw tokenizerError(path, 'holds no model');
  const config = await readOptionalJson(join(folder, 'tokenizer_config.json'));
  // Older files leave the type out; then the vocabulary's form tells: an object for BPE, a list of pairs for Unigram.
  const type = model['type'] ?? (Array.isArray(model['vocab']) ? 'Unigram' : 'BPE');
  if (type === 'BPE') return loadClip(folder, { path, json, model });
  if (type === 'Unigram') return createT5(path, json, config);
  if (type === 'WordLevel') return createWordLevel(path, json, config);
  throw tokenizerError(path, `holds a ${JSON.stringify(type)} model, which is not one of BPE, Unigram and WordLevel`);
}

/**
 * Reads a tokenizer folder of a diffusers model: `tokenizer.json` where there is one, else `vocab.json` with
 * `merges.txt` (CLIP), else `spiece.model` (T5).
 * @throws StudioError `model-invalid` naming the file that is missing or broken
 */
export async function loadTokenizer(folder: string): Promise<Tokenizer> {
  const jsonPath = join(folder, 'tokenizer.json');
  const json = await readOptionalJson(jsonPath);
  if (json !== null) return fromTokenizerJson(folder, jsonPath, json);
  const piecesPath = join(folder, 'spiece.model');
  const pieces = await readOptionalBytes(piecesPath);
  if (pieces === null) return loadClip(folder, null);
  let converted: JsonObject;
  try {
    converted = sentencePieceToTokenizerJson(pieces);
  } catch (caught) {
    throw tokenizerError(piecesPath, 'is not a SentencePiece model', caught);
  }
  return createT5(piecesPath, converted, await readOptionalJson(join(folder, 'tokenizer_config.json')));
}
