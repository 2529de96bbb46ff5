/** Days and months as a person's calendar has them: everything is a local date, nothing is counted in milliseconds. */

const two = (value: number): string => String(value).padStart(2, '0');

interface LocalDate {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}

type ReadDate = (at: number) => LocalDate;

const readSystemDate: ReadDate = (at) => {
  const date = new Date(at);
  return { year: date.getFullYear(), month: date.getMonth() + 1, day: date.getDate() };
};

function dateReader(timeZone: string): ReadDate {
  const formatter = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: 'numeric', day: 'numeric', calendar: 'gregory', numberingSystem: 'latn' });
  return (at) => {
    const parts = new Map(formatter.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    return { year: parts.get('year') ?? NaN, month: parts.get('month') ?? NaN, day: parts.get('day') ?? NaN };
  };
}

const format = ({ year, month, day }: LocalDate): string => `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;

/** The last day of a month, 28 to 31. */
const lastDay = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** The day on which a month's refill comes: the chosen one, or the last of a shorter month. */
function refillDate(year: number, month: number, refillDay: number): LocalDate {
  return { year, month, day: Math.min(refillDay, lastDay(year, month)) };
}

const nextMonth = (year: number, month: number): readonly [number, number] => (month === 12 ? [year + 1, 1] : [year, month + 1]);
const previousMonth = (year: number, month: number): readonly [number, number] => (month === 1 ? [year - 1, 12] : [year, month - 1]);

/** One time zone's days. */
export interface Calendar {
  /** The local date of an instant, YYYY-MM-DD. */
  dayOf(at: number): string;
  /** The refill day on or before an instant, and the one after it, as local dates. */
  periodOf(at: number, refillDay: number): { readonly from: string; readonly next: string };
}

/** @param timeZone IANA name; null = the system's, asked anew each time, because a laptop travels */
export function createCalendar(timeZone: string | null): Calendar {
  const read = timeZone === null ? readSystemDate : dateReader(timeZone);
  return {
    dayOf: (at) => format(read(at)),
    periodOf: (at, refillDay) => {
      const { year, month, day } = read(at);
      const here = refillDate(year, month, refillDay);
      if (day >= here.day) return { from: format(here), next: format(refillDate(...nextMonth(year, month), refillDay)) };
      return { from: format(refillDate(...previousMonth(year, month), refillDay)), next: format(here) };
    },
  };
}
