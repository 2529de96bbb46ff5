import { StudioError } from '../../../shared/errors';

/** A scheduler_config.json: keys as diffusers writes them, none filled in. Defaults belong to each class. */
export interface SchedulerConfig {
  readonly className: string;
  readonly values: Readonly<Record<string, unknown>>;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Python writes non-finite floats as bare words that are no JSON (`"lambda_min_clipped": -Infinity`).
 * They become strings here, outside of string literals only; `readNumber` understands them.
 */
const quoteNonFinite = (text: string): string =>
  text.replace(/"(?:\\.|[^"\\])*"|-?Infinity|NaN/g, (token) =>
    token.startsWith('"') ? token : `"${token}"`,
  );

/**
 * Reads the text of a scheduler_config.json.
 * @throws StudioError `model-invalid` when it is not JSON, not an object, or names no class.
 */
export function parseSchedulerConfig(text: string): SchedulerConfig {
  let parsed: unknown;
  try {
    parsed = JSON.parse(quoteNonFinite(text));
  } catch (cause) {
    throw new StudioError(
      'model-invalid',
      'Expected JSON in scheduler_config.json but could not read it; download the model again.',
      { cause },
    );
  }
  const className = isRecord(parsed) ? parsed['_class_name'] : undefined;
  if (!isRecord(parsed) || typeof className !== 'string') {
    throw new StudioError(
      'model-invalid',
      'Expected "_class_name" in scheduler_config.json but found none; download the model again.',
    );
  }
  return { className, values: parsed };
}

const NON_FINITE: Readonly<Record<string, number>> = { Infinity, '-Infinity': -Infinity, NaN };

function refuse(config: SchedulerConfig, key: string, expected: string): never {
  const received = JSON.stringify(config.values[key]);
  throw new StudioError(
    'model-unsupported',
    `Expected ${expected} for "${key}" of ${config.className} but received ${received}; choose another scheduler or mend scheduler_config.json.`,
    { details: { className: config.className, key } },
  );
}

/** An absent key and JSON null both mean "not given", as `None` does in diffusers. */
export function readOptionalNumber(config: SchedulerConfig, key: string): number | undefined {
  const value = config.values[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number') return value;
  const special = typeof value === 'string' ? NON_FINITE[value] : undefined;
  return special ?? refuse(config, key, 'a number');
}

export function readNumber(config: SchedulerConfig, key: string, fallback: number): number {
  return readOptionalNumber(config, key) ?? fallback;
}

export function readFlag(config: SchedulerConfig, key: string, fallback: boolean): boolean {
  const value = config.values[key] ?? fallback;
  return typeof value === 'boolean' ? value : refuse(config, key, 'true or false');
}

/** One of a closed set of words; the first is the default. */
export function readChoice<T extends string>(
  config: SchedulerConfig,
  key: string,
  allowed: readonly [T, ...T[]],
): T {
  const value = config.values[key] ?? allowed[0];
  return (
    allowed.find((word) => word === value) ??
    refuse(config, key, allowed.map((word) => `"${word}"`).join(' or '))
  );
}

export function readNumbers(config: SchedulerConfig, key: string): readonly number[] | undefined {
  const value = config.values[key];
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) return refuse(config, key, 'a list of numbers');
  return value.map((item: unknown) =>
    typeof item === 'number' ? item : refuse(config, key, 'a list of numbers'),
  );
}
