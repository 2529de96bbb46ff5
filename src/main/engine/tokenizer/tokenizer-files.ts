import { readFile } from 'node:fs/promises';
import { StudioError } from '../../../shared/errors';

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The one error of this folder: a tokenizer file that cannot be used. */
export function tokenizerError(path: string, problem: string, cause?: unknown): StudioError {
  return new StudioError('model-invalid', `The tokenizer file ${path} ${problem}; copy the file again from where the model came from.`, {
    details: { path },
    cause,
  });
}

function isMissing(caught: unknown): boolean {
  return caught instanceof Error && 'code' in caught && (caught.code === 'ENOENT' || caught.code === 'ENOTDIR');
}

/** The file's bytes, or `null` where there is no such file. @throws StudioError `model-invalid` when it cannot be read */
export async function readOptionalBytes(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (caught) {
    if (isMissing(caught)) return null;
    throw tokenizerError(path, 'cannot be read', caught);
  }
}

function parseObject(path: string, text: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (caught) {
    throw tokenizerError(path, 'is not valid JSON', caught);
  }
  if (!isObject(value)) throw tokenizerError(path, 'does not hold a JSON object');
  return value;
}

/** @throws StudioError `model-invalid` when the file exists and is no JSON object */
export async function readOptionalJson(path: string): Promise<JsonObject | null> {
  const bytes = await readOptionalBytes(path);
  return bytes === null ? null : parseObject(path, bytes.toString('utf8'));
}

/** @throws StudioError `model-invalid` when the file is missing or broken */
export async function readText(path: string): Promise<string> {
  const bytes = await readOptionalBytes(path);
  if (bytes === null) throw tokenizerError(path, 'is missing');
  return bytes.toString('utf8');
}

/** @throws StudioError `model-invalid` when the file is missing or broken */
export async function readJson(path: string): Promise<JsonObject> {
  return parseObject(path, await readText(path));
}

/** A vocabulary object `{ token: id }` as a Map. @throws StudioError `model-invalid` when an id is no whole number */
export function readVocabulary(path: string, value: unknown): Map<string, number> {
  if (!isObject(value)) throw tokenizerError(path, 'holds no vocabulary');
  const vocabulary = new Map<string, number>();
  for (const [token, id] of Object.entries(value)) {
    if (typeof id !== 'number' || !Number.isInteger(id) || id < 0) {
      throw tokenizerError(path, `gives the token ${JSON.stringify(token)} an id that is no whole number`);
    }
    vocabulary.set(token, id);
  }
  if (vocabulary.size === 0) throw tokenizerError(path, 'holds an empty vocabulary');
  return vocabulary;
}

/** A special token as the configs write it: a string, or an object with `content`. */
export function tokenContent(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return isObject(value) && typeof value['content'] === 'string' ? value['content'] : null;
}
