import { describe, expect, it } from 'vitest';
import { createCalendar } from '../../../src/main/app/credits/calendar';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.UTC(2027, 0, 1);
const ZONES = ['UTC', 'Europe/Amsterdam', 'America/New_York', 'Pacific/Apia', 'Pacific/Pago_Pago', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'America/Sao_Paulo'];

/** Days of a month by another route than the one under test. */
const daysIn = (year: number, month: number): number => [31, year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
const partsOf = (day: string): readonly [number, number, number] => [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10))];

describe('days', () => {
  it.each([
    ['UTC', '2026-11-30T23:59:59.999Z', '2026-11-30'],
    ['Europe/Amsterdam', '2026-11-30T23:00:00Z', '2026-12-01'],
    ['America/New_York', '2026-12-01T04:59:00Z', '2026-11-30'],
    ['Pacific/Apia', '2026-11-30T11:00:00Z', '2026-12-01'],
    ['Pacific/Pago_Pago', '2026-12-01T10:59:00Z', '2026-11-30'],
  ])('in %s, %s is %s', (zone, instant, day) => {
    expect(createCalendar(zone).dayOf(Date.parse(instant))).toBe(day);
  });

  it("are the system's own without a zone", () => {
    const at = new Date(2028, 1, 29, 23, 59).getTime();
    expect(createCalendar(null).dayOf(at)).toBe('2028-02-29');
  });
});

describe('months of a plan', () => {
  /** What is wrong with one instant, given the month found for the instant before it; null = nothing. */
  function wrongAt(today: string, found: { from: string; next: string }, { last, refillDay }: { last: string; refillDay: number }): string | null {
    const { from, next } = found;
    if (!(from <= today && today < next)) return `${today} is not in ${from}..${next}`;
    for (const day of [from, next]) {
      const [year, month, date] = partsOf(day);
      if (date !== Math.min(refillDay, daysIn(year, month))) return `${day} is not day ${refillDay}`;
    }
    // A new month begins on its very day: nothing was skipped and nothing came early.
    if (from !== last && last !== '' && (from < last || today !== from)) return `${from} after ${last} was noticed on ${today}`;
    return null;
  }

  it.each(ZONES)('over 400 days in %s, every instant lies in the one month that holds it, for every refill day', (zone) => {
    const { dayOf, periodOf } = createCalendar(zone);
    for (const refillDay of [1, 15, 29, 30, 31]) {
      const months = new Set<string>();
      let last = '';
      for (let hour = 0; hour < 400 * 24; hour += 7) {
        const at = START + hour * HOUR;
        const found = periodOf(at, refillDay);
        const wrong = wrongAt(dayOf(at), found, { last, refillDay });
        if (wrong !== null) expect.fail(`${zone}, refill day ${refillDay}: ${wrong}`);
        last = found.from;
        months.add(last);
      }
      expect([14, 15]).toContain(months.size);
    }
  });

  it('refills on the last day of a shorter month', () => {
    const { periodOf } = createCalendar('UTC');
    const at = (day: string): number => Date.parse(`${day}T12:00:00Z`);
    expect(periodOf(at('2027-02-27'), 31)).toEqual({ from: '2027-01-31', next: '2027-02-28' });
    expect(periodOf(at('2027-02-28'), 31)).toEqual({ from: '2027-02-28', next: '2027-03-31' });
    expect(periodOf(at('2028-02-28'), 30)).toEqual({ from: '2028-01-30', next: '2028-02-29' });
    expect(periodOf(at('2026-12-31'), 1)).toEqual({ from: '2026-12-01', next: '2027-01-01' });
  });

  it('counts days, not 24 hours, where a clock is put forward or back', () => {
    // 2027-03-28 has 23 hours in Amsterdam, 2027-10-31 has 25.
    for (const day of ['2027-03-28', '2027-10-31']) {
      const { dayOf } = createCalendar('Europe/Amsterdam');
      const midnight = Date.parse(`${day}T00:00:00Z`) - DAY;
      const seen = new Set(Array.from({ length: 72 }, (_, hour) => dayOf(midnight + hour * HOUR)));
      expect(seen.size).toBe(4);
    }
  });
});
