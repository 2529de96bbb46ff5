import { formatCredits, toDollars, type MilliCredits } from '../../shared/pricing/money';

/** "1.90" or "1,90": credits with two digits, as the chosen language writes them. */
export const formatAmount = (amount: MilliCredits, language: string): string =>
  // Rounded on integers first, so that 3.165 shows as 3.17 here as on the command line.
  new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(Number(formatCredits(amount)));

/** Without digits where there is nothing behind the sign: "1,000". */
export const formatAllowance = (amount: MilliCredits, language: string): string => new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(amount / 1000);

/** US dollars; small sums keep the digits that tell them apart. */
export function formatDollars(amount: MilliCredits, language: string): string {
  const dollars = toDollars(amount);
  const digits = dollars !== 0 && Math.abs(dollars) < 0.1 ? 4 : 2;
  return new Intl.NumberFormat(language, { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol', minimumFractionDigits: 2, maximumFractionDigits: digits }).format(dollars);
}

/** "0.4 Wh" or "1.2 kWh". */
export function formatEnergy(wattHours: number, language: string): string {
  const [value, unit] = wattHours >= 1000 ? [wattHours / 1000, 'kWh'] : [wattHours, 'Wh'];
  return `${new Intl.NumberFormat(language, { maximumSignificantDigits: value < 10 ? 2 : 3 }).format(value)} ${unit}`;
}

/** A local date, YYYY-MM-DD, written out; without its day or month where those are not known. */
export function formatDay(day: string, language: string, precision: 'day' | 'month' | 'year' = 'day'): string {
  const parts: Intl.DateTimeFormatOptions = { year: 'numeric', ...(precision === 'year' ? {} : { month: 'short' }), ...(precision === 'day' ? { day: 'numeric' } : {}) };
  return new Intl.DateTimeFormat(language, { ...parts, timeZone: 'UTC' }).format(Date.parse(`${day}T00:00:00Z`));
}
