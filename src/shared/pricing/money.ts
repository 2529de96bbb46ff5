/** Thousandths of a credit, always an integer: sums of integers do not drift. 1 credit = 1 US cent, as DreamStudio sold them. */
export type MilliCredits = number;

const MILLI_PER_CREDIT = 1000;
const CREDITS_PER_DOLLAR = 100;

/** What the amounts of a price table are written in. */
export type PriceUnit = 'credit' | 'usd';

/** Rounds an amount of a price table to the nearest thousandth of a credit, halves up. */
export const toMilliCredits = (amount: number, unit: PriceUnit): MilliCredits =>
  Math.round(amount * (unit === 'usd' ? CREDITS_PER_DOLLAR : 1) * MILLI_PER_CREDIT);

/** Whole cents of a credit, halves up and away from zero below it; on integers, so that 3.165 shows as 3.17 everywhere. */
function hundredths(amount: MilliCredits): number {
  return Math.sign(amount) * Math.floor((Math.abs(amount) + 5) / 10);
}

/** "1.90", "-0.20": credits with two digits, in plain ASCII for files and the command line. */
export function formatCredits(amount: MilliCredits): string {
  const cents = hundredths(amount);
  const digits = String(Math.abs(cents)).padStart(3, '0');
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Exact credits for JSON: 1899 -> 1.899. */
export const toCredits = (amount: MilliCredits): number => amount / MILLI_PER_CREDIT;

/** US dollars: 1899 -> 0.01899. */
export const toDollars = (amount: MilliCredits): number => amount / (MILLI_PER_CREDIT * CREDITS_PER_DOLLAR);
