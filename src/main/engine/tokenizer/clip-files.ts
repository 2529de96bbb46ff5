import { join } from 'node:path';
import { createClipBpe, type ClipVocabulary } from './clip-bpe';
import type { Tokenizer } from './tokenizer';
import { isObject, readJson, readOptionalJson, readText, readVocabulary, tokenContent, tokenizerError, type JsonObject } from './tokenizer-files';

const BOS = '<|startoftext|>';
const EOS = '<|endoftext|>';
const CLIP_LENGTH = 77;
/** 256 bytes, and 256 bytes that end a word. */
const BYTE_SYMBOLS = 512;

type Merges = readonly (readonly [string, string])[];

function readMerge(path: string, line: unknown): readonly [string, string] {
  const parts: unknown[] = typeof line === 'string' ? line.split(' ') : Array.isArray(line) ? line : [];
  const [left, right] = parts;
  if (parts.length !== 2 || typeof left !== 'string' || typeof right !== 'string' || left === '' || right === '') {
    throw tokenizerError(path, `holds a merge that is no pair: ${JSON.stringify(line).slice(0, 60)}`);
  }
  return [left, right];
}

/**
 * A merges list that was cut short still parses, and would silently spell every word in other tokens; a vocabulary
 * that the merges cannot reach tells it. One in fifty is allowed for added words.
 */
function checkMerges(path: string, vocabulary: ReadonlyMap<string, number>, merges: Merges): void {
  const expected = vocabulary.size - BYTE_SYMBOLS;
  if (merges.length < expected * 0.98 - 16) {
    throw tokenizerError(path, `is cut short: expected about ${String(expected)} merges but received ${String(merges.length)}`);
  }
  const stray = merges.find(([left, right]) => !vocabulary.has(left + right));
  if (stray !== undefined) throw tokenizerError(path, `makes the token ${JSON.stringify(stray.join('').slice(-20))}, which the vocabulary lacks`);
}

interface ClipSource {
  readonly vocabularyPath: string;
  readonly vocabulary: Map<string, number>;
  readonly merges: Merges;
  readonly added: ReadonlyMap<string, number>;
}

async function sourceFromLists(folder: string): Promise<ClipSource> {
  const vocabularyPath = join(folder, 'vocab.json');
  const mergesPath = join(folder, 'merges.txt');
  const vocabulary = readVocabulary(vocabularyPath, await readJson(vocabularyPath));
  const lines = (await readText(mergesPath)).split(/\r?\n/u).filter((line, index) => line !== '' && !(index === 0 && line.startsWith('#version')));
  const merges = lines.map((line) => readMerge(mergesPath, line));
  checkMerges(mergesPath, vocabulary, merges);
  return { vocabularyPath, vocabulary, merges, added: new Map() };
}

function sourceFromTokenizerJson(path: string, json: JsonObject, model: JsonObject): ClipSource {
  const vocabulary = readVocabulary(path, model['vocab']);
  if (!Array.isArray(model['merges'])) throw tokenizerError(path, 'holds no merges');
  const merges = model['merges'].map((line: unknown) => readMerge(path, line));
  checkMerges(path, vocabulary, merges);
  const added = new Map<string, number>();
  for (const token of Array.isArray(json['added_tokens']) ? json['added_tokens'] : []) {
    if (isObject(token) && typeof token['content'] === 'string' && typeof token['id'] === 'number') added.set(token['content'], token['id']);
  }
  return { vocabularyPath: path, vocabulary, merges, added };
}

/** `pad_token` of tokenizer_config.json, else of special_tokens_map.json, else EOS (ENGINE.md 2.1: SD 2 and bigG use "!"). */
async function padToken(folder: string, config: JsonObject | null): Promise<string> {
  const fromConfig = tokenContent(config?.['pad_token']);
  if (fromConfig !== null) return fromConfig;
  const map = await readOptionalJson(join(folder, 'special_tokens_map.json'));
  return tokenContent(map?.['pad_token']) ?? EOS;
}

/**
 * Loads a CLIP tokenizer from `tokenizer.json` (given) or from `vocab.json` and `merges.txt`.
 * @throws StudioError `model-invalid` naming the file that is missing or broken
 */
export async function loadClip(folder: string, tokenizerJson: { path: string; json: JsonObject; model: JsonObject } | null): Promise<Tokenizer> {
  const source =
    tokenizerJson === null ? await sourceFromLists(folder) : sourceFromTokenizerJson(tokenizerJson.path, tokenizerJson.json, tokenizerJson.model);
  const config = await readOptionalJson(join(folder, 'tokenizer_config.json'));
  const idOf = (token: string): number => {
    const id = source.vocabulary.get(token) ?? source.added.get(token);
    if (id === undefined) throw tokenizerError(source.vocabularyPath, `lacks the token ${JSON.stringify(token)}`);
    return id;
  };
  const bosId = idOf(tokenContent(config?.['bos_token']) ?? BOS);
  const eosToken = tokenContent(config?.['eos_token']) ?? EOS;
  const eosId = idOf(eosToken);
  const padId = idOf(await padToken(folder, config));
  const vocabulary: ClipVocabulary = {
    vocabulary: source.vocabulary,
    merges: source.merges,
    specialTokens: new Map([...source.added, [BOS, bosId], [EOS, eosId]]),
    unknownId: idOf(tokenContent(config?.['unk_token']) ?? eosToken),
  };
  const length = config?.['model_max_length'];
  const maxLength = typeof length === 'number' && length >= 8 && length <= 4096 ? Math.floor(length) : CLIP_LENGTH;
  return { kind: 'clip', maxLength, padId, bosId, eosId, encode: createClipBpe(vocabulary) };
}
