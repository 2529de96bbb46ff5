import { describe, expect, it } from 'vitest';
import { PLAN_ALLOWANCES, type CreditsState } from '../../../src/shared/credits';
import { StudioError } from '../../../src/shared/errors';
import { anOrder, aPlan, openAccount, spend } from './open-account';

const open = (start?: string) => {
  const account = openAccount(start === undefined ? {} : { start });
  return { ...account, balance: (): number | null => account.credits.state().balance, spend: (count: number) => spend(account, count) };
};
const caught = (work: () => unknown): StudioError => {
  try {
    work();
  } catch (error) {
    return StudioError.fromCaught(error);
  }
  throw new Error('nothing was thrown');
};

describe('Unlimited', () => {
  it('is what a new ledger has: nothing is charged, all is tracked', () => {
    const account = open();
    account.spend(3);
    expect(account.credits.state()).toMatchObject({ balance: null, allowance: null, period: null, reserved: 0, usedToday: 6000, usedThisMonth: 6000, chargedThisPeriod: 0, rows: 2 } satisfies Partial<CreditsState>);
    expect(account.ledger.page(2, null).map(({ kind, amount, price, charged }) => [kind, amount, price, charged])).toEqual([
      ['settle', 0, 6000, 0],
      ['reserve', 0, 6000, 0],
    ]);
  });
});

describe('a job', () => {
  it('holds its price while it is open, pays what was kept and gets back the rest', () => {
    const { credits, balance } = open();
    credits.setPlan(aPlan({ plan: 'lite' }));
    const order = anOrder({ count: 4 });
    expect(credits.reserve(order)).toMatchObject({ totalCharge: 8000, fits: 4, table: { id: 'dreamstudio-2023' } });
    expect(credits.state()).toMatchObject({ balance: 92_000, reserved: 8000, usedToday: 8000 });
    expect(credits.close(order.jobId, { pictures: 3, seconds: 12, isRecovered: false })).toMatchObject({ kind: 'settle', charged: 6000, amount: 2000, pictures: 3 });
    expect(balance()).toBe(94_000);
  });

  it('gets everything back when nothing was made', () => {
    const { credits, balance } = open();
    credits.setPlan(aPlan({ plan: 'lite' }));
    const order = anOrder();
    credits.reserve(order);
    expect(credits.close(order.jobId, { pictures: 0, seconds: 1, isRecovered: false })).toMatchObject({ kind: 'release', charged: 0, amount: 2000 });
    expect(balance()).toBe(100_000);
  });

  it('is closed once: a second time, and a job that never reserved, change nothing', () => {
    const { credits, ledger } = open();
    const order = anOrder();
    credits.reserve(order);
    const outcome = { pictures: 1, seconds: 1, isRecovered: false };
    credits.close(order.jobId, outcome);
    expect(credits.close(order.jobId, outcome)).toBeNull();
    expect(credits.close(anOrder().jobId, outcome)).toBeNull();
    expect(ledger.sums().rows).toBe(2);
  });

  it('never pays for more than it asked for', () => {
    const { credits } = open();
    const order = anOrder();
    credits.reserve(order);
    expect(credits.close(order.jobId, { pictures: 9, seconds: 1, isRecovered: false })).toMatchObject({ pictures: 1, price: 2000 });
  });

  it('is refused under an id that was used before', () => {
    const { credits } = open();
    const order = anOrder();
    credits.reserve(order);
    expect(caught(() => credits.reserve(order))).toMatchObject({ code: 'invalid-request' });
  });

  it('that does not fit is refused with how many would, and leaves no row', () => {
    const { credits, ledger } = open();
    credits.setPlan(aPlan({ plan: 'custom', customAllowance: 5500 }));
    const error = caught(() => credits.reserve(anOrder({ count: 4 })));
    expect(error).toMatchObject({ code: 'insufficient-credits', details: { limit: 'balance', fits: 2, count: 4, left: 5500 } });
    expect(error.message).toBe('These 4 pictures cost 8.00 credits and 5.50 credits are left: ask for 2 instead, or change the plan or the budget.');
    expect(ledger.sums()).toMatchObject({ rows: 1, balance: 5500 });
    credits.reserve(anOrder({ count: 2 }));
    expect(caught(() => credits.reserve(anOrder())).message).toBe('This picture costs 2.00 credits and 1.50 credits are left: none fits; change the plan or the budget.');
  });

  it('costs what the button said', () => {
    const { credits } = open();
    credits.setPlan(aPlan({ plan: 'plus' }));
    const order = anOrder({ count: 3 });
    const said = credits.quote(order.request, order.count);
    credits.reserve(order);
    expect(credits.close(order.jobId, { pictures: 3, seconds: 1, isRecovered: false })).toMatchObject({ charged: said.totalCharge, price: said.totalPrice });
  });

  it('keeps the price and plan it was agreed under', () => {
    const { credits, balance } = open();
    const order = anOrder();
    credits.reserve(order);
    credits.setPlan(aPlan({ plan: 'lite' }));
    credits.close(order.jobId, { pictures: 1, seconds: 1, isRecovered: false });
    expect(balance()).toBe(PLAN_ALLOWANCES.lite);
  });
});

describe('a monthly plan', () => {
  it('refills on its day; what is unused does not pile up', () => {
    const { credits, balance, spend: use, at } = open('2026-11-24T12:00:00Z');
    credits.setPlan(aPlan({ plan: 'lite' }));
    use(5);
    expect(credits.state()).toMatchObject({ balance: 90_000, period: { from: '2026-11-01', next: '2026-12-01' }, chargedThisPeriod: 10_000 });
    at('2026-11-30T23:59:59Z');
    expect(balance()).toBe(90_000);
    at('2026-12-01T00:00:00Z');
    expect(credits.state()).toMatchObject({ balance: 100_000, chargedThisPeriod: 0 });
  });

  it('refills once, whatever asks and however often', () => {
    const { credits, ledger, at } = open();
    credits.setPlan(aPlan({ plan: 'lite' }));
    at('2026-12-05T00:00:00Z');
    for (let i = 0; i < 3; i++) credits.state();
    credits.quote(anOrder().request, 1);
    expect(ledger.page(100, null).filter(({ kind }) => kind === 'grant')).toHaveLength(1);
  });

  it('refills before a job that would not fit without', () => {
    const { credits, at, spend: use } = open();
    credits.setPlan(aPlan({ plan: 'custom', customAllowance: 4000 }));
    use(2);
    expect(caught(() => credits.reserve(anOrder())).code).toBe('insufficient-credits');
    at('2026-12-01T00:00:00Z');
    expect(credits.reserve(anOrder()).fits).toBe(1);
  });

  it('refills once after months in which nobody came', () => {
    const { credits, ledger, at, spend: use } = open();
    credits.setPlan(aPlan({ plan: 'lite' }));
    use(10);
    at('2027-06-17T00:00:00Z');
    expect(credits.state()).toMatchObject({ balance: 100_000, period: { from: '2027-06-01', next: '2027-07-01' } });
    expect(ledger.page(100, null).filter(({ kind }) => kind === 'grant')).toHaveLength(1);
  });

  it('grants nothing when the clock is set back, nor a second time when it comes forward again', () => {
    const { credits, balance, at, spend: use } = open('2026-12-01T10:00:00Z');
    credits.setPlan(aPlan({ plan: 'lite' }));
    use(10);
    for (const instant of ['2026-11-30T10:00:00Z', '2026-01-05T10:00:00Z', '2026-12-01T11:00:00Z', '2026-12-31T23:00:00Z']) {
      at(instant);
      expect(balance()).toBe(80_000);
    }
    at('2027-01-01T00:00:00Z');
    expect(balance()).toBe(100_000);
  });

  it('grants a month early to a clock put forward, and not again when that month comes', () => {
    const { credits, balance, at, spend: use } = open();
    credits.setPlan(aPlan({ plan: 'lite' }));
    at('2026-12-02T00:00:00Z');
    use(10);
    at('2026-11-25T00:00:00Z');
    expect(balance()).toBe(80_000);
    at('2026-12-15T00:00:00Z');
    expect(balance()).toBe(80_000);
  });

  it('is freed from a clock that once stood years ahead by choosing the plan again', () => {
    const { credits, balance, at, spend: use } = open();
    credits.setPlan(aPlan({ plan: 'lite' }));
    at('2031-01-01T00:00:00Z');
    use(50);
    at('2026-12-02T00:00:00Z');
    credits.setPlan(aPlan({ plan: 'lite' }));
    // What was used then counts now, but the next month comes.
    expect(balance()).toBe(0);
    at('2027-01-01T00:00:00Z');
    expect(balance()).toBe(100_000);
  });

  it.each([
    ['Pacific/Apia', '2026-11-30T10:59:00Z', '2026-11-30T11:01:00Z'],
    ['America/New_York', '2026-12-01T04:59:00Z', '2026-12-01T05:01:00Z'],
  ])('begins at midnight in %s', (timeZone, before, after) => {
    const { credits, balance, at, spend: use } = open();
    credits.setPlan(aPlan({ plan: 'lite', timeZone }));
    use(1);
    at(before);
    expect(balance()).toBe(98_000);
    at(after);
    expect(balance()).toBe(100_000);
  });

  it('does not refill twice for a traveller who goes back over midnight', () => {
    const { credits, balance, at, spend: use } = open('2026-11-30T20:00:00Z');
    credits.setPlan(aPlan({ plan: 'lite', timeZone: 'Asia/Kathmandu' }));
    at('2026-11-30T23:00:00Z');
    use(10);
    credits.setPlan(aPlan({ plan: 'lite', timeZone: 'America/New_York' }));
    expect(balance()).toBe(80_000);
    at('2026-12-01T12:00:00Z');
    expect(balance()).toBe(80_000);
  });

  it('counts what a job over the refill holds as used in the new month, and gives back its rest', () => {
    const { credits, balance, at } = open();
    credits.setPlan(aPlan({ plan: 'lite' }));
    const order = anOrder({ count: 4 });
    credits.reserve(order);
    at('2026-12-01T00:00:01Z');
    expect(credits.state()).toMatchObject({ balance: 92_000, reserved: 8000 });
    credits.close(order.jobId, { pictures: 1, seconds: 1, isRecovered: false });
    expect(balance()).toBe(98_000);
  });
});

describe('changing the plan', () => {
  it('gains nothing by going to and fro', () => {
    const { credits, balance, spend: use, at } = open();
    credits.setPlan(aPlan({ plan: 'lite' }));
    use(10);
    credits.setPlan(aPlan({ plan: 'unlimited' }));
    expect(balance()).toBeNull();
    credits.setPlan(aPlan({ plan: 'lite' }));
    expect(balance()).toBe(80_000);
    at('2026-11-28T00:00:00Z');
    credits.state();
    credits.setPlan(aPlan({ plan: 'lite', refillDay: 26 }));
    expect(balance()).toBe(80_000);
    credits.setPlan(aPlan({ plan: 'plus', refillDay: 26 }));
    expect(balance()).toBe(980_000);
  });

  it('starts afresh after months under another plan', () => {
    const { credits, balance, spend: use, at } = open();
    credits.setPlan(aPlan({ plan: 'lite' }));
    use(10);
    credits.setPlan(aPlan({ plan: 'unlimited' }));
    at('2027-03-10T00:00:00Z');
    credits.setPlan(aPlan({ plan: 'lite' }));
    expect(balance()).toBe(100_000);
  });

  it('to a smaller one while a job is open never leaves less than nothing or more than the plan', () => {
    const { credits, balance } = open();
    credits.setPlan(aPlan({ plan: 'lite' }));
    const order = anOrder({ count: 8 });
    credits.reserve(order);
    credits.setPlan(aPlan({ plan: 'custom', customAllowance: 1000 }));
    expect(balance()).toBe(0);
    credits.close(order.jobId, { pictures: 0, seconds: 1, isRecovered: false });
    expect(balance()).toBe(1000);
  });

  it('to credits given once holds exactly those, until they are gone', () => {
    const { credits, balance, spend: use, at } = open();
    credits.setPlan(aPlan({ plan: 'custom', customRefill: 'once', customAllowance: 10_000 }));
    use(2);
    at('2027-11-24T12:00:00Z');
    expect(credits.state()).toMatchObject({ balance: 6000, period: null });
    credits.setPlan(aPlan({ plan: 'custom', customRefill: 'once', customAllowance: 20_000 }));
    expect(balance()).toBe(20_000);
  });

  it('of the budget alone leaves the balance as it is', () => {
    const { credits, balance, spend: use } = open();
    const once = aPlan({ plan: 'custom', customRefill: 'once', customAllowance: 10_000 });
    credits.setPlan(once);
    use(2);
    credits.setPlan({ ...once, budget: { ...once.budget, perDay: 9000 } });
    expect(balance()).toBe(6000);
    expect(credits.state().plan.budget.perDay).toBe(9000);
  });
});

describe('the budget', () => {
  const budget = (change: object) => aPlan({ budget: { ...aPlan().budget, ...change } });

  it('stops a day at its limit, also where nothing is charged, and the next day begins anew', () => {
    const { credits, at, spend: use } = open('2026-11-24T23:00:00Z');
    credits.setPlan(budget({ perDay: 5000 }));
    use(2);
    expect(caught(() => credits.reserve(anOrder())).details).toMatchObject({ limit: 'day', fits: 0, left: 1000 });
    at('2026-11-25T00:00:00Z');
    expect(credits.reserve(anOrder({ count: 2 })).fits).toBe(2);
  });

  it('counts jobs that are still open', () => {
    const { credits } = open();
    credits.setPlan(budget({ perMonth: 5000 }));
    credits.reserve(anOrder({ count: 2 }));
    expect(caught(() => credits.reserve(anOrder())).details).toMatchObject({ limit: 'month', left: 1000 });
  });

  it('counts a month by its own days, not by the plan', () => {
    const { credits, at, spend: use } = open('2026-11-30T12:00:00Z');
    credits.setPlan({ ...budget({ perMonth: 4000 }), plan: 'lite', refillDay: 15 });
    use(2);
    expect(credits.quote(anOrder().request, 1)).toMatchObject({ fits: 0, heldBackBy: 'month' });
    at('2026-12-01T12:00:00Z');
    expect(credits.quote(anOrder().request, 1)).toMatchObject({ fits: 1, heldBackBy: null });
  });

  it('warns and lets through without a hard stop', () => {
    const { credits, spend: use } = open();
    credits.setPlan(budget({ perDay: 5000, isHardStop: false }));
    use(2);
    expect(credits.reserve(anOrder({ count: 4 }))).toMatchObject({ fits: 4, warnings: ['day'] });
  });

  it('gains nothing from a clock set back over midnight', () => {
    const { credits, at, spend: use } = open('2026-11-25T00:30:00Z');
    credits.setPlan(budget({ perDay: 4000 }));
    at('2026-11-24T23:30:00Z');
    use(2);
    at('2026-11-25T00:30:00Z');
    use(2);
    at('2026-11-24T23:45:00Z');
    expect(credits.quote(anOrder().request, 1).fits).toBe(0);
  });
});
