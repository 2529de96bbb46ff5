import { writeFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLedger } from '../../../src/main/app/credits/ledger';
import { ledgerCsvText } from '../../../src/main/app/credits/ledger-csv';
import { openLedgerDatabase } from '../../../src/main/app/credits/ledger-database';
import { openCredits } from '../../../src/main/app/credits/open-credits';
import { StudioError } from '../../../src/shared/errors';
import { PRICES_FOLDER } from '../../support/price-tables';
import { tempFolder } from '../../support/temp-folder';
import { anOrder, aPlan, openAccount, spend } from './open-account';

/** A ledger with every kind of row in it. */
function filled() {
  const account = openAccount();
  account.credits.setPlan(aPlan({ plan: 'lite' }));
  spend(account, 2);
  const order = anOrder();
  account.credits.reserve(order);
  account.credits.close(order.jobId, { pictures: 0, seconds: 0, isRecovered: false });
  account.at('2026-12-01T00:00:00Z');
  account.credits.state();
  account.credits.reserve(anOrder({ count: 3 }));
  return account;
}

describe('the ledger', () => {
  it('has all kinds of rows, numbered without gaps, and its balance is their sum', async () => {
    const { ledger, credits } = filled();
    const rows = ledger.page(100, null);
    expect(rows.map(({ sequence, kind, amount, charged }) => [sequence, kind, amount, charged]).reverse()).toEqual([
      [1, 'adjust', 100_000, 0],
      [2, 'reserve', -4000, 0],
      [3, 'settle', 0, 4000],
      [4, 'reserve', -2000, 0],
      [5, 'release', 2000, 0],
      [6, 'adjust', -96_000, 0],
      [7, 'grant', 100_000, 0],
      [8, 'reserve', -6000, 0],
    ]);
    expect(credits.state().balance).toBe(rows.reduce((sum, { amount }) => sum + amount, 0));
    expect([...ledger.all()].map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(ledger.page(2, 4).map(({ sequence }) => sequence)).toEqual([3, 2]);
  });

  it.each([
    ['an update', `UPDATE ledger SET amount = 5 WHERE sequence = 3`, 'never changed'],
    ['a deletion', `DELETE FROM ledger WHERE sequence = 8`, 'never deleted'],
    ['a replacement', `INSERT OR REPLACE INTO ledger SELECT * FROM ledger WHERE sequence = 7`, 'only be appended'],
    ['a gap', `INSERT INTO ledger SELECT 10, at_ms, day, 'grant', 5, 0, 0, 0, NULL, NULL, detail, hash, 'x' FROM ledger WHERE sequence = 8`, 'only be appended'],
    ['a second reservation', `INSERT OR REPLACE INTO ledger SELECT 9, at_ms, day, kind, amount, price, charged, pictures, job_id, period, detail, hash, 'x' FROM ledger WHERE sequence = 8`, 'reserves once'],
    ['a second settlement', `INSERT INTO ledger SELECT 9, at_ms, day, 'release', 4000, 0, 0, 0, job_id, period, detail, hash, 'x' FROM ledger WHERE sequence = 3`, 'closed once'],
    ['a settlement of nothing', `INSERT INTO ledger SELECT 9, at_ms, day, 'release', 4000, 0, 0, 0, 'nobody', period, detail, hash, 'x' FROM ledger WHERE sequence = 3`, 'what it has reserved'],
    ['a settlement for more', `INSERT INTO ledger SELECT 9, at_ms, day, 'release', 6001, 0, 0, 0, job_id, period, detail, hash, 'x' FROM ledger WHERE sequence = 8`, 'what it has reserved'],
    ['half a credit', `INSERT INTO ledger SELECT 9, at_ms, day, 'grant', 0.5, 0, 0, 0, NULL, NULL, detail, hash, 'x' FROM ledger WHERE sequence = 8`, 'INTEGER'],
  ])('is protected by the database itself against %s', async (_what, sql, reason) => {
    const { database, ledger } = filled();
    expect(() => database.exec(sql)).toThrow(reason);
    expect(await ledger.verify()).toMatchObject({ ok: true, rows: 8 });
  });

  it('is whole when nothing was touched', async () => {
    const { ledger } = filled();
    expect(await ledger.verify()).toEqual({ ok: true, rows: 8, head: ledger.page(1, null)[0]?.hash });
    expect(await openAccount().ledger.verify()).toEqual({ ok: true, rows: 0, head: '0'.repeat(64) });
  });

  it.each([
    ['at_ms', 'at_ms + 1'], ['day', `'2020-01-01'`], ['kind', `'grant'`], ['amount', 'amount + 1'], ['price', 'price + 1'], ['pictures', 'pictures + 1'],
    ['period', `'2020-01-01'`], ['detail', `detail || ' '`], ['previous_hash', `'${'1'.repeat(64)}'`], ['hash', `'${'2'.repeat(64)}'`],
  ])('finds the first changed row when somebody takes the guards off and edits %s', async (column, value) => {
    const { database, ledger } = filled();
    database.exec(`DROP TRIGGER ledger_no_update; UPDATE ledger SET ${column} = ${value} WHERE sequence IN (6, 7)`.replace(column === 'hash' ? 'IN (6, 7)' : '', column === 'hash' ? '= 6' : ''));
    expect(await ledger.verify()).toMatchObject({ ok: false, sequence: 6 });
  });

  it('finds an edited job, and a row taken out of the middle', async () => {
    const edited = filled();
    edited.database.exec(`DROP TRIGGER ledger_no_update; UPDATE ledger SET charged = 0, amount = 4000 WHERE sequence = 3`);
    expect(await edited.ledger.verify()).toEqual({ ok: false, rows: 2, sequence: 3, problem: 'Row 3 was changed after it was written.' });
    const shortened = filled();
    shortened.database.exec(`DROP TRIGGER ledger_no_delete; DELETE FROM ledger WHERE sequence = 3`);
    expect(await shortened.ledger.verify()).toEqual({ ok: false, rows: 2, sequence: 4, problem: 'Row 3 is missing.' });
  });

  it('finds a row that was changed and hashed again, by the row behind it', async () => {
    const { database, ledger } = filled();
    database.exec(`DROP TRIGGER ledger_no_update; UPDATE ledger SET hash = '${'3'.repeat(64)}' WHERE sequence = 5; UPDATE ledger SET previous_hash = '${'3'.repeat(64)}' WHERE sequence = 6`);
    expect(await ledger.verify()).toMatchObject({ ok: false, sequence: 5 });
  });

  it('writes all rows of one step or none', async () => {
    const { ledger } = filled();
    expect(() =>
      ledger.atomically(() => {
        ledger.append({ at: 0, day: '2026-12-01', kind: 'grant', amount: 5, detail: { reason: 'refill' } });
        throw new StudioError('internal', 'half-way');
      }),
    ).toThrow('half-way');
    expect(await ledger.verify()).toMatchObject({ ok: true, rows: 8 });
  });

  it('exports as CSV that a spreadsheet reads and does not run', async () => {
    const account = openAccount();
    account.credits.reserve(anOrder({ request: { ...anOrder().request, modelName: '=cmd "x", y' } }));
    const [header, line, end] = (await ledgerCsvText(account.ledger.all())).split('\r\n');
    expect(header).toBe('sequence,time,day,kind,reason,amount,price,charged,pictures,job,model,tool,width,height,steps,hash');
    expect(line).toMatch(/^1,2026-11-24T12:00:00\.000Z,2026-11-24,reserve,job,0\.000,2\.000,0\.000,1,[0-9a-f-]{36},"'=cmd ""x"", y",txt2img,1024,1024,50,[0-9a-f]{64}$/);
    expect(end).toBe('');
  });
});

describe('the ledger file', () => {
  it('keeps its rows over a restart', async () => {
    const path = join(tempFolder(), 'credits.db');
    const first = openLedgerDatabase(path, () => new Date(0));
    spend(openAccount({ database: first.database }), 1);
    first.database.close();
    const { database } = openLedgerDatabase(path, () => new Date(0));
    expect(await createLedger(database).verify()).toMatchObject({ ok: true, rows: 2 });
    database.close();
  });

  it('keeps a damaged one aside and says so in the first row of the new one', async () => {
    const folder = tempFolder();
    const path = join(folder, 'credits.db');
    writeFileSync(path, 'this is no database, and was never one; '.repeat(200));
    const account = await openCredits({ ledger: path, shippedPrices: PRICES_FOLDER, ownPrices: join(folder, 'prices'), now: () => 0 });
    const setAside = `${path}.damaged-1970-01-01T00-00-00-000Z`;
    expect(readdirSync(folder)).toContain('credits.db.damaged-1970-01-01T00-00-00-000Z');
    expect(account.credits.problems).toEqual([expect.stringContaining(setAside)]);
    expect(account.ledger.page(1, null)).toMatchObject([{ sequence: 1, kind: 'adjust', amount: 0, detail: { reason: 'new-ledger', setAside } }]);
    account.close();
  });

  it('names a place where it cannot be opened, and leaves it alone', () => {
    expect(() => openLedgerDatabase(join(tempFolder(), 'no', 'such', 'credits.db'), () => new Date(0))).toThrow(/credit ledger .*credits\.db/);
  });
});
