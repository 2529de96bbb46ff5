import { describe, expect, it } from 'vitest';
import { anOrder, aPlan, openAccount } from './open-account';

/** Some years of daily use. */
const JOBS = 10_000;

describe('a large ledger', () => {
  it('reserves without reading every row per trigger, and still adds up', async () => {
    const { credits, ledger, database } = openAccount();
    credits.setPlan(aPlan({ plan: 'custom', customAllowance: 1_000_000_000 }));
    const plans = [
      `SELECT 1 FROM ledger WHERE job_id = 'x' AND (kind = 'reserve') = ('settle' = 'reserve')`,
      `SELECT 1 FROM ledger WHERE job_id = 'x' AND kind = 'reserve' AND 5 = -amount`,
      `SELECT COALESCE(MAX(sequence), 0) + 1 FROM ledger`,
    ].map((sql) => (database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { readonly detail: string }[]).map(({ detail }) => detail).join('; '));
    for (const plan of plans) expect(plan).toMatch(/^SEARCH/);
    const [detail, row] = [{ reason: 'recovered' } as const, { at: 0, day: '2026-11-24', price: 2000, pictures: 1 }];
    ledger.atomically(() => {
      for (let job = 0; job < JOBS; job++) {
        const { jobId } = anOrder();
        ledger.append({ ...row, kind: 'reserve', amount: -2000, jobId, detail });
        ledger.append({ ...row, kind: 'settle', amount: 0, charged: 2000, jobId, detail });
      }
    });
    expect(credits.state()).toMatchObject({ balance: 1_000_000_000 - JOBS * 2000, reserved: 0, usedToday: JOBS * 2000, rows: 2 * JOBS + 1 });
    expect(await ledger.verify()).toMatchObject({ ok: true, rows: 2 * JOBS + 1 });
  });
});
