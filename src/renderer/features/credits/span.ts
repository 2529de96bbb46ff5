import type { UsageShare } from '../../../shared/credits';

export const SPANS = ['month', 'lastMonth', 'year', 'chosen'] as const;
export type SpanName = (typeof SPANS)[number];

/** Two local dates, YYYY-MM-DD, both included. */
export interface Span {
  readonly from: string;
  readonly to: string;
}

const DAY_MS = 86_400_000;
const msOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(msOf(text));

/** Whether two dates as typed can be asked for. */
export const isSpan = ({ from, to }: Span): boolean => isDay(from) && isDay(to) && from <= to;

/** The days of a named span, seen from a day; calendar months, as budgets count them. */
export function spanOf(name: Exclude<SpanName, 'chosen'>, today: string): Span {
  const month = today.slice(0, 7);
  if (name === 'month') return { from: `${month}-01`, to: today };
  if (name === 'year') return { from: `${today.slice(0, 4)}-01-01`, to: today };
  const to = dayOf(msOf(`${month}-01`) - DAY_MS);
  return { from: `${to.slice(0, 7)}-01`, to };
}

/** Calendar months that a span touches: so often a monthly fee would have been due. */
export function monthsIn({ from, to }: Span): number {
  const index = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  return index(to) - index(from) + 1;
}

/** More bars than this cannot be told apart any more; then months are shown. */
const MOST_DAYS = 92;

export interface Timeline {
  readonly unit: 'day' | 'month';
  /** One for each day or month of the span, those without any work too. */
  readonly shares: readonly UsageShare[];
}

const nothing = (name: string): UsageShare => ({ name, pictures: 0, price: 0, charged: 0 });

function keysOf({ from, to }: Span, unit: Timeline['unit']): readonly string[] {
  const keys: string[] = [];
  for (let ms = msOf(from); ms <= msOf(to); ms += DAY_MS) {
    const key = dayOf(ms).slice(0, unit === 'day' ? 10 : 7);
    if (keys.at(-1) !== key) keys.push(key);
  }
  return keys;
}

/** Use over time without gaps. @param byDay in any order; a day outside the span is left out */
export function timelineOf(byDay: readonly UsageShare[], span: Span): Timeline {
  const unit = (msOf(span.to) - msOf(span.from)) / DAY_MS < MOST_DAYS ? 'day' : 'month';
  const shares = new Map(keysOf(span, unit).map((key) => [key, nothing(key)]));
  for (const { name, pictures, price, charged } of byDay) {
    const key = name.slice(0, unit === 'day' ? 10 : 7);
    const sum = shares.get(key);
    if (sum !== undefined) shares.set(key, { name: key, pictures: sum.pictures + pictures, price: sum.price + price, charged: sum.charged + charged });
  }
  return { unit, shares: [...shares.values()] };
}

/** The least of 1, 2, 5, 10, 20, 50 … that is not below a value: where an axis ends. */
export function axisEnd(most: number): number {
  if (most <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 5, 10].map((step) => step * power).find((end) => end >= most) ?? most;
}
