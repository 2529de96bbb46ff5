import { readFileSync } from 'node:fs';
import { StudioError } from '../../../shared/errors';

export type JsonObject = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The text of a file, or null where it does not exist. @throws StudioError `model-invalid` when it cannot be read. */
export function readOptionalText(path: string, display: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR')) return null;
    throw new StudioError('model-invalid', `${display} cannot be read: check its permissions.`, { details: { file: display }, cause });
  }
}

/**
 * A JSON object from a model folder, or null where the file does not exist.
 * @param display the path below the model folder, for the sentence
 * @throws StudioError `model-invalid` when it is no JSON object
 */
export function readOptionalJson(path: string, display: string): JsonObject | null {
  const text = readOptionalText(path, display);
  if (text === null) return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw new StudioError('model-invalid', `${display} is not valid JSON: download this model again.`, { details: { file: display }, cause });
  }
  if (!isObject(parsed)) throw new StudioError('model-invalid', `${display} holds no JSON object: download this model again.`, { details: { file: display } });
  return parsed;
}

/** A finite number under `key`, else null. */
export function numberAt(json: JsonObject | null, key: string): number | null {
  const value = json?.[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

export function textAt(json: JsonObject | null, key: string): string | null {
  const value = json?.[key];
  return typeof value === 'string' ? value : null;
}

export function objectAt(json: JsonObject | null, key: string): JsonObject | null {
  const value = json?.[key];
  return isObject(value) ? value : null;
}

/** A list under `key` whose members are all finite numbers, else null. */
export function numbersAt(json: JsonObject | null, key: string): readonly number[] | null {
  const value = json?.[key];
  if (!Array.isArray(value)) return null;
  const numbers = value.filter((item): item is number => typeof item === 'number' && Number.isFinite(item));
  return numbers.length === value.length ? numbers : null;
}

/** A list of such lists under `key`, else null. */
export function matrixAt(json: JsonObject | null, key: string): readonly (readonly number[])[] | null {
  const value = json?.[key];
  if (!Array.isArray(value)) return null;
  const rows = value.map((_, i) => numbersAt({ row: value[i] as unknown }, 'row'));
  const complete = rows.filter((row): row is readonly number[] => row !== null);
  return complete.length === rows.length ? complete : null;
}

export function lengthAt(json: JsonObject | null, key: string): number | null {
  const value = json?.[key];
  return Array.isArray(value) ? value.length : null;
}
