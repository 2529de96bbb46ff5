import { StudioError } from '../../shared/errors';
import { LIMITS } from '../../shared/limits';
import { SCHEDULERS, type SchedulerId } from '../../shared/schedulers';

/** What a flag may hold; its name stands in the refusal. */
export interface NumberRule {
  readonly flag: string;
  readonly min: number;
  readonly max?: number;
  readonly multipleOf?: number;
}

const refuse = (expected: string, flag: string, text: string): StudioError =>
  new StudioError('invalid-request', `Expected ${expected} for ${flag} but received ${text === '' ? 'nothing' : text}.`);

function describeRule({ min, max, multipleOf }: NumberRule): string {
  const bounds = max === undefined ? `of at least ${min}` : `between ${min} and ${max}`;
  return multipleOf === undefined ? bounds : `${bounds} that is a multiple of ${multipleOf}`;
}

function isFit(value: number, { min, max = Infinity, multipleOf }: NumberRule): boolean {
  return Number.isFinite(value) && value >= min && value <= max && (multipleOf === undefined || value % multipleOf === 0);
}

/** A parser for commander. @throws StudioError `invalid-request`, one sentence that names the flag and its range */
export const anyNumber = (rule: NumberRule) => (text: string): number => {
  const value = text.trim() === '' ? NaN : Number(text);
  if (!isFit(value, rule)) throw refuse(`a number ${describeRule(rule)}`, rule.flag, text);
  return value;
};

/** As `anyNumber`, without fractions. */
export const wholeNumber = (rule: NumberRule) => (text: string): number => {
  const value = /^[+-]?\d+$/.test(text.trim()) ? Number(text) : NaN;
  if (!isFit(value, rule)) throw refuse(`a whole number ${describeRule(rule)}`, rule.flag, text);
  return value;
};

/**
 * Any whole number, reduced as torch's CPU generator reduces it: it keeps the low 32 bits, so -1 means 4294967295.
 */
export function parseSeed(text: string): number {
  const seed = wholeNumber({ flag: '--seed', min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER })(text);
  const period = LIMITS.seed.max + 1;
  return ((seed % period) + period) % period;
}

/** Pixels along one side of a picture. */
export const side = (flag: string) => wholeNumber({ flag, ...LIMITS.side });

/**
 * Two whole numbers in the reference's order, which is height first (SDXL size conditioning).
 * @param order how the two are called, for the refusal
 */
export const pair = (flag: string, order: string) => (text: string): readonly [number, number] => {
  const match = /^(\d+),(\d+)$/.exec(text.trim());
  if (match === null) throw refuse(`two whole numbers "${order}"`, flag, text);
  return [Number(match[1]), Number(match[2])];
};

export const oneOf = <T extends string>(flag: string, choices: readonly T[]) => (text: string): T => {
  const found = choices.find((choice) => choice === text);
  if (found === undefined) throw refuse(`one of ${choices.join(', ')}`, flag, text);
  return found;
};

/** Case, spaces, dashes and underscores do not matter in a scheduler's name. */
const simplify = (name: string): string => name.toLowerCase().replace(/[\s_-]/g, '');

/** Finds a scheduler by our id, by the label that A1111 users know or by diffusers' class name. */
export function parseScheduler(text: string): SchedulerId {
  const wanted = simplify(text);
  const found = SCHEDULERS.find(({ id, label, className }) => [id, label, className].some((name) => simplify(name) === wanted));
  if (found === undefined) throw refuse(`one of ${SCHEDULERS.map(({ id }) => id).join(', ')}`, '--scheduler', text);
  return found.id;
}
