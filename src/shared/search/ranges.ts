/** Numbers between two bounds, both included; null = no bound. */
export interface NumberRange {
  readonly min: number | null;
  readonly max: number | null;
}

type Comparison = '>=' | '<=' | ':' | '>' | '<' | '=';

/** The smallest step between two numbers that the library holds: integers, and guidance or strength with three digits. */
const STEP = 0.0005;

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1e3, kb: 1e3, m: 1e6, mb: 1e6, g: 1e9, gb: 1e9 };

function parseNumber(text: string): number | null {
  const match = /^(-?\d{1,15}(?:\.\d{1,6})?)(k|kb|m|mb|g|gb)?$/i.exec(text);
  if (match === null) return null;
  return Number(match[1]) * (UNITS[(match[2] ?? '').toLowerCase()] ?? 1);
}

/** `42`, `10..20`, `10..`, `..20`, with `operator` before it. @returns null when it is no number */
export function numberRange(operator: Comparison, text: string): NumberRange | null {
  const span = /^(.*?)\.\.(.*)$/.exec(text);
  if (span !== null && (operator === ':' || operator === '=')) {
    const [low, high] = [span[1] ?? '', span[2] ?? ''];
    const [min, max] = [low === '' ? null : parseNumber(low), high === '' ? null : parseNumber(high)];
    if ((low !== '' && min === null) || (high !== '' && max === null) || (low === '' && high === '')) return null;
    return { min, max };
  }
  const value = parseNumber(text);
  if (value === null) return null;
  return compared(operator, { min: value, max: value }, STEP);
}

/** `operator` laid on a span: `> November` begins behind its end. */
function compared(operator: Comparison, { min, max }: { readonly min: number; readonly max: number }, step: number): NumberRange {
  switch (operator) {
    case '>':
      return { min: max + step, max: null };
    case '>=':
      return { min, max: null };
    case '<':
      return { min: null, max: min - step };
    case '<=':
      return { min: null, max };
    case ':':
    case '=':
      return { min, max };
  }
}

const DAY_MS = 86_400_000;

/** The local times of a year, month or day: first millisecond and last. */
function calendarSpan(text: string, now: Date): { readonly min: number; readonly max: number } | null {
  const today = new Date(now.getFullYear(), now.getMonth(), now.getDate());
  const dayFrom = (offset: number): Date => new Date(today.getFullYear(), today.getMonth(), today.getDate() + offset);
  const span = (from: Date, to: Date) => ({ min: from.getTime(), max: to.getTime() - 1 });
  if (text === 'today') return span(today, dayFrom(1));
  if (text === 'yesterday') return span(dayFrom(-1), today);
  const last = /^(\d{1,4})d$/.exec(text);
  if (last !== null) return { min: now.getTime() - Number(last[1]) * DAY_MS, max: now.getTime() };
  const match = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(text);
  if (match === null) return null;
  const [year, month, day] = [Number(match[1]), match[2] === undefined ? null : Number(match[2]), match[3] === undefined ? null : Number(match[3])];
  if (month === null) return span(new Date(year, 0, 1), new Date(year + 1, 0, 1));
  if (month < 1 || month > 12) return null;
  if (day === null) return span(new Date(year, month - 1, 1), new Date(year, month, 1));
  const from = new Date(year, month - 1, day);
  return from.getMonth() === month - 1 && day > 0 ? span(from, new Date(year, month - 1, day + 1)) : null;
}

/**
 * `2026`, `2026-11`, `2026-11-24`, `today`, `yesterday`, `7d` (the last 7 days), or two of them with `..` between.
 * @returns milliseconds since the epoch, local time; null when it is no date
 */
export function dateRange(operator: Comparison, text: string, now: Date): NumberRange | null {
  const parts = text.toLowerCase().split('..');
  if (parts.length === 2 && (operator === ':' || operator === '=')) {
    const [low = '', high = ''] = parts;
    const [from, to] = [low === '' ? null : calendarSpan(low, now), high === '' ? null : calendarSpan(high, now)];
    if ((low !== '' && from === null) || (high !== '' && to === null) || (from === null && to === null)) return null;
    return { min: from?.min ?? null, max: to?.max ?? null };
  }
  const span = calendarSpan(text.toLowerCase(), now);
  return span === null ? null : compared(operator, span, 1);
}
