import type { ForeignSettings, Origin, UnknownSetting } from '../../../shared/gallery';
import { LIMITS } from '../../../shared/limits';
import { schedulerOf } from './scheduler-names';

/** What one reader found, before it is put into this studio's words. Values are as they were written. */
export interface RawSettings {
  readonly origin: Origin;
  readonly prompt?: unknown;
  readonly negativePrompt?: unknown;
  readonly modelName?: unknown;
  readonly modelHash?: unknown;
  readonly seed?: unknown;
  readonly steps?: unknown;
  readonly guidance?: unknown;
  readonly sampler?: unknown;
  /** The sigma schedule, where it is named apart from the sampler. */
  readonly schedule?: unknown;
  readonly width?: unknown;
  readonly height?: unknown;
  readonly strength?: unknown;
  /** Everything else; values that are no text are written as JSON. */
  readonly unknown: readonly (readonly [string, unknown])[];
}

/** What is kept of one value and of all; the file itself keeps the rest. */
const MAX_VALUE = 4000;
const MAX_UNKNOWN = 200;
const MAX_PROMPT = LIMITS.promptLength;

const toText = (value: unknown): string | null => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null);
const filled = (text: string | null): string | null => (text === null || text.trim() === '' ? null : text);

function toNumber(value: unknown): number | null {
  const number = typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? number : null;
}

function toInteger(value: unknown, min: number, max: number): number | null {
  const number = toNumber(value);
  return number !== null && Number.isSafeInteger(number) && number >= min && number <= max ? number : null;
}

function unknownText(value: unknown): string | null {
  if (value === undefined || value === null || value === '') return null;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE)}…` : text;
}

/** A value that this studio's field cannot hold goes to the unknown ones, so that nothing is dropped. */
export function toForeignSettings(raw: RawSettings): ForeignSettings {
  const rest: (readonly [string, unknown])[] = [...raw.unknown];
  const keep = <T>(key: string, value: unknown, understood: T | null): T | null => {
    if (understood === null) rest.unshift([key, value]);
    return understood;
  };
  const sampler = filled(toText(raw.sampler));
  const schedule = filled(toText(raw.schedule));
  const settings = {
    origin: raw.origin,
    prompt: keep('prompt', raw.prompt, toText(raw.prompt)?.slice(0, MAX_PROMPT) ?? null),
    negativePrompt: keep('negative prompt', raw.negativePrompt, toText(raw.negativePrompt)?.slice(0, MAX_PROMPT) ?? null),
    modelName: keep('model', raw.modelName, filled(toText(raw.modelName))),
    modelHash: filled(toText(raw.modelHash)),
    seed: keep('seed', raw.seed, toInteger(raw.seed, 0, Number.MAX_SAFE_INTEGER)),
    numInferenceSteps: keep('steps', raw.steps, toInteger(raw.steps, 0, 100_000)),
    guidanceScale: keep('guidance', raw.guidance, toNumber(raw.guidance)),
    sampler: sampler === null ? null : schedule === null ? sampler : `${sampler} (${schedule})`,
    scheduler: sampler === null ? null : schedulerOf(sampler, schedule),
    width: toInteger(raw.width, 1, 1_000_000),
    height: toInteger(raw.height, 1, 1_000_000),
    strength: keep('strength', raw.strength, toNumber(raw.strength)),
  };
  const unknown = rest.slice(0, MAX_UNKNOWN).flatMap(([key, value]): readonly UnknownSetting[] => {
    const text = unknownText(value);
    return text === null ? [] : [{ key: key.slice(0, 200), value: text }];
  });
  return { ...settings, unknown };
}

/** An object from JSON, or null: nothing else is a table of settings. */
export function jsonObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    // JSON's own numbers end at 2^53; longer seeds are kept as text.
    const value: unknown = JSON.parse(text.replace(/(seed"\s*:\s*)(\d{16,20})(?=\s*[,}])/g, '$1"$2"'));
    return asObject(value);
  } catch {
    return null;
  }
}

export const asObject = (value: unknown): Readonly<Record<string, unknown>> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : null;

/** The entries of an object that no field was made of. */
export const others = (object: Readonly<Record<string, unknown>>, known: readonly string[]): readonly (readonly [string, unknown])[] =>
  Object.entries(object).filter(([key]) => !known.includes(key));
