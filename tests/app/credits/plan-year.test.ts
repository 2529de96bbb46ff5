import { describe, expect, it } from 'vitest';
import { PLAN_ALLOWANCES } from '../../../src/shared/credits';
import { aPlan, openAccount, spend } from './open-account';

const HOUR = 3_600_000;
const START = '2027-01-01T00:30:00Z';

/** 400 days of use, one look every seven hours and a job on some of them; what the ledger says of its months. */
function live(timeZone: string, refillDay: number) {
  const account = openAccount({ start: START });
  account.credits.setPlan(aPlan({ plan: 'lite', timeZone, refillDay }));
  const balances: number[] = [];
  for (let hour = 0; hour < 400 * 24; hour += 7) {
    account.at(new Date(Date.parse(START) + hour * HOUR).toISOString());
    if (hour % 35 === 0 && (account.credits.state().balance ?? 0) >= 2000) spend(account, 1);
    balances.push(account.credits.state().balance ?? NaN);
  }
  const rows = [...account.ledger.all()];
  const periods = rows.flatMap(({ kind, period }) => (kind === 'grant' && period !== null ? [period] : []));
  return { balances, periods, rows };
}

describe('a plan over 400 days', () => {
  it.each([
    ['UTC', 1],
    ['Europe/Amsterdam', 31],
    ['America/New_York', 30],
    ['Pacific/Apia', 15],
    ['Australia/Lord_Howe', 29],
  ])('in %s with refill day %i grants each month once, in order, and never more than the plan', (timeZone, refillDay) => {
    const { balances, periods, rows } = live(timeZone, refillDay);
    expect(periods).toEqual([...new Set(periods)].sort());
    // The first month came with the plan itself; 400 days hold 13 more beginnings, or 14.
    expect([13, 14]).toContain(periods.length);
    expect(Math.min(...balances)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...balances)).toBeLessThanOrEqual(PLAN_ALLOWANCES.lite);
    // Every refill sets the balance to the plan's allowance: nothing piles up, and nothing is missing.
    let balance = 0;
    for (const { kind, amount } of rows) {
      balance += amount;
      if (kind === 'grant') expect(balance).toBe(PLAN_ALLOWANCES.lite);
    }
  });
});
